/** What was decided, and whether it was decided about what is there now. */
import type { CodeId, CoderId, DisagreementId } from '../../../shared/contract/basics.ts'
import type {
  Agreed,
  DecidedCoding,
  DecidedKind,
  DecisionBasis,
  DecisionWord,
  Disagreement,
  DisagreementSegment,
} from '../../../shared/contract/disagreements.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { fromJson } from '../file/json.ts'
import { findNum } from '../file/lookup.ts'
import type { RowOf } from '../file/table-definitions.ts'
import { placer } from '../notes/on-text.ts'
import type { Decision } from './decisions.ts'

export type StoredDecision = {
  id: DisagreementId
  kind: DecidedKind
  decision: DecisionWord
  /** Whose codings stand, where that is what it says. */
  chosen: CoderId | null
  reason: string
  /** Null: nobody in particular; scripts act for the lead. */
  by: CoderId | null
  /** ISO 8601. */
  at: string
  basis: DecisionBasis
  made: DecidedCoding[]
}

/** A decision as it stands to what is there now: stale where a coding it is about is another by now. */
export type Standing = { decision: StoredDecision; isStale: boolean }

/** Whether something is decided for good, as far as one can say now. */
export const isSettled = (standing: Standing | null): boolean =>
  standing !== null && !standing.isStale && standing.decision.decision !== 'later'

type DecisionRow = RowOf<'decision'> & { chosenId: CoderId | null; byId: CoderId | null }

const SELECT_DECISIONS = `SELECT decision.*, chosen.id AS chosenId, decider.id AS byId FROM decision
  LEFT JOIN coder AS chosen ON chosen.num = decision.chosen
  LEFT JOIN coder AS decider ON decider.num = decision.decided_by`

const toDecision = (row: DecisionRow): StoredDecision => ({
  id: row.id,
  kind: row.kind,
  decision: row.decision,
  chosen: row.chosenId,
  reason: row.reason,
  by: row.byId,
  at: new Date(row.decided_at).toISOString(),
  basis: fromJson(row.basis),
  made: fromJson(row.made),
})

/** Every decision, in the order of notes. */
export function* allDecisions(db: ReadableDb): Generator<StoredDecision> {
  const rows = db
    .prepare<[], DecisionRow>(`${SELECT_DECISIONS} ORDER BY decision.note, decision.num`)
    .iterate()
  for (const row of rows) yield toDecision(row)
}

/** For a group of coders: gives, note by note, how what was decided there stands to a disagreement or an agreement. */
export function standingReader(
  db: ReadableDb,
  coderIds: readonly CoderId[],
): (note: number) => (about: Disagreement | Agreed) => Standing | null {
  const among = coderIds.toSorted().join(' ')
  const find = db.prepare<[number], DecisionRow>(
    `${SELECT_DECISIONS} WHERE decision.note = ? ORDER BY decision.decided_at, decision.num`,
  )
  const codeNow = codeNowOf(db)
  return (note) => {
    const decisions = find
      .all(note)
      .map(toDecision)
      .filter(({ basis }) => basis.coders.toSorted().join(' ') === among)
    if (decisions.length === 0) return () => null
    const byId = new Map(decisions.map((each) => [each.id, each]))
    const byCoding = new Map(decisions.flatMap((each) => each.basis.codings.map(({ id }) => [id, each])))
    const row = noteRow(db, note)
    return ({ id, segments }) => {
      const own = byId.get(id)
      if (own) return { decision: own, isStale: !isAsItWas(db, row, own.basis, segments, codeNow) }
      for (const segment of segments) {
        const decision = byCoding.get(segment.id)
        if (decision) return { decision, isStale: true }
      }
      return null
    }
  }
}

/** What a code is now that was merged into another. */
function codeNowOf(db: ReadableDb): (id: CodeId) => CodeId {
  const merged = new Map(
    db
      .prepare<[], [CodeId, CodeId]>(
        'SELECT id, merged_into FROM gone_code WHERE merged_into IS NOT NULL ORDER BY num',
      )
      .raw()
      .all(),
  )
  return (id) => {
    let now = id
    for (let steps = 0; steps <= merged.size; steps++) now = merged.get(now) ?? now
    return now
  }
}

/** Whether codings are what they were, wherever a redaction has moved them and whatever their code was merged into. */
function isAsItWas(
  db: ReadableDb,
  note: RowOf<'note'>,
  { text, codings }: DecisionBasis,
  now: readonly DisagreementSegment[],
  codeNow: (id: CodeId) => CodeId,
): boolean {
  const place = placer(db, { [note.id]: text })
  const there = new Map(now.map((segment) => [segment.id, segment]))
  try {
    return (
      codings.length === now.length &&
      codings.every((coding) => {
        const segment = there.get(coding.id)
        if (!segment) return false
        const { start, end } = place(note, coding)
        return (
          segment.codeId === codeNow(coding.code) &&
          (segment.span?.start ?? null) === start &&
          (segment.span?.end ?? null) === end &&
          sameQualifiers(segment.qualifiers, coding.qualifiers)
        )
      })
    )
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** Whether this was decided already, about the same codings and for the same reason, and still stands. */
export function isSameDecision(
  db: ReadableDb,
  note: number,
  { decision: known, isStale }: Standing,
  { disagreement, decision, chosen, reason, made }: Decision,
): boolean {
  if (isStale || known.id !== disagreement || known.decision !== decision) return false
  if (known.chosen !== chosen || known.reason !== reason || known.made.length !== made.length) return false
  if (known.made.some(({ id }) => findNum(db, 'coding', id) === null)) return false
  // All others follow from what it is about, which is the same.
  if (decision !== 'own') return true
  const row = noteRow(db, note)
  const place = placer(db, { [row.id]: known.basis.text })
  try {
    return known.made.every((coding, at) => {
      const [{ start, end }, again] = [place(row, coding), made[at]]
      return again?.code === coding.code && again.start === start && again.end === end
    })
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

const noteRow = (db: ReadableDb, num: number): RowOf<'note'> =>
  sure(db.prepare<[number], RowOf<'note'>>('SELECT * FROM note WHERE num = ?').get(num))

export function sameQualifiers(a: Qualifiers, b: Qualifiers): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** Between whom most was decided; null where nothing was. */
export function codersDecidedAbout(db: ReadableDb): CoderId[] | null {
  const groups = new Map<string, { coders: CoderId[]; count: number }>()
  for (const { basis } of allDecisions(db)) {
    const { coders } = basis
    const key = coders.toSorted().join(' ')
    const count = (groups.get(key)?.count ?? 0) + 1
    groups.set(key, { coders, count })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)[0]?.coders ?? null
}

/** Codings in the consensus layer. */
export const countConsensus = (db: ReadableDb): number =>
  sure(
    db
      .prepare<[], number>(
        `SELECT count(*) FROM coding JOIN coder ON coder.num = coding.coder WHERE layer = 'consensus'`,
      )
      .pluck()
      .get(),
  )
