/** Agreement on where codes begin and end, over the free spans of the compared coders. */
import {
  alphaU,
  bootstrapSpans,
  boundarySimilarity,
  type CodedSpan,
  type Continuum,
  type Outcome,
  SPAN_FIGURES,
  type SpanRow,
  type SpanSums,
  separateUnits,
  sizesTogether,
  spanFigure,
  spanSums,
  spansMade,
  spansMatched,
  totalSpanSums,
  uAlphaFamily,
} from '../../../shared/agreement/index.ts'
import type { AgreementIntervals, AgreementScope, Figure } from '../../../shared/contract/agreement.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import {
  type CodeUnitizing,
  type DomainUnitizing,
  UNITIZING_STATISTICS,
  type UnitizingReport,
  type UnitizingStatistic,
} from '../../../shared/contract/unitizing.ts'
import { codePlaces } from '../codebook/codes.ts'
import type { ReadableDb } from '../file/connection.ts'
import { casesOf } from './cases.ts'
import type { NoteSpans, Span } from './code-spans.ts'
import type { Selection } from './compared.ts'
import { prepare, readByQuestion } from './prepared.ts'
import { type JobOptions, loopOf } from './progress.ts'
import type { AskedCode } from './questions.ts'

export type UnitizingArgs = AgreementScope &
  AgreementIntervals & {
    /** Null: every code that is not a folder. */
    codeIds: readonly CodeId[] | null
    /** Two spans match when their intersection is at least this share of their union. */
    least: number
  }

/** The notes end to end: u-alpha looks at lengths only, and no span lies in two notes. */
type Corpus = { starts: Float64Array; lengths: Float64Array; length: number; selection: Selection }

const figureOf = ({ value, reason }: Outcome): Figure => ({ value, reason })

/** Per code, and for the codes below one another as a domain. Throws `cancelled`. */
export function computeUnitizing(
  db: ReadableDb,
  args: UnitizingArgs,
  options: JobOptions = {},
): UnitizingReport {
  const { codeIds, least, replicates, resampled, seed, ...scope } = args
  // Free spans have no units: none are cut.
  const prepared = prepare(db, scope, { codeIds, cut: { unit: 'note' } }, options)
  const { selection, reader } = prepared
  const corpus = corpusOf(selection)
  const coders = selection.coders.length
  const found = Array.from(readByQuestion(prepared, options), ([, asked]) => {
    const notes = [...reader.spans(asked)]
    return { asked, notes, row: rowOf(notes, corpus, least) }
  })
  const kept = found.filter(({ asked, row }) => asked.part === null || row.notes.length > 0)
  const drawn = resampled === 'case' ? casesOf(selection.counted.map(({ caseNum }) => caseNum)) : null
  const loop = loopOf(options, replicates)
  const limits =
    replicates === 0
      ? []
      : bootstrapSpans(
          kept.map(({ row }) => (drawn ? inDraws(row, drawn) : row)),
          drawn ? sizesTogether(corpus.lengths, drawn) : corpus.lengths,
          coders,
          { replicates, seed, ...loop },
        )
  loop.onProgress(1)
  const codes = kept.map(({ asked, notes, row }, at): CodeUnitizing => {
    const interval: CodeUnitizing['interval'] = {}
    for (const name of SPAN_FIGURES) {
      const limit = row.notes.length > 0 ? limits[at]?.get(name)?.distribution : null
      if (limit) interval[name] = [limit.low, limit.high]
    }
    return { ...unitizingOf(asked, notes, row, corpus), interval }
  })
  return {
    coders: selection.coders,
    scope,
    least,
    notes: selection.counted.length,
    characters: corpus.length,
    codes,
    domains: domainsOf(db, found, corpus),
    replicates,
    resampled,
    seed,
  }
}

function corpusOf(selection: Selection): Corpus {
  const lengths = Float64Array.from(selection.counted, ({ characters }) => characters)
  const starts = new Float64Array(lengths.length)
  let length = 0
  lengths.forEach((own, at) => {
    starts[at] = length
    length += own
  })
  return { starts, lengths, length, selection }
}

/** A note without text has nothing to mark: a coding of it as a whole covers no position. */
const withText = (spans: readonly Span[]): Span[] => spans.filter(([start, end]) => start < end)

function rowOf(notes: readonly NoteSpans[], { lengths }: Corpus, least: number): SpanRow {
  return {
    notes: Uint32Array.from(notes, ({ at }) => at),
    sums: notes.map(({ at, lists }) => spanSums(lists.map(withText), lengths[at] as number, least)),
  }
}

const inDraws = (row: SpanRow, drawn: Uint32Array): SpanRow => ({
  ...row,
  notes: row.notes.map((note) => drawn[note] as number),
})

function unitizingOf(
  { codeId, code, part }: AskedCode,
  notes: readonly NoteSpans[],
  row: SpanRow,
  corpus: Corpus,
): Omit<CodeUnitizing, 'interval'> {
  const coders = corpus.selection.coders.length
  const sums = totalSpanSums(row, coders)
  const spans = Array.from({ length: coders }, (_, g) => spansMade(sums, g))
  const units = unitsInCorpus(notes, corpus, 0)
  const outcome = (name: UnitizingStatistic): Outcome => {
    if (name === 'alphaU') return alphaU({ length: corpus.length, values: 1, coders: units }, 0).alpha
    if (name === 'boundary') return boundaryOf(units, corpus)
    return spanFigure(name, sums, coders, corpus.length)
  }
  return {
    codeId,
    code,
    part,
    spans,
    matched: coders === 2 ? matchedOf(sums) : null,
    figures: Object.fromEntries(
      UNITIZING_STATISTICS.map((name) => [name, figureOf(outcome(name))]),
    ) as CodeUnitizing['figures'],
  }
}

/** Of two coders. */
function matchedOf(sums: SpanSums): NonNullable<CodeUnitizing['matched']> {
  const both = spansMatched(sums, 2, 0)
  return { both, first: spansMade(sums, 0) - both, second: spansMade(sums, 1) - both }
}

/** Each coder's units, notes end to end. */
function unitsInCorpus(
  notes: readonly NoteSpans[],
  { starts, selection }: Corpus,
  value: number,
): CodedSpan[][] {
  return selection.coders.map((_, g) =>
    notes.flatMap(({ at, lists }) =>
      separateUnits(withText(lists[g] as Span[])).map(([start, end]) => ({
        start: start + (starts[at] as number),
        end: end + (starts[at] as number),
        value,
      })),
    ),
  )
}

/** Boundary similarity of two coders: where a unit begins or ends, the text is cut. */
function boundaryOf(units: readonly CodedSpan[][], { length }: Corpus): Outcome {
  if (length === 0) return { value: null, reason: 'nothing to compare' }
  const [first, second] = units
  if (!first || !second || units.length !== 2) return { value: null, reason: 'needs exactly two coders' }
  if (first.length + second.length === 0) return { value: null, reason: 'category not used' }
  const masses = (own: readonly CodedSpan[]) => {
    const edges = [...new Set([0, ...own.flatMap(({ start, end }) => [start, end]), length])]
    edges.sort((a, b) => a - b)
    return edges.slice(1).map((edge, at) => edge - (edges[at] as number))
  }
  return boundarySimilarity(masses(first), masses(second))
}

type Found = { asked: AskedCode; notes: readonly NoteSpans[] }

/** For every code with two codes or more right below it that somebody applied. */
function domainsOf(db: ReadableDb, found: readonly Found[], corpus: Corpus): DomainUnitizing[] {
  const places = codePlaces(db)
  const whole = found.filter(({ asked }) => asked.part === null)
  const byId = new Map(whole.map((each) => [each.asked.codeId, each]))
  return places.flatMap((parent) => {
    const values = places.flatMap(({ id, parentId, isFolder }) => {
      const own = parentId === parent.id && !isFolder ? byId.get(id) : undefined
      return own && own.notes.length > 0 ? [own] : []
    })
    return values.length < 2 ? [] : [domainOf(parent, values, corpus)]
  })
}

function domainOf(
  parent: { id: CodeId; name: string },
  values: readonly Found[],
  corpus: Corpus,
): DomainUnitizing {
  const units = values.map(({ notes }, value) => unitsInCorpus(notes, corpus, value))
  const continuum: Continuum = {
    length: corpus.length,
    values: values.length,
    coders: corpus.selection.coders.map((_, g) => units.flatMap((own) => own[g] as CodedSpan[])),
  }
  const { uAlpha, barUAlpha, cuAlpha, cuCoverage, kuAlpha, kuCoverage } = uAlphaFamily(continuum)
  return {
    codeId: parent.id,
    code: parent.name,
    uAlpha: figureOf(uAlpha),
    barUAlpha: figureOf(barUAlpha),
    cuAlpha: figureOf(cuAlpha),
    cuCoverage: figureOf(cuCoverage),
    values: values.map(({ asked }, value) => ({
      codeId: asked.codeId,
      code: asked.code,
      kuAlpha: figureOf(kuAlpha[value] as Outcome),
      kuCoverage: figureOf(kuCoverage[value] as Outcome),
    })),
  }
}
