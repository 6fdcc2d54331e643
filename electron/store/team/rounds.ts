/** Rounds: notes given to coders, drawn at random or chosen by hand, blind or not. */
import { z } from 'zod'
import { CoderId, NoteId, RoundId } from '../../../shared/contract/basics.ts'
import { CoderName } from '../../../shared/contract/coders.ts'
import {
  type BlindRound,
  type Round,
  type RoundDraw,
  RoundDrawn,
  type RoundPreview,
  type RoundRow,
} from '../../../shared/contract/rounds.ts'
import { type Candidate, type Draw, drawNotes, sampleSize } from '../../../shared/draw.ts'
import { listed } from '../../../shared/listed.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { foldName, nameOf, numOf, oneByName } from '../file/lookup.ts'
import { defineChange } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import { assertAttribute } from '../notes/notes.ts'
import { assertLeads, getCoder } from './coders.ts'
import { freeName } from './free-name.ts'

const ONLY_LEADS = 'Only a lead assigns notes to coders in rounds.'

/**
 * Two rounds of one name could not be told apart by a script.
 * @returns the name, or another where it was given twice on two computers. @throws Problem `conflict`
 */
function nameFor(db: ReadableDb, name: string, isFolded: boolean, exceptId?: RoundId): string {
  const holder = (candidate: string) =>
    roundNames(db).find((round) => foldName(round.name) === foldName(candidate) && round.id !== exceptId)
  const other = holder(name)
  if (other && !isFolded)
    throw new Problem('conflict', `There is already a round called ${other.name}. Choose another name.`)
  return freeName(name, (candidate) => holder(candidate) !== undefined)
}

function assertDistinct(ids: readonly string[], noun: string): void {
  if (new Set(ids).size !== ids.length)
    throw new Problem('bad-arguments', `A ${noun} is in this round twice. Nothing was changed.`)
}

/** What is agreed on is nobody's own work: there is nothing to give out and nothing to be blind to. */
function assertCodes(db: ReadableDb, coderId: CoderId): void {
  const { name, layer } = getCoder(db, coderId)
  if (layer === 'consensus')
    throw new Problem(
      'bad-arguments',
      `${name} is a layer, not a person: no notes can be assigned to it. Nothing was changed.`,
    )
}

export const roundChanges = {
  /** The notes as they were drawn: replay must not depend on how a later version draws. */
  'round.add': defineChange({
    payload: z.strictObject({
      id: RoundId,
      name: CoderName,
      coders: z.array(CoderId).min(1),
      notes: z.array(NoteId).min(1),
      isBlind: z.boolean(),
      drawn: RoundDrawn.nullable(),
    }),
    reduce: ({ db, tables, entry, isFolded }, { id, name: given, coders, notes, isBlind, drawn }) => {
      assertLeads(db, entry.coder, ONLY_LEADS)
      const name = nameFor(db, given, isFolded)
      assertDistinct(coders, 'coder')
      assertDistinct(notes, 'note')
      const round = tables.insert('round', {
        id,
        name,
        is_blind: Number(isBlind),
        drawn: drawn && toJson(drawn),
        created_at: entry.wall,
      })
      for (const coder of coders) {
        assertCodes(db, coder)
        tables.insert('round_coder', { round, coder: numOf(db, 'coder', coder) })
      }
      for (const note of notes) tables.insert('round_note', { round, note: numOf(db, 'note', note) })
    },
    label: (db, { name, coders, notes, drawn }) => {
      const many = `${notes.length} ${notes.length === 1 ? 'note' : 'notes'}`
      const names = listed(coders.map((coder) => nameOf(db, 'coder', coder)))
      return `${drawn ? 'drew' : 'made'} the round ${name}: ${many} for ${names}`
    },
  }),
  'round.rename': defineChange({
    payload: z.strictObject({ id: RoundId, name: CoderName }),
    reduce: ({ db, tables, entry, isFolded }, { id, name }) => {
      assertLeads(db, entry.coder, 'Only a lead renames rounds.')
      tables.update('round', numOf(db, 'round', id), { name: nameFor(db, name, isFolded, id) })
    },
    label: (_db, { name }) => `renamed a round to ${name}`,
  }),
  'round.remove': defineChange({
    payload: z.strictObject({ id: RoundId, name: z.string() }),
    reduce: ({ db, tables, entry }, { id }) => {
      assertLeads(db, entry.coder, 'Only a lead removes rounds.')
      const round = numOf(db, 'round', id)
      for (const table of ['round_note', 'round_coder'] as const) {
        const nums = db
          .prepare<[number], number>(`SELECT num FROM ${table} WHERE round = ? ORDER BY num`)
          .pluck()
          .all(round)
        for (const num of nums) tables.delete(table, num)
      }
      tables.delete('round', round)
    },
    label: (_db, { name }) => `removed the round ${name}`,
  }),
}

type RoundTableRow = {
  num: number
  id: RoundId
  name: string
  isBlind: number
  drawn: Json<RoundDrawn> | null
  createdAt: number
}

const SELECT_ROUNDS = 'SELECT num, id, name, is_blind AS isBlind, drawn, created_at AS createdAt FROM round'

const toFields = ({ id, name, isBlind, drawn, createdAt }: RoundTableRow) => ({
  id,
  name,
  isBlind: isBlind === 1,
  drawn: drawn === null ? null : RoundDrawn.parse(fromJson(drawn)),
  createdAt: new Date(createdAt).toISOString(),
})

/** A round with its coders as they were named and its notes in file order. @throws `not-found` */
export function getRound(db: ReadableDb, id: RoundId): Round {
  const num = numOf(db, 'round', id)
  const row = sure(db.prepare<[number], RoundTableRow>(`${SELECT_ROUNDS} WHERE num = ?`).get(num))
  const coderIds = db
    .prepare<[number], CoderId>(
      `SELECT coder.id FROM round_coder JOIN coder ON coder.num = round_coder.coder
       WHERE round = ? ORDER BY round_coder.num`,
    )
    .pluck()
    .all(num)
  const noteIds = db
    .prepare<[number], string>(
      `SELECT note.id FROM round_note JOIN note ON note.num = round_note.note
       WHERE round = ? ORDER BY note.num`,
    )
    .pluck()
    .all(num)
  return { ...toFields(row), coderIds, noteIds }
}

/** How a round began: how many notes it had, and how many of those it has now one of its coders had coded before. */
export type RoundBeginning = { begunWith: number; codedBefore: number }

/** @throws `not-found` */
export function beginningOfRound(db: ReadableDb, id: RoundId): RoundBeginning {
  const num = numOf(db, 'round', id)
  const begunWith = sure(
    db
      .prepare<[string], number>(
        `SELECT json_array_length(payload, '$.notes') FROM journal
       WHERE kind = 'round.add' AND payload ->> '$.id' = ? ORDER BY seq LIMIT 1`,
      )
      .pluck()
      .get(id),
  )
  const codedBefore = sure(
    db
      .prepare<[number], number>(
        `SELECT count(*) FROM round_note JOIN round ON round.num = round_note.round WHERE round.num = ? AND EXISTS
         (SELECT 1 FROM coding JOIN round_coder ON round_coder.coder = coding.coder AND round_coder.round = round.num
          WHERE coding.note = round_note.note AND coding.created_at <= round.created_at)`,
      )
      .pluck()
      .get(num),
  )
  return { begunWith, codedBefore }
}

/** The numbers of a round's notes, for whatever counts only these. @throws `not-found` */
export const roundNoteNums = (db: ReadableDb, roundId: RoundId): ReadonlySet<number> =>
  new Set(
    db
      .prepare<[number], number>('SELECT note FROM round_note WHERE round = ? ORDER BY note')
      .pluck()
      .all(numOf(db, 'round', roundId)),
  )

const roundNames = (db: ReadableDb) =>
  db.prepare<[], { id: RoundId; name: string }>('SELECT id, name FROM round ORDER BY num').all()

/** Finds a round by name. @throws `conflict` as `oneByName` */
export const findRound = (db: ReadableDb, name: string): { id: RoundId; name: string } | null =>
  oneByName('rounds', name, roundNames(db), (round) => round.name)

/** Newest first, with how far each coder is. */
export const listRounds = (db: ReadableDb): RoundRow[] =>
  toRows(db, db.prepare<[], RoundTableRow>(`${SELECT_ROUNDS} ORDER BY num DESC`).all())

/** @throws `not-found` */
export const getRoundRow = (db: ReadableDb, id: RoundId): RoundRow =>
  sure(
    toRows(
      db,
      db.prepare<[number], RoundTableRow>(`${SELECT_ROUNDS} WHERE num = ?`).all(numOf(db, 'round', id)),
    )[0],
  )

function toRows(db: ReadableDb, rounds: readonly RoundTableRow[]): RoundRow[] {
  const notes = db.prepare<[number], number>('SELECT count(*) FROM round_note WHERE round = ?').pluck()
  const coders = db.prepare<[number], RoundRow['coders'][number]>(
    `SELECT coder.id AS coderId,
            (SELECT count(*) FROM round_note JOIN note_status ON note_status.note = round_note.note
             WHERE round_note.round = round_coder.round AND note_status.coder = coder.num
               AND note_status.status = 'finished') AS finished
     FROM round_coder JOIN coder ON coder.num = round_coder.coder WHERE round = ? ORDER BY round_coder.num`,
  )
  return rounds.map((round) => ({
    ...toFields(round),
    notes: sure(notes.get(round.num)),
    coders: coders.all(round.num),
  }))
}

/** All notes, each with its value of the attribute; without one all belong to the same stratum. */
function candidates(db: ReadableDb, by: RoundDraw['stratifiedBy']): Candidate[] {
  if (by === null) return db.prepare<[], Candidate>('SELECT id, NULL AS value FROM note').all()
  assertAttribute(db, by.of, by.name)
  const owner = by.of === 'note' ? 'note' : 'casefile'
  return db
    .prepare<object, Candidate>(
      `SELECT note.id, (SELECT value FROM json_each(${owner}.attributes) WHERE key = @name) AS value
       FROM note LEFT JOIN casefile ON casefile.num = note.casefile`,
    )
    .all({ name: by.name })
}

/** Draws from all notes of the project. @throws `not-found` without the attribute, `bad-arguments` without so many notes */
function draw(db: ReadableDb, { sample, stratifiedBy, seed }: RoundDraw): Draw & { outOf: number } {
  const all = candidates(db, stratifiedBy)
  const drawn = drawNotes(all, sampleSize(sample, all.length), seed)
  return { outOf: all.length, ids: drawn.ids, strata: stratifiedBy === null ? [] : drawn.strata }
}

/** What a draw would give, as far as `viewer` may know it. Throws as the draw would. */
export function previewRound(db: ReadableDb, asked: RoundDraw, viewer: CoderId | null): RoundPreview {
  const { outOf, ids, strata } = draw(db, asked)
  const codedAlready = sure(
    db
      .prepare<object, number>(
        `SELECT count(*) FROM note WHERE id IN (SELECT value FROM json_each(@ids))
       AND EXISTS (SELECT 1 FROM coding WHERE coding.note = note.num AND ${NOT_BLIND_CODING})`,
      )
      .pluck()
      .get({ ids: JSON.stringify(ids), viewer }),
  )
  return { outOf, drawn: ids.length, codedAlready, strata }
}

export type NewRound = {
  id: RoundId
  name: string
  coderIds: CoderId[]
  isBlind: boolean
  notes: { draw: RoundDraw } | { noteIds: NoteId[] }
}

/** Draws, if it is to be drawn, and adds the round; returns the strata of the draw. */
export function addRound(
  project: Changes<typeof roundChanges>,
  by: CoderId,
  round: NewRound,
): RoundPreview['strata'] {
  const { id, name, coderIds, isBlind, notes } = round
  const drawn = 'draw' in notes ? draw(project.db, notes.draw) : null
  project.change(by, 'round.add', {
    id,
    name,
    coders: coderIds,
    notes: 'draw' in notes ? (drawn?.ids ?? []) : notes.noteIds,
    isBlind,
    drawn: 'draw' in notes ? { ...notes.draw, outOf: drawn?.outOf ?? 0 } : null,
  })
  return drawn?.strata ?? []
}

/** Over `round_note`: whether somebody who codes in its round has not finished the note. */
const IS_WAITED_FOR = `EXISTS (SELECT 1 FROM round_coder AS each WHERE each.round = round_note.round AND NOT EXISTS
  (SELECT 1 FROM note_status WHERE note_status.note = round_note.note AND note_status.coder = each.coder
     AND note_status.status = 'finished'))`

/**
 * The name of a blind round under way, the oldest if there are several, in which this person codes, be it in a second
 * pass; null for none. Of a person of null: in which anybody does.
 */
export const blindRoundUnderWay = (db: ReadableDb, person: CoderId | null): string | null =>
  db
    .prepare<object, string>(
      `SELECT round.name FROM round_coder JOIN round ON round.num = round_coder.round AND round.is_blind = 1
       JOIN coder ON coder.num = round_coder.coder LEFT JOIN coder AS whose ON whose.num = coder.person
       WHERE (@person IS NULL OR coalesce(whose.id, coder.id) = @person)
         AND EXISTS (SELECT 1 FROM round_note WHERE round_note.round = round.num AND ${IS_WAITED_FOR})
       ORDER BY round.num LIMIT 1`,
    )
    .pluck()
    .get({ person }) ?? null

/** In this copy of the file: the person who took up the consensus layer, which is a seat and nobody by itself. */
export const CONSENSUS_SPEAKER = 'consensus-speaker'

/**
 * SQL: the coders that whoever sits there is, by number. Nobody sees more by coding again as their second pass or by
 * speaking for the consensus.
 */
const sitting = (id: '@viewer' | '@coderId') => `SELECT num FROM coder WHERE id = ${id}
  UNION SELECT person FROM coder WHERE id = ${id} AND person IS NOT NULL
  UNION SELECT coalesce(person, num) FROM coder
    WHERE id = (SELECT value FROM local WHERE name = '${CONSENSUS_SPEAKER}')
      AND EXISTS (SELECT 1 FROM coder WHERE id = ${id} AND layer = 'consensus')`

const BLIND_NOTES = `SELECT round_note.note FROM round_coder
  JOIN round ON round.num = round_coder.round AND round.is_blind = 1
  JOIN round_note ON round_note.round = round.num
  WHERE round_coder.coder IN (${sitting('@viewer')}) AND ${IS_WAITED_FOR}`

/**
 * SQL over `note` and `coder`: leaves out what others coded in notes that a blind round keeps from the viewer, lead or
 * not. A viewer of null is kept from nothing (the command line, which nobody codes with).
 */
export const NOT_BLIND = `(@viewer IS NULL OR coder.id = @viewer OR note.num NOT IN (${BLIND_NOTES}))`

/** SQL over `note`: whether nothing in the note is kept from the viewer, whoever coded it. */
export const NOTHING_KEPT = `note.num NOT IN (${BLIND_NOTES})`

/** The same over `coding` alone, for counts that read nothing but its index. */
export const NOT_BLIND_CODING = `(@viewer IS NULL OR coding.coder = (SELECT num FROM coder WHERE id = @viewer)
  OR coding.note NOT IN (${BLIND_NOTES}))`

/**
 * The same over `memo`: memos on the note, on its case and on its codings. Those on codes and on the project are about no
 * one note and everybody's to read.
 */
export const NOT_BLIND_MEMO = `(@viewer IS NULL OR memo.coder = (SELECT num FROM coder WHERE id = @viewer)
  OR (coalesce(memo.note, (SELECT note FROM coding WHERE num = memo.coding), 0) NOT IN (${BLIND_NOTES})
    AND coalesce(memo.casefile, 0) NOT IN
      (SELECT coalesce(casefile, -1) FROM note WHERE num IN (${BLIND_NOTES}))))`

/** All codings but those that a blind round keeps from the viewer. */
export const countCodings = (db: ReadableDb, viewer: CoderId | null): number =>
  sure(
    db
      .prepare<object, number>(`SELECT count(*) FROM coding WHERE ${NOT_BLIND_CODING}`)
      .pluck()
      .get({ viewer }),
  )

/** The notes in which a blind round keeps what others coded from the viewer, by number; a viewer of null: none. */
export const notesKeptFrom = (db: ReadableDb, viewer: CoderId | null): ReadonlySet<number> =>
  new Set(viewer === null ? [] : db.prepare<object, number>(BLIND_NOTES).pluck().all({ viewer }))

/** The blind round that keeps the others' codings of a note from this coder, the oldest if several do. */
export function blindTo(db: ReadableDb, coderId: CoderId, noteId: NoteId): BlindRound | null {
  const round = db
    .prepare<object, { num: number; roundId: RoundId; name: string }>(
      `SELECT round.num, round.id AS roundId, round.name FROM round_coder
       JOIN round ON round.num = round_coder.round AND round.is_blind = 1
       JOIN round_note ON round_note.round = round.num
       JOIN note ON note.num = round_note.note AND note.id = @noteId
       WHERE round_coder.coder IN (${sitting('@coderId')}) AND ${IS_WAITED_FOR}
       ORDER BY round.num LIMIT 1`,
    )
    .get({ coderId, noteId })
  if (!round) return null
  const waitingFor = db
    .prepare<object, CoderId>(
      `SELECT coder.id FROM round_coder JOIN coder ON coder.num = round_coder.coder
       WHERE round_coder.round = @round AND NOT EXISTS
         (SELECT 1 FROM note_status JOIN note ON note.num = note_status.note
          WHERE note.id = @noteId AND note_status.coder = coder.num AND note_status.status = 'finished')
       ORDER BY round_coder.num`,
    )
    .pluck()
    .all({ round: round.num, noteId })
  return { roundId: round.roundId, name: round.name, waitingFor }
}

/** Of these coders those whose codings of the note the viewer may see. */
export const withoutBlindedTo = (
  db: ReadableDb,
  viewer: CoderId,
  noteId: NoteId,
  coderIds: readonly CoderId[],
): readonly CoderId[] =>
  coderIds.every((id) => id === viewer) || blindTo(db, viewer, noteId) === null
    ? coderIds
    : coderIds.filter((id) => id === viewer)
