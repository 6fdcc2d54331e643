/**
 * Deciding about disagreements. The codings it is about stay as their coders made them; what stands instead is coded in
 * the consensus layer. Whoever decides again, or about codings that an earlier decision was about too, replaces what that
 * one had made.
 */
import { z } from 'zod'
import { CoderId, type CodingId, DisagreementId, NoteId } from '../../../shared/contract/basics.ts'
import { DecidedCoding, DecidedKind, DecisionWord } from '../../../shared/contract/disagreements.ts'
import { Problem } from '../../../shared/problem.ts'
import { codebookVersionOf, newestCodebookEntry } from '../codebook/codes.ts'
import { assertApplicable, assertRange } from '../codings/codings.ts'
import { type CodingPlace, codingsAt, contradictions, qualifiersOf } from '../codings/same-coding.ts'
import type { ReadableDb } from '../file/connection.ts'
import { fromJson, toJson } from '../file/json.ts'
import { findNum, nameOf, numOf } from '../file/lookup.ts'
import type { NewRow, RowOf } from '../file/table-definitions.ts'
import {
  type AnyChange,
  defineChange,
  itemByItem,
  PROJECT_ACTOR,
  type ReduceContext,
} from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import { deleteCoding } from '../memos/memos.ts'
import { placer, Texts, textsNow } from '../notes/on-text.ts'
import { assertMayAgree, getCoder, listCoders } from '../team/coders.ts'

const Decision = z.strictObject({
  disagreement: DisagreementId,
  note: NoteId,
  /** Between whom. */
  coders: z.array(CoderId).min(2),
  kind: DecidedKind,
  decision: DecisionWord,
  chosen: CoderId.nullable(),
  reason: z.string().max(5_000),
  /** What it is about, as whoever decided saw it. */
  codings: z.array(DecidedCoding).min(1),
  /** What stands in the consensus layer: the ids are new. */
  made: z.array(DecidedCoding),
})
export type Decision = z.infer<typeof Decision>

/** The decisions of a note while an entry is reduced, so that they are read once, however many it makes there. */
type Known = { num: number; id: DisagreementId; coders: string; codings: Set<CodingId>; made: CodingId[] }

const coderKey = (coders: readonly CoderId[]): string => coders.toSorted().join(' ')

class Deciding {
  readonly #context: ReduceContext
  readonly #consensus: number
  readonly #decider: number | null
  readonly #version: number
  readonly #place: ReturnType<typeof placer>
  readonly #texts: Texts
  readonly #known = new Map<number, Known[]>()

  constructor(context: ReduceContext, texts: Texts, codebook: string | null | undefined) {
    const { db, entry } = context
    this.#context = context
    this.#consensus = consensusOf(db)
    this.#decider = entry.coder === PROJECT_ACTOR ? null : numOf(db, 'coder', entry.coder)
    this.#version = codebookVersionOf(db, codebook)
    this.#place = placer(db, texts)
    this.#texts = texts
  }

  decide(item: Decision): void {
    const { db, tables, entry } = this.#context
    const note = tables.row('note', numOf(db, 'note', item.note))
    const chosen = item.chosen === null ? null : numOf(db, 'coder', item.chosen)
    const known = this.#of(note.num)
    const isEarlier = (each: Known) =>
      each.id === item.disagreement ||
      (each.coders === coderKey(item.coders) && item.codings.some(({ id }) => each.codings.has(id)))
    const [earlier, others] = [known.filter(isEarlier), known.filter((each) => !isEarlier(each))]
    const elsewhere = new Set(others.flatMap((each) => each.made))
    const replaced = new Set(earlier.flatMap((each) => each.made).filter((id) => !elsewhere.has(id)))
    const made = this.#make(note, item, replaced)
    for (const { id } of made) replaced.delete(id)
    this.#takeBack(replaced)
    const same = earlier.find(({ id }) => id === item.disagreement)
    for (const each of earlier) if (each !== same) tables.delete('decision', each.num)
    const columns: NewRow<'decision'> = {
      ...{ id: item.disagreement, note: note.num, kind: item.kind, decision: item.decision, chosen },
      ...{ decided_by: this.#decider, decided_at: entry.wall, reason: item.reason, made: toJson(made) },
      basis: toJson({
        coders: item.coders,
        text: this.#texts?.[note.id] ?? note.text_hash,
        codings: item.codings,
      }),
    }
    if (same) tables.update('decision', same.num, columns)
    const num = same ? same.num : tables.insert('decision', columns)
    this.#known.set(note.num, [...others, knownOf({ ...columns, num })])
  }

  #of(note: number): Known[] {
    const known =
      this.#known.get(note) ??
      this.#context.db
        .prepare<[number], RowOf<'decision'>>('SELECT * FROM decision WHERE note = ? ORDER BY num')
        .all(note)
        .map(knownOf)
    this.#known.set(note, known)
    return known
  }

  /**
   * What stands now, under the ids it has: a coding that says the same is not made again. `replaced`: codings that would
   * go, which say nothing besides if they are taken.
   */
  #make(note: RowOf<'note'>, item: Decision, replaced: ReadonlySet<CodingId>): DecidedCoding[] {
    const made: DecidedCoding[] = []
    const idOf = ({ id }: DecidedCoding) => id
    itemByItem(this.#context, item.made, idOf, (coding) => {
      made.push({ ...coding, id: this.#makeOne(note, coding, replaced) })
    })
    return made
  }

  #makeOne(note: RowOf<'note'>, coding: DecidedCoding, replaced: ReadonlySet<CodingId>): CodingId {
    const { db, tables, entry } = this.#context
    const code = tables.row('code', numOf(db, 'code', coding.code))
    const { start, end } = this.#place(note, coding)
    assertRange(note, { start, end })
    assertApplicable(code)
    const at: CodingPlace = {
      ...{ note: note.num, coder: this.#consensus, code: code.num, start_at: start, end_at: end },
    }
    const there = codingsAt(db, at).find(
      (each) => contradictions(qualifiersOf(each), coding.qualifiers).length === 0,
    )
    if (there) {
      const kept = replaced.has(there.id) ? {} : qualifiersOf(there)
      const qualifiers = { ...coding.qualifiers, ...kept }
      tables.update('coding', there.num, { qualifiers: toJson(qualifiers) })
      return there.id
    }
    tables.insert('coding', {
      ...at,
      id: coding.id,
      qualifiers: toJson(coding.qualifiers),
      codebook_version: this.#version,
      created_at: entry.wall,
    })
    return coding.id
  }

  #takeBack(ids: Iterable<CodingId>): void {
    for (const id of ids) {
      const num = findNum(this.#context.db, 'coding', id)
      if (num !== null) deleteCoding(this.#context, num)
    }
  }
}

const knownOf = ({ num, id, basis, made }: RowOf<'decision'>): Known => {
  const { coders, codings } = fromJson(basis)
  return {
    ...{ num, id, coders: coderKey(coders) },
    codings: new Set(codings.map((coding) => coding.id)),
    made: fromJson(made).map((coding) => coding.id),
  }
}

/** @throws Problem `conflict` in a project without a consensus layer */
function consensusOf(db: ReadableDb): number {
  const layer = listCoders(db).find((coder) => coder.layer === 'consensus')
  if (layer) return numOf(db, 'coder', layer.id)
  throw new Problem('conflict', 'This project has no consensus layer yet. Nothing was changed.')
}

/** @throws Problem `not-allowed` for anybody but a lead, an adjudicator and scripts, which act for the lead */
export function assertMayDecide(db: ReadableDb, coderId: CoderId): void {
  if (coderId !== PROJECT_ACTOR) assertMayAgree(db, getCoder(db, coderId))
}

const WORDS: Record<DecisionWord, string> = {
  coder: 'one coder’s codings',
  both: 'everybody’s codings',
  union: 'all of the words',
  intersection: 'the words in common',
  own: 'another coding',
  neither: 'neither',
  later: 'later',
}

export const decisionChanges = {
  'decisions.make': defineChange({
    payload: z.strictObject({
      decisions: z.array(Decision).min(1),
      texts: Texts,
      /** The entry that made the codebook as whoever decided saw it. */
      codebook: z.string().nullable().optional(),
    }),
    complete: (db, payload) => ({
      ...payload,
      texts: textsNow(db, new Set(payload.decisions.map(({ note }) => note))),
      codebook: newestCodebookEntry(db),
    }),
    reduce: (context, { decisions, texts, codebook }) => {
      assertMayDecide(context.db, context.entry.coder)
      const deciding = new Deciding(context, texts, codebook)
      const idOf = ({ disagreement }: Decision) => disagreement
      itemByItem(context, decisions, idOf, (item) => deciding.decide(item))
    },
    label: (db, { decisions }) => {
      const [first] = decisions
      const agreed = decisions.filter(({ kind }) => kind === 'agreed').length
      if (!first || decisions.length > 1)
        return agreed === decisions.length
          ? `took over ${agreed} agreements`
          : `decided about ${decisions.length - agreed} disagreements`
      if (agreed > 0) return `took over an agreement in note ${first.note}`
      const words = first.chosen === null ? WORDS[first.decision] : nameOf(db, 'coder', first.chosen)
      return `decided about a disagreement in note ${first.note}: ${words}`
    },
  }),
}

/** Decisions per journal entry. */
const ENTRY_DECISIONS = 500

/** Makes decisions as one step: all of them, or none. No decision is no step. @throws Problem */
export function makeDecisions(
  project: Changes<typeof decisionChanges>,
  by: CoderId,
  decisions: readonly Decision[],
): void {
  assertMayDecide(project.db, by)
  const changes: AnyChange<typeof decisionChanges>[] = []
  for (let from = 0; from < decisions.length; from += ENTRY_DECISIONS)
    changes.push({
      kind: 'decisions.make',
      payload: { decisions: decisions.slice(from, from + ENTRY_DECISIONS) },
    })
  if (changes.length > 0) project.changeTogether(by, changes)
}
