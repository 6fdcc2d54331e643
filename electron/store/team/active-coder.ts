/** Who works at this computer. It belongs to this copy of the file: not journalled, not merged. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import { newId } from '../file/new-id.ts'
import { readLocal, writeLocal } from '../file/values.ts'
import type { Changes } from '../journal/changes.ts'
import { assertMayAgree, type coderChanges, getCoder, listCoders, listPeople, personOf } from './coders.ts'
import { CONSENSUS_SPEAKER } from './rounds.ts'

const ACTIVE_CODER = 'active-coder'

export class ActiveCoder {
  readonly #project: Changes<typeof coderChanges>

  constructor(project: Changes<typeof coderChanges>) {
    this.#project = project
  }

  get #db() {
    return this.#project.db
  }

  /** Who works here. A project made by script has nobody yet: it gets a first coder. */
  get(): Coder {
    const remembered = readLocal(this.#db, ACTIVE_CODER)
    const active = listCoders(this.#db).find((coder) => coder.id === remembered) ?? listPeople(this.#db)[0]
    return active ?? this.#addFirst()
  }

  #addFirst(): Coder {
    const id: CoderId = newId()
    this.#project.change(id, 'coder.add', { id, name: 'Coder 1' })
    return getCoder(this.#db, id)
  }

  /**
   * Lets this coder work here, as scripts do: who may through the window, and on what, is for `sitDown` to say.
   * @throws `not-allowed` when whoever worked here until now may not speak for the consensus
   */
  activate(coderId: CoderId): void {
    if (getCoder(this.#db, coderId).layer === 'consensus') {
      const speaker = this.get()
      assertMayAgree(this.#db, speaker)
      if (speaker.layer !== 'consensus') writeLocal(this.#db, CONSENSUS_SPEAKER, speaker.id)
    }
    if (readLocal(this.#db, ACTIVE_CODER) !== coderId) writeLocal(this.#db, ACTIVE_CODER, coderId)
    this.#project.announce({ topics: ['coders', 'history'], noteIds: null })
  }

  /** The person who works here: of a second pass whose it is, of the consensus layer whoever took it up. */
  person(): CoderId {
    const active = this.get()
    if (active.layer !== 'consensus') return personOf(active)
    const coders = listCoders(this.#db)
    const speaker = coders.find(({ id }) => id === readLocal(this.#db, CONSENSUS_SPEAKER))
    return speaker ? personOf(speaker) : (listPeople(this.#db)[0]?.id ?? active.id)
  }

  /** Whose layer of coding was just undone goes on as themselves, whoever began it for them. */
  leaveGoneLayer(coderId: CoderId, person: CoderId): void {
    const isThere = (id: CoderId) => listCoders(this.#db).some((coder) => coder.id === id)
    if (person !== coderId && !isThere(coderId) && isThere(person)) writeLocal(this.#db, ACTIVE_CODER, person)
  }

  /** Whoever opens a file is not yet known to lead: the consensus is taken up anew by a lead. */
  layDownConsensus(): void {
    // Asked of a project without people, it would make one: opening changes nothing.
    if (listPeople(this.#db).length > 0 && this.get().layer === 'consensus')
      writeLocal(this.#db, ACTIVE_CODER, this.person())
  }
}
