/** How each coder's work compares with what was agreed on, code by code. */
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import { isSettled } from '../decisions/standing.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { numOf } from '../file/lookup.ts'
import { listCoders } from '../team/coders.ts'
import { type Span, SpanReader } from './code-spans.ts'
import type { CountedNote, Selection } from './compared.ts'
import { selectCompared } from './disagreements.ts'
import { checkpoint, type JobOptions } from './progress.ts'
import { questionsOf } from './questions.ts'
import { type CompareScope, readStanding } from './undecided.ts'
import { stretchesOf, unionOf } from './units.ts'

/** Characters (code points): coded by both, by the coder alone, by the consensus alone. */
export type Against = { both: number; onlyCoder: number; onlyConsensus: number }

/** Null where it is not defined: nothing coded by whom it is a share of. */
export type AgainstFigures = { precision: number | null; recall: number | null; f1: number | null }

export type ConsensusReport = {
  coders: Coder[]
  notes: { counted: string[]; left: Selection['left'] }
  /** Codes that a coder or the consensus gave in these notes, in the order of the codebook; one count per coder. */
  codes: Array<{ codeId: CodeId; code: string; coders: Against[] }>
  /** Over all codes. */
  overall: Against[]
}

/**
 * Precision is the share of the characters that the coder gave the code which the consensus gave it too, recall the share
 * of those of the consensus which the coder gave it too, F1 their harmonic mean (van Rijsbergen, 1979).
 */
export function figuresOf({ both, onlyCoder, onlyConsensus }: Against): AgainstFigures {
  const share = (of: number) => (of === 0 ? null : both / of)
  return {
    precision: share(both + onlyCoder),
    recall: share(both + onlyConsensus),
    f1:
      2 * both + onlyCoder + onlyConsensus === 0 ? null : (2 * both) / (2 * both + onlyCoder + onlyConsensus),
  }
}

/**
 * Counts over the notes that all the coders finished and in which nothing is left to be decided: every disagreement is,
 * and what all coded alike is taken over. A note that the consensus has marked finished counts whatever was decided there. A
 * coding of the whole note covers all of its text; children and qualifiers are not looked at.
 *
 * @throws Problem `not-found` where a coder or the round is gone; `cancelled`
 */
export function computeConsensus(
  db: ReadableDb,
  scope: Omit<CompareScope, 'codeIds'>,
  options: JobOptions = {},
): ConsensusReport {
  const selection = selectCompared(db, scope, options)
  const consensus = listCoders(db).find(({ layer }) => layer === 'consensus')
  if (!consensus) return withoutConsensus(selection)
  const { counted, left } = reconciled(
    db,
    { ...scope, codeIds: null },
    selection,
    numOf(db, 'coder', consensus.id),
  )
  const coderNums = [...selection.coderNums, numOf(db, 'coder', consensus.id)]
  const reader = new SpanReader(db, { coders: [...selection.coders, consensus], coderNums, counted, left })
  const overall = selection.coders.map(nothing)
  const questions = questionsOf(db, {}, null)
  const codes = questions.flatMap((question, at) => {
    checkpoint(options, { done: at, total: questions.length, words: 'codes compared' })
    const coders = selection.coders.map(nothing)
    for (const { at: note, lists } of reader.spans(question)) add(coders, lists, sure(counted[note]))
    coders.forEach((each, g) => {
      for (const what of ['both', 'onlyCoder', 'onlyConsensus'] as const) sure(overall[g])[what] += each[what]
    })
    const isUsed = coders.some(({ both, onlyCoder, onlyConsensus }) => both + onlyCoder + onlyConsensus > 0)
    return isUsed ? [{ codeId: question.codeId, code: question.code, coders }] : []
  })
  return { coders: selection.coders, notes: { counted: counted.map(({ id }) => id), left }, codes, overall }
}

/** A project in which nobody has begun to decide. */
const withoutConsensus = ({ coders, counted, left }: Selection): ConsensusReport => ({
  coders,
  notes: {
    counted: [],
    left: [...left, ...counted.map(({ id }) => ({ note: id, reason: 'there is no consensus layer yet' }))],
  },
  codes: [],
  overall: coders.map(nothing),
})

const nothing = (): Against => ({ both: 0, onlyCoder: 0, onlyConsensus: 0 })

/** The last list is the consensus. */
function add(coders: readonly Against[], lists: readonly Span[][], { characters }: CountedNote): void {
  const agreed = 1 << coders.length
  for (const { mask, start, end } of stretchesOf(lists.map(unionOf), characters))
    coders.forEach((each, g) => {
      const own = (mask & (1 << g)) !== 0
      if (own && (mask & agreed) !== 0) each.both += end - start
      else if (own) each.onlyCoder += end - start
      else if ((mask & agreed) !== 0) each.onlyConsensus += end - start
    })
}

function reconciled(
  db: ReadableDb,
  scope: CompareScope,
  selection: Selection,
  consensus: number,
): Pick<Selection, 'counted' | 'left'> {
  const finished = new Set(
    db
      .prepare<[number], number>(`SELECT note FROM note_status WHERE coder = ? AND status = 'finished'`)
      .pluck()
      .all(consensus),
  )
  const open = new Map<number, { disagreements: number; agreements: number }>()
  for (const { note, about, standing } of readStanding(db, selection, scope)) {
    if (isSettled(standing) || finished.has(note.num)) continue
    const own = open.get(note.num) ?? { disagreements: 0, agreements: 0 }
    own[about.kind === 'agreed' ? 'agreements' : 'disagreements']++
    open.set(note.num, own)
  }
  const left = selection.counted.flatMap(({ num, id }) => {
    const own = open.get(num)
    return own ? [{ note: id, reason: reasonOf(own) }] : []
  })
  return {
    counted: selection.counted.filter(({ num }) => !open.has(num)),
    left: [...selection.left, ...left],
  }
}

function reasonOf({ disagreements, agreements }: { disagreements: number; agreements: number }): string {
  const parts = [
    disagreements === 0 ? '' : `${counted(disagreements, 'disagreement')} not decided`,
    agreements === 0 ? '' : `${counted(agreements, 'agreement')} not taken over`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
