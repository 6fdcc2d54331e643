/**
 * Which entries go to whom. A lead may have all of them. A coder gets what everybody works with (people, notes, the
 * codebook, rounds, settings) and their own work; nothing that others coded, wrote or finished, and nothing that says how
 * much of it there is.
 */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { ReadableDb } from '../file/connection.ts'
import { payloadAs } from '../file/json.ts'
import { type Entry, isReversal } from '../journal/entry.ts'
import { getCoder, leads, listCoders, personOf } from '../team/coders.ts'

/** Everybody's. Every other kind is the work of one person. */
const SHARED: ReadonlySet<string> = new Set([
  'project.create',
  'project.set',
  'project.setReflexive',
  'project.setFinishedRule',
  'coder.add',
  'coder.rename',
  'coder.codeAgain',
  'coder.addConsensus',
  'coder.setRole',
  'notes.import',
  'notes.remove',
  'note.redact',
  'attribute.add',
  'attribute.setValues',
  'codes.add',
  'codes.update',
  'codes.setRetired',
  'codes.merge',
  'codes.delete',
  'codes.arrange',
  'codebook.freeze',
  'codebook.nameVersion',
  'proposal.decide',
  'qualifiers.define',
  'round.add',
  'round.rename',
  'round.remove',
])

/** Of no use to a coder's copy, and they tell of others: what came in from whom, who sat down when. */
const KEPT_BACK: ReadonlySet<string> = new Set([
  'project.merge',
  'project.restore',
  'coder.sitDown',
  'coder.setPin',
])

/** Chooses the entries for one receiver; to be asked in the order of the journal. */
export class Travelling {
  readonly #db: ReadableDb
  readonly #receiver: CoderId
  /** The receiver and their second passes. */
  readonly #own: ReadonlySet<string>
  readonly #decided: ReadonlySet<string>
  /** Steps of which something goes: an undo of one goes too. */
  readonly #steps = new Set<string>()
  readonly #isLead: boolean

  /** @throws Problem `not-found` */
  constructor(db: ReadableDb, receiver: CoderId) {
    this.#db = db
    this.#receiver = receiver
    this.#isLead = getCoder(db, receiver).role === 'lead'
    const own = listCoders(db).filter((coder) => personOf(coder) === receiver)
    this.#own = new Set(own.map(({ id }) => id))
    this.#decided = new Set(
      db
        .prepare<[], string>(`SELECT payload ->> '$.id' FROM journal WHERE kind = 'proposal.decide'`)
        .pluck()
        .all(),
    )
  }

  goes(entry: Entry): boolean {
    const goes = this.#isLead || this.#isFor(entry)
    if (goes) this.#steps.add(entry.step)
    return goes
  }

  #isFor(entry: Entry): boolean {
    const { kind, coder, undoes } = entry
    if (isReversal(kind)) return undoes !== null && this.#steps.has(undoes)
    if (SHARED.has(kind)) return true
    if (kind === 'laptop.add') return this.#isOwnKey(entry) || leads(this.#db, coder)
    if (kind === 'coder.key') return this.#isOwnKey(entry)
    if (KEPT_BACK.has(kind)) return false
    // A decision on the codebook needs what was proposed.
    if (kind === 'proposal.add' && this.#decided.has(payloadAs<{ id: string }>(entry.payload).id)) return true
    if (kind === 'codings.reassign') return this.#isOfOwnCodings(entry)
    return this.#own.has(coder)
  }

  #isOwnKey({ payload }: Entry): boolean {
    return payloadAs<{ coder?: string }>(payload).coder === this.#receiver
  }

  /** Codings that a lead gave another code, whoever made them: it names every one of them. */
  #isOfOwnCodings({ payload }: Entry): boolean {
    const coderOf = this.#db
      .prepare<[string], string>(
        'SELECT coder.id FROM coding JOIN coder ON coder.num = coding.coder WHERE coding.id = ?',
      )
      .pluck()
    const { moves } = payloadAs<{ moves: Array<{ coding: string }> }>(payload)
    return moves.every(({ coding }) => this.#own.has(coderOf.get(coding) ?? ''))
  }
}
