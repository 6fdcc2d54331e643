/** The people who code. */
import { z } from 'zod'
import { CoderId } from '../../../shared/contract/basics.ts'
import { type Coder, CoderName, CoderRole, SatDownBy } from '../../../shared/contract/coders.ts'
import { sameName } from '../../../shared/names.ts'
import { Problem } from '../../../shared/problem.ts'
import { aRole } from '../../../shared/roles.ts'
import type { ReadableDb } from '../file/connection.ts'
import { foldName, nameOf, numOf, oneByName } from '../file/lookup.ts'
import { defineChange, PROJECT_ACTOR } from '../journal/change.ts'
import { freeName } from './free-name.ts'

/** What the layer of agreed codings is called, until a lead renames it. */
export const CONSENSUS = 'Consensus'

/** Everybody in this project, with second passes and the consensus, which are coders too. */
export const listCoders = (db: ReadableDb): Coder[] =>
  db
    .prepare<[], Coder>(
      `SELECT coder.id, coder.name, coder.role, coder.layer, person.id AS person
       FROM coder LEFT JOIN coder AS person ON person.num = coder.person ORDER BY coder.num`,
    )
    .all()

/** The people: everybody once. */
export const listPeople = (db: ReadableDb): Coder[] => listCoders(db).filter(({ layer }) => layer === 'own')

/**
 * SQL over `coder`: those named in @coderIds as JSON; where it is null everybody, each person with their own coding
 * alone, so that a second pass or the consensus counts nothing twice.
 */
export const ASKED_CODERS = `CASE WHEN @coderIds IS NULL THEN coder.layer = 'own'
  ELSE coder.id IN (SELECT value FROM json_each(@coderIds)) END`

/** @throws Problem `not-found` */
export function getCoder(db: ReadableDb, id: CoderId): Coder {
  const coder = listCoders(db).find((each) => each.id === id)
  if (!coder) throw new Problem('not-found', 'There is no such coder in this project.')
  return coder
}

/** Finds a coder by name; names are how people and scripts refer to each other. @throws `conflict` as `oneByName` */
export const findCoder = (db: ReadableDb, name: string): Coder | null =>
  oneByName('coders', name, listCoders(db), (coder) => coder.name)

/** Whose name a reducer takes for this one. */
const holderOf = (db: ReadableDb, name: string): Coder | undefined =>
  listCoders(db).find((coder) => foldName(coder.name) === foldName(name))

/** Whether this actor decides about the codebook. Nobody knows an id that is no coder's: it leads nothing. */
export const leads = (db: ReadableDb, coderId: CoderId): boolean =>
  coderId === PROJECT_ACTOR || listCoders(db).find((coder) => coder.id === coderId)?.role === 'lead'

/** Throws `not-allowed` with these words unless this actor leads. */
export function assertLeads(db: ReadableDb, coderId: CoderId, words: string): void {
  if (!leads(db, coderId)) throw new Problem('not-allowed', `${words} Nothing was changed.`)
}

/**
 * Two coders of one name could not be told apart in any table of agreement.
 * @returns the name, or another where it was given twice on two computers. @throws Problem `conflict`
 */
function nameFor(db: ReadableDb, name: string, isFolded: boolean, exceptId?: CoderId): string {
  const other = holderOf(db, name)
  if (!other || other.id === exceptId) return name
  if (!isFolded)
    throw new Problem('conflict', `There is already a coder called ${other.name}. Choose another name.`)
  return freeName(name, (candidate) => (holderOf(db, candidate)?.id ?? exceptId) !== exceptId)
}

/** Whose chair it is: of a second pass the person's. */
export const personOf = ({ id, person }: Coder): CoderId => person ?? id

/** Throws `not-allowed` unless whoever worked here until now may take up the consensus: a lead, or the consensus itself. */
export function assertMayAgree(db: ReadableDb, current: Coder): void {
  if (current.layer === 'consensus' || getCoder(db, personOf(current)).role === 'adjudicator') return
  assertLeads(db, personOf(current), 'Only a lead or an adjudicator edits the consensus layer.')
}

/** The first free of "Amara (again)", "Amara (again 2)" …; without a comma, which separates names in lists. */
function nameOfPass(db: ReadableDb, name: string): string {
  for (let pass = 1; ; pass++) {
    const candidate = `${name} (again${pass === 1 ? '' : ` ${pass}`})`
    if (!holderOf(db, candidate)) return candidate
  }
}

/**
 * The person whose next second pass has this name; null where the name is not that of a second pass of anybody here.
 * @throws `bad-arguments` when an earlier pass would have to come first
 */
export function personOfPass(db: ReadableDb, name: string): Coder | null {
  const of = /^(.+) \(again( \d+)?\)$/i.exec(name.trim())?.[1]
  if (of === undefined) return null
  const person = oneByName('coders', of, listPeople(db), (each) => each.name)
  if (!person) return null
  const next = nameOfPass(db, person.name)
  if (sameName(next, name)) return person
  throw new Problem('bad-arguments', `The next second pass of ${person.name} is called ${next}.`)
}

/** These kinds ask no more of an id than that it is text. */
const AnyCoder = z.string().brand<'CoderId', 'inout'>()

export const coderChanges = {
  'coder.add': defineChange({
    payload: z.strictObject({ id: AnyCoder, name: CoderName }),
    isUndoable: false,
    reduce: ({ db, tables, isFolded }, { id, name: given }) => {
      const name = nameFor(db, given, isFolded)
      // Somebody must be able to decide: who comes first leads, until the lead names another.
      const role: CoderRole = listPeople(db).length === 0 ? 'lead' : 'coder'
      tables.insert('coder', { id, name, role, layer: 'own', person: null })
    },
    label: (_db, { name }) => `added the coder ${name}`,
  }),
  'coder.rename': defineChange({
    payload: z.strictObject({ id: AnyCoder, name: CoderName }),
    reduce: ({ db, tables, isFolded }, { id, name: given }) => {
      const before = getCoder(db, id).name
      const name = nameFor(db, given, isFolded, id)
      tables.update('coder', numOf(db, 'coder', id), { name })
      // Second passes are called after the person, as long as nobody called them something else.
      for (const pass of listCoders(db)) {
        if (pass.person !== id || !pass.name.startsWith(`${before} (again`)) continue
        const renamed = nameFor(db, name + pass.name.slice(before.length), isFolded, pass.id)
        tables.update('coder', numOf(db, 'coder', pass.id), { name: renamed })
      }
    },
    label: (_db, { name }) => `renamed a coder to ${name}`,
  }),
  'coder.codeAgain': defineChange({
    payload: z.strictObject({ id: CoderId, person: CoderId }),
    reduce: ({ db, tables, entry }, { id, person }) => {
      const { name, layer } = getCoder(db, person)
      if (layer !== 'own')
        throw new Problem(
          'bad-arguments',
          `${name} is a layer, not a person: it has no second pass. Nothing was changed.`,
        )
      const actor = listCoders(db).find((coder) => coder.id === entry.coder)
      if (!actor || personOf(actor) !== person)
        assertLeads(db, entry.coder, `Only ${name} or a lead begins a second pass of ${name}.`)
      tables.insert('coder', {
        id,
        name: nameOfPass(db, name),
        role: 'coder',
        layer: 'again',
        person: numOf(db, 'coder', person),
      })
    },
    label: (db, { person }) => `began a second pass of ${nameOf(db, 'coder', person)}`,
  }),
  'coder.addConsensus': defineChange({
    payload: z.strictObject({ id: CoderId }),
    reduce: ({ db, tables, entry, isFolded }, { id }) => {
      assertLeads(db, entry.coder, 'Only a lead adds the consensus layer.')
      const known = listCoders(db).find(({ layer }) => layer === 'consensus')
      // Another computer has added it too: it is the same.
      if (isFolded && known?.id === id) return
      if (known)
        throw new Problem('conflict', 'This project already has a consensus layer. Nothing was changed.')
      const name = nameFor(db, CONSENSUS, isFolded)
      tables.insert('coder', { id, name, role: 'coder', layer: 'consensus', person: null })
    },
    label: () => 'added the consensus layer',
  }),
  /** Who took whose chair, and on what: the PIN of whoever sits down, a lead's word, or nothing. It changes no table. */
  'coder.sitDown': defineChange({
    payload: z.strictObject({ from: CoderId.nullable(), to: CoderId, by: SatDownBy }),
    isUndoable: false,
    reduce: ({ db }, { to }) => void getCoder(db, to),
    label: (db, { from, to, by }) => {
      if (from === null) return by === 'pin' ? 'sat down, with their PIN' : 'sat down, without a PIN'
      const name = nameOf(db, 'coder', to)
      if (by === 'lead') return `opened the place of ${name}, as a lead`
      return `made room for ${name}, ${by === 'pin' ? 'who gave their PIN' : 'who has no PIN'}`
    },
  }),
  /** That there is a PIN, or none any more; what it is checked with is no part of the journal. */
  'coder.setPin': defineChange({
    payload: z.strictObject({ id: CoderId, isSet: z.boolean() }),
    isUndoable: false,
    reduce: ({ db }, { id }) => void getCoder(db, id),
    label: (db, { id, isSet }) => `${isSet ? 'set' : 'removed'} the PIN of ${nameOf(db, 'coder', id)}`,
  }),
  'coder.setRole': defineChange({
    payload: z.strictObject({ id: AnyCoder, role: CoderRole }),
    reduce: ({ db, tables, entry }, { id, role }) => {
      assertLeads(db, entry.coder, 'Only a lead names leads.')
      const { name, layer } = getCoder(db, id)
      if (role !== 'coder' && layer !== 'own')
        throw new Problem(
          'bad-arguments',
          `${name} is a layer, not a person: it cannot be a lead. Nothing was changed.`,
        )
      const others = listCoders(db).filter((coder) => coder.role === 'lead' && coder.id !== id)
      if (role !== 'lead' && others.length === 0)
        throw new Problem('conflict', 'A project needs a lead. Make another coder a lead first.')
      tables.update('coder', numOf(db, 'coder', id), { role })
    },
    label: (db, { id, role }) => `made ${nameOf(db, 'coder', id)} ${aRole(role)}`,
  }),
}
