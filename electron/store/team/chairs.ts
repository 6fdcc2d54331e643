/**
 * Who may sit down where. A person's chair is their own coding and their second passes; another's is taken with that
 * person's PIN, on a lead's word, or, where there is no PIN, on nobody's, and always with an entry in the journal. While
 * a blind round is under way for either of the two, it opens with that person's PIN alone: else whoever is kept from
 * something need only become somebody who is not.
 */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Chair, Chairs, Coder, SatDownBy } from '../../../shared/contract/coders.ts'
import { lazily } from '../../../shared/lazily.ts'
import { Problem } from '../../../shared/problem.ts'
import { onFullDisk } from '../file/database.ts'
import { fromJson, type Json } from '../file/json.ts'
import { clearLocal, readLocal, writeLocal } from '../file/values.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { ActiveCoder } from './active-coder.ts'
import { assertMayAgree, type coderChanges, getCoder, leads, listCoders, personOf } from './coders.ts'
import { checkPin, hasPin, isWorthTelling, writePin } from './pins.ts'
import { blindRoundUnderWay } from './rounds.ts'
import type { SigningKeys } from './signing-keys.ts'

/** What is known of the room where people sit down: who sits there, and whose keys lie open. */
type Room = Changes<typeof coderChanges> &
  Pick<ActiveCoder, 'person' | 'activate'> & {
    activeCoder(): Coder
    readonly keys: Pick<SigningKeys, 'lock' | 'unlock' | 'rewrap'>
  }

/** The person in this chair; in that of the consensus whoever took it up. */
const personIn = (project: Room, coder: Coder): CoderId =>
  coder.layer === 'consensus' ? project.person() : personOf(coder)

/** The blind round that keeps others out of this chair, by name. Whoever does not sit yet may be anybody. */
const roundBetween = ({ db }: Room, from: CoderId | null, to: CoderId): string | null =>
  blindRoundUnderWay(db, from) ?? blindRoundUnderWay(db, to)

const blindRefusal = (round: string, name: string): string =>
  `While the blind round ${round} is under way, only ${name}’s own PIN lets anybody code as ${name} here, and ${name} has none. Nothing was changed. Set PINs before a blind round begins, or let a lead remove the round.`

/** What it takes to go from the chair of `sitting` (null: nobody sits) to `coder`'s. */
function chairOf(project: Room, sitting: Coder | null, coder: Coder): Chair {
  const { db } = project
  const from = sitting && personIn(project, sitting)
  const to = coder.layer === 'consensus' ? from : personOf(coder)
  const is = (needs: Chair['needs'], more: Partial<Chair> = {}): Chair => ({
    coderId: coder.id,
    name: coder.name,
    hasPin: coder.layer !== 'consensus' && hasPin(db, personOf(coder)),
    needs,
    mayLead: false,
    whyNot: null,
    ...more,
  })
  if (coder.layer === 'consensus') {
    const whyNot = whyNoConsensus(project, sitting)
    return whyNot === null ? is('nothing') : is('refused', { whyNot })
  }
  if (to === from) return is('nothing')
  const round = roundBetween(project, from, to as CoderId)
  if (hasPin(db, to as CoderId)) {
    const mayLead = round === null && from !== null && leads(db, from) && hasPin(db, from)
    return is('pin', { mayLead })
  }
  return round === null
    ? is('nothing')
    : is('refused', { whyNot: blindRefusal(round, getCoder(db, to as CoderId).name) })
}

function whyNoConsensus({ db }: Room, sitting: Coder | null): string | null {
  if (!sitting) return 'The consensus layer is nobody’s own place: sit down first. Nothing was changed.'
  try {
    assertMayAgree(db, sitting)
    return null
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

/** Every chair as it stands to whoever sits there now; null: nobody does. */
export function chairsFor(project: Room, sitting: Coder | null): Chairs {
  const coders = listCoders(project.db).filter(({ layer }) => sitting || layer !== 'consensus')
  return {
    sitting: sitting?.id ?? null,
    remembered: project.activeCoder().id,
    chairs: coders.map((coder) => chairOf(project, sitting, coder)),
  }
}

/** Whether whoever sat there last may go on without being asked: they have no PIN. */
export const sitsAtOnce = (project: Room): boolean => !hasPin(project.db, project.person())

/**
 * Lets somebody sit down, if they may. `asLead`: `pin` is that of the lead who sits there now.
 * @returns what whoever sits there now has to know about their PIN; null for nothing
 * @throws Problem `wrong-pin` without the right one, `not-allowed` where a blind round is in the way
 */
export function sitDown(
  project: Room,
  sitting: Coder | null,
  { coderId, pin, asLead }: { coderId: CoderId; pin: string | null; asLead: boolean },
): string | null {
  const coder = getCoder(project.db, coderId)
  const chair = chairOf(project, sitting, coder)
  if (chair.needs === 'refused') throw new Problem('not-allowed', chair.whyNot ?? '')
  const from = sitting && personIn(project, sitting)
  const to = coder.layer === 'consensus' ? project.person() : personOf(coder)
  const by = chair.needs === 'pin' ? assertPin(project, chair, { from, to, pin, asLead }) : null
  // Whoever comes back to where they sat last takes nobody's place.
  const isTaken = to !== (from ?? project.person())
  if (!isTaken) project.activate(coderId)
  else
    project.allOrNothing(() => {
      project.change(from ?? to, 'coder.sitDown', { from, to, by: by?.kind ?? 'open' })
      project.activate(coderId)
    })
  if (to !== from) {
    if (from !== null) project.keys.lock(from)
    // A lead who opens another's place does not sign as them.
    if (by?.kind !== 'lead') project.keys.unlock(to, by ? pin : null)
  }
  const words = [by?.words ?? null, takeWordOfRemoval(project, to)].filter((each) => each !== null)
  return words.length === 0 ? null : words.join(' ')
}

function assertPin(
  project: Room,
  chair: Chair,
  { from, to, pin, asLead }: { from: CoderId | null; to: CoderId; pin: string | null; asLead: boolean },
): { kind: SatDownBy; words: string | null } {
  if (asLead && !chair.mayLead)
    throw new Problem(
      'not-allowed',
      'Only a lead with a PIN of their own opens another’s place, and in a blind round nobody does. Nothing was changed.',
    )
  const whose = getCoder(project.db, asLead ? (from as CoderId) : to)
  if (pin === null) throw new Problem('wrong-pin', `The PIN of ${whose.name} is needed. Nothing was changed.`)
  const wrong = checkPin(project.db, whose, pin)
  if (asLead) return { kind: 'lead', words: null }
  const words = isWorthTelling(wrong)
    ? `A wrong PIN was given ${wrong} times for ${whose.name} since the last right one.`
    : null
  return { kind: 'pin', words }
}

/**
 * Sets, changes or (null) removes the PIN of whoever sits there. The journal says that, and never what.
 * @throws Problem `wrong-pin` unless `current` is the one there is, `bad-arguments` for one that is no good
 */
export function setOwnPin(project: Room, { current, pin }: { current: string | null; pin: string | null }) {
  const { db } = project
  const own = getCoder(db, project.person())
  if (!hasPin(db, own.id)) {
    if (pin === null) return
  } else if (current === null) {
    throw new Problem('wrong-pin', `The PIN of ${own.name} is needed. Nothing was changed.`)
  } else {
    checkPin(db, own, current)
  }
  project.allOrNothing(() => {
    project.change(own.id, 'coder.setPin', { id: own.id, isSet: pin !== null })
    writePin(db, own.id, pin)
    project.keys.rewrap(own.id, current, pin)
    clearLocal(db, removalOf(own.id))
  })
}

/**
 * A lead takes away another's PIN, which was forgotten. That person is told when they next sit down.
 * @throws Problem `wrong-pin` unless `pin` is the lead's own, `not-allowed` in a blind round and for a lead without one
 */
export function clearPinOf(project: Room, { id, pin }: { id: CoderId; pin: string }): void {
  const { db } = project
  const lead = getCoder(db, project.person())
  const { name } = getCoder(db, id)
  const round = roundBetween(project, lead.id, id)
  if (round !== null)
    throw new Problem(
      'not-allowed',
      `While the blind round ${round} is under way, nobody takes away the PIN of ${name}. Nothing was changed; remove the round first.`,
    )
  if (!hasPin(db, lead.id))
    throw new Problem(
      'not-allowed',
      'A lead who removes a PIN has one. Nothing was changed; set yours first.',
    )
  checkPin(db, lead, pin)
  removePin(project, lead.id, id)
}

const removalOf = (person: CoderId) => `pin-removed:${person}`

/** For a lead, and for scripts, which act for whoever has the passphrase. Nothing where there is no PIN. */
export function removePin(project: Room, by: CoderId, id: CoderId): void {
  const { db } = project
  if (!hasPin(db, id)) return
  project.allOrNothing(() => {
    project.change(by, 'coder.setPin', { id, isSet: false })
    writePin(db, id, null)
    project.keys.rewrap(id, null, null)
    project.keys.lock(id)
    writeLocal(db, removalOf(id), JSON.stringify({ by, at: Date.now() }))
  })
}

const DAY = lazily(() => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }))

/** Who removed this person's PIN, told once; null where nobody did. */
export function takeWordOfRemoval({ db }: Room, person: CoderId): string | null {
  const kept = readLocal<Json<{ by: CoderId; at: number }>>(db, removalOf(person))
  if (kept === null) return null
  const { by, at } = fromJson(kept)
  onFullDisk(() => clearLocal(db, removalOf(person)))
  const who = by === PROJECT_ACTOR ? 'from the command line' : `by ${getCoder(db, by).name}`
  return `Your PIN was removed ${who} on ${DAY().format(at)}. Set a new one in the settings, under Coders.`
}
