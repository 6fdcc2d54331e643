/** What a decision puts in the consensus layer. */
import { spanUnion } from '../../../shared/agreement/index.ts'
import type { CodeId, CoderId, Span } from '../../../shared/contract/basics.ts'
import type { DecisionWord, DisagreementSegment } from '../../../shared/contract/disagreements.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { Problem } from '../../../shared/problem.ts'
import { contradictions } from '../codings/same-coding.ts'

/** A coding to be; UTF-16 units, null: the whole note. */
export type Outcome = { codeId: CodeId; span: Span | null; qualifiers: Qualifiers }

export type Choice =
  | { decision: 'union' | 'intersection' }
  | { decision: Exclude<DecisionWord, 'coder' | 'own' | 'union' | 'intersection'> }
  | { decision: 'coder'; coderId: CoderId }
  | { decision: 'own'; own: ReadonlyArray<Omit<Outcome, 'qualifiers'> & { usual: Qualifiers }> }

/**
 * What stands, by position.
 *
 * Union and intersection are made code by code, over those who gave the code, of each coder's own words of it united;
 * there may be several pieces. Their qualifiers are what anybody said, and they are refused where somebody said otherwise.
 * Somebody's own words have what the coders of their code said of qualifiers without contradiction, and where nobody gave
 * that code, what it usually has.
 *
 * @throws Problem `bad-arguments` where there are no words in common, or qualifiers contradict
 */
export function outcomeOf(segments: readonly DisagreementSegment[], choice: Choice): Outcome[] {
  switch (choice.decision) {
    case 'neither':
    case 'later':
      return []
    case 'both':
      return once(segments.map(asIs))
    case 'coder':
      return once(segments.filter(({ coderId }) => coderId === choice.coderId).map(asIs))
    case 'own':
      return once(choice.own.map((each) => ownOutcome(segments, each)))
    case 'union':
    case 'intersection':
      return byCode(segments).flatMap((own) => piecesOf(own, choice.decision))
  }
}

const asIs = ({ codeId, span, qualifiers }: DisagreementSegment): Outcome => ({ codeId, span, qualifiers })

/** What is said twice, without contradiction, is one coding with the qualifiers of both. */
function once(outcomes: readonly Outcome[]): Outcome[] {
  const kept: Outcome[] = []
  for (const each of outcomes) {
    const twin = kept.findIndex(
      (other) =>
        other.codeId === each.codeId &&
        other.span?.start === each.span?.start &&
        other.span?.end === each.span?.end &&
        contradictions(other.qualifiers, each.qualifiers).length === 0,
    )
    const found = kept[twin]
    if (found) kept[twin] = { ...found, qualifiers: { ...each.qualifiers, ...found.qualifiers } }
    else kept.push(each)
  }
  return kept
}

function byCode(segments: readonly DisagreementSegment[]): DisagreementSegment[][] {
  const codes = new Map<CodeId, DisagreementSegment[]>()
  for (const segment of segments) codes.set(segment.codeId, [...(codes.get(segment.codeId) ?? []), segment])
  return [...codes.values()]
}

/** Qualifiers that nobody contradicts, and whether there are none that somebody does. */
function commonQualifiers(segments: readonly Pick<DisagreementSegment, 'qualifiers'>[]): {
  qualifiers: Qualifiers
  contradicted: string[]
} {
  const qualifiers: Record<string, string> = {}
  const contradicted = new Set<string>()
  for (const segment of segments) {
    for (const { qualifier } of contradictions(qualifiers, segment.qualifiers)) contradicted.add(qualifier)
    Object.assign(qualifiers, { ...segment.qualifiers, ...qualifiers })
  }
  for (const name of contradicted) delete qualifiers[name]
  return { qualifiers, contradicted: [...contradicted] }
}

function ownOutcome(
  segments: readonly DisagreementSegment[],
  { codeId, span, usual }: Omit<Outcome, 'qualifiers'> & { usual: Qualifiers },
): Outcome {
  const same = segments.filter((each) => each.codeId === codeId)
  return { codeId, span, qualifiers: same.length === 0 ? usual : commonQualifiers(same).qualifiers }
}

function piecesOf(segments: readonly DisagreementSegment[], how: 'union' | 'intersection'): Outcome[] {
  const { qualifiers, contradicted } = commonQualifiers(segments)
  if (contradicted.length > 0)
    throw new Problem(
      'bad-arguments',
      `Its coders contradict each other in ${contradicted.join(', ')}: take one coder’s, or both.`,
    )
  const [first] = segments
  if (!first) return []
  const { codeId } = first
  if (first.span === null) return [{ codeId, span: null, qualifiers }]
  const spans = spansByCoder(segments)
  const pieces = how === 'union' ? spanUnion(spans.flat()) : spans.reduce(inBoth)
  if (pieces.length === 0) throw new Problem('bad-arguments', 'Its coders have no words in common.')
  return pieces.map(([start, end]) => ({ codeId, span: { start, end }, qualifiers }))
}

type Pair = [start: number, end: number]

function spansByCoder(segments: readonly DisagreementSegment[]): Pair[][] {
  const coders = new Map<CoderId, Pair[]>()
  for (const { coderId, span } of segments)
    if (span) coders.set(coderId, [...(coders.get(coderId) ?? []), [span.start, span.end]])
  return [...coders.values()].map((own) => spanUnion(own))
}

/** The words in both; each list sorted and without overlaps. */
function inBoth(a: readonly Pair[], b: readonly Pair[]): Pair[] {
  const shared: Pair[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [one, other] = [a[i] as Pair, b[j] as Pair]
    const [start, end] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])]
    if (start < end) shared.push([start, end])
    if (one[1] < other[1]) i++
    else j++
  }
  return shared
}

/** How much of all words of one code its coders have in common, 0 to 1, and how many that are, by what measures a span. */
export function overlapOf(
  segments: readonly DisagreementSegment[],
  lengthOf: (span: { start: number; end: number }) => number,
): number {
  const spans = spansByCoder(segments)
  const sum = (pieces: readonly Pair[]) =>
    pieces.reduce((total, [start, end]) => total + lengthOf({ start, end }), 0)
  const all = sum(spanUnion(spans.flat()))
  return all === 0 ? 0 : sum(spans.length === 0 ? [] : spans.reduce(inBoth)) / all
}
