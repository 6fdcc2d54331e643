import * as lib from '../../../shared/agreement/index.ts'
import type { Expected, GoldCase, Label } from './gold.ts'

type Outcome = lib.Outcome
type Kind = lib.WeightKind

/** Units × coders of a matrix or table case, built without the reader of plain data. */
export function dataOf({ type, data }: GoldCase): lib.ReliabilityData {
  const q = data.categories.length
  if (type === 'matrix') {
    const index = (label: Label | null): number =>
      label === null ? lib.MISSING : data.categories.indexOf(label)
    return lib.reliabilityData(
      data.values.map((column) => Int32Array.from(column, index)),
      q,
    )
  }
  const first: number[] = []
  const second: number[] = []
  data.table.forEach((row, i) => {
    row.forEach((count, j) => {
      for (let copy = 0; copy < count; copy++) {
        first.push(i)
        second.push(j)
      }
    })
  })
  return lib.reliabilityData([Int8Array.from(first), Int8Array.from(second)], q)
}

/** The value of an expected statistic, straight from the library's functions. */
export function compute(gold: GoldCase, expected: Expected): Outcome {
  const { type } = gold
  if (type === 'boundary') return ofBoundary(gold, expected)
  if (type === 'unitizing') return ofUnitizing(gold, expected)
  if (type === 'spans') return ofSpans(gold, expected)
  return ofCoded(gold, expected)
}

function ofCoded(gold: GoldCase, { stat, params }: Expected): Outcome {
  const data = dataOf(gold)
  const summary = lib.summarise(data)
  const kind = (params.weights ?? 'none') as Kind
  const category = gold.data.categories.indexOf(params.category as Label)
  const table = (): lib.CrossTable => lib.tableOfPair(data, 0, 1)
  const gwet = (name: lib.GwetKind): lib.WithError => lib.gwetCoefficient(data, summary, name, kind)
  const kripp = (): lib.AlphaParts =>
    lib.krippendorff(summary, params.metric as lib.Metric, gold.data.categories.map(Number))
  const functions: Record<string, () => Outcome> = {
    percent_agreement: () => lib.percentAgreement(summary),
    percent_agreement_coder_pairs: () => lib.percentAgreementCoderPairs(data),
    percent_agreement_unanimous: () => lib.percentAgreementUnanimous(data),
    holsti: () => lib.holsti(data),
    cohen_kappa: () => lib.cohenKappa(table(), kind),
    cohen_kappa_se: () => lib.cohenStandardError(table(), kind),
    cohen_kappa_se_null: () => lib.cohenStandardErrorNull(table(), kind),
    cohen_kappa_ci95_low: () => lib.cohenInterval(table(), kind).low,
    cohen_kappa_ci95_high: () => lib.cohenInterval(table(), kind).high,
    cohen_kappa_max: () => lib.cohenKappaMax(table()),
    cohen_kappa_category: () => lib.cohenKappaCategory(table(), category),
    scott_pi: () => lib.scottPi(table()),
    light_kappa: () => lib.lightKappa(data),
    conger_kappa: () => lib.congerKappa(data, summary),
    conger_kappa_gwet: () => lib.congerKappaGwet(data, summary, kind),
    fleiss_kappa: () => lib.fleissKappa(summary),
    fleiss_kappa_listwise: () => lib.fleissKappaListwise(summary),
    fleiss_kappa_se_null: () => lib.fleissStandardErrorNull(summary),
    fleiss_kappa_category: () => lib.fleissKappaCategory(summary, category),
    fleiss_kappa_gwet: () => gwet('fleiss').coefficient,
    fleiss_kappa_gwet_se: () => gwet('fleiss').standardError,
    gwet_ac: () => gwet('ac').coefficient,
    gwet_ac_se: () => gwet('ac').standardError,
    brennan_prediger: () => gwet('brennan-prediger').coefficient,
    brennan_prediger_se: () => gwet('brennan-prediger').standardError,
    krippendorff_alpha: () => kripp().alpha,
    krippendorff_Do: () => kripp().observed,
    krippendorff_De: () => kripp().expected,
    krippendorff_alpha_category: () => lib.krippendorffAlphaCategory(data, category),
    n_pairable_units: () => lib.defined(lib.pairableCounts(summary).units),
    n_pairable_values: () => lib.defined(lib.pairableCounts(summary).values),
  }
  return (functions[stat] ?? (() => ofBinary(gold, stat)))()
}

/** Coefficients of a binary code, through the four counts. */
function ofBinary(gold: GoldCase, stat: string): Outcome {
  const positive = gold.data.categories.indexOf(gold.data.positive as Label)
  const [both, first, second, neither] = lib.collapseTable(
    lib.tableOfPair(dataOf(gold), 0, 1),
    positive,
  ).counts
  const counts = { both, first, second, neither } as lib.TwoCoderCounts
  const agreement = lib.binaryAgreement(lib.fromTwoCoderCounts(counts))
  const names: Record<string, lib.BinaryCoefficient> = {
    pabak: 'pabak',
    prevalence_index: 'prevalence',
    bias_index: 'bias',
    positive_agreement: 'positive',
    negative_agreement: 'negative',
  }
  return agreement[names[stat] as lib.BinaryCoefficient]
}

/** The coders' spans with values as indices into `labels`. */
function continuumOf(gold: GoldCase): { continuum: lib.Continuum; labels: string[] } {
  const coders = gold.data.coders as ReadonlyArray<ReadonlyArray<readonly [number, number, string]>>
  const asked = gold.expected.flatMap(({ params }) => Object.values(params).map(String))
  const labels = [...new Set([...coders.flat().map(([, , code]) => code), ...asked])]
  const spans = coders.map((own) =>
    own.map(([start, end, code]) => ({ start, end, value: labels.indexOf(code) })),
  )
  return { continuum: { length: gold.data.length, values: labels.length, coders: spans }, labels }
}

function ofUnitizing(gold: GoldCase, { stat, params }: Expected): Outcome {
  const { continuum, labels } = continuumOf(gold)
  const value = labels.indexOf(String(params.value_of ?? params.category))
  const functions: Record<string, () => Outcome> = {
    u_alpha: () => lib.uAlphaFamily(continuum).uAlpha,
    bar_u_alpha: () => lib.uAlphaFamily(continuum).barUAlpha,
    cu_alpha: () => lib.uAlphaFamily(continuum).cuAlpha,
    cu_coverage: () => lib.uAlphaFamily(continuum).cuCoverage,
    k_u_alpha: () => lib.uAlphaFamily(continuum).kuAlpha[value] as Outcome,
    k_u_coverage: () => lib.uAlphaFamily(continuum).kuCoverage[value] as Outcome,
    alpha_U: () => lib.alphaUOverall(labels.map((_, at) => lib.alphaU(continuum, at))),
    alpha_U_category: () => lib.alphaU(continuum, value).alpha,
    alpha_U_Do: () => lib.alphaU(continuum, value).observed,
    alpha_U_De: () => lib.alphaU(continuum, value).expected,
  }
  return (functions[stat] as () => Outcome)()
}

function ofSpans(gold: GoldCase, { stat, params }: Expected): Outcome {
  const { continuum, labels } = continuumOf(gold)
  const value = labels.indexOf(String(params.code))
  const own = continuum.coders.map((spans) =>
    params.code === undefined ? spans : spans.filter((span) => span.value === value),
  )
  const ranges = own.map((spans) => spans.map(({ start, end }) => [start, end] as const))
  const agreement = lib.binaryAgreement(lib.characterCounts(ranges, continuum.length))
  const functions: Record<string, () => Outcome> = {
    char_percent_agreement: () => agreement.percent,
    char_cohen_kappa: () => agreement.cohen,
    char_f1: () => agreement.positive,
    char_krippendorff_alpha: () => agreement.krippendorff,
    char_gwet_ac1: () => agreement.ac1,
    span_f1_exact: () => lib.spanF1(own, 1),
    span_f1_iou50: () => lib.spanF1(own, 0.5),
  }
  return (functions[stat] as () => Outcome)()
}

function ofBoundary({ data }: GoldCase, { stat, params }: Expected): Outcome {
  const [first, second] = data.masses
  if (stat === 'windowdiff') return lib.windowDiff(first, second, params.k as number)
  return stat === 'boundary_similarity'
    ? lib.boundarySimilarity(first, second)
    : lib.segmentationSimilarity(first, second)
}
