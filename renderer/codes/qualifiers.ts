/** Saying something of the coding that is looked at: by a key in the note, or in the inspector. */
import type { Coding } from '../../shared/contract/codings.ts'
import type { QualifierDefinition } from '../../shared/contract/qualifiers.ts'
import { saidOf, toggled, valueOfKey } from '../../shared/qualifiers.ts'
import { peekAnswer } from '../queries/answers.ts'
import { useStore } from '../queries/use-store.ts'
import { nameOf } from '../state/coding.ts'
import { paintAhead, useCoding } from '../state/on-screen.ts'
import { announce, coderId } from '../state/session.ts'
import { store } from '../store.ts'

const NONE: readonly QualifierDefinition[] = []

/** The project's qualifiers; none until somebody defines them. */
export const useQualifiers = (): readonly QualifierDefinition[] =>
  useStore('qualifiers.list', {}).data ?? NONE

/** Gives a coding a value, or takes it off where it has it; on screen at once. */
export async function toggleQualifier(coding: Coding, qualifier: string, value: string): Promise<void> {
  const qualifiers = toggled(coding.qualifiers, qualifier, value)
  const isSet = qualifiers[qualifier] === value
  announce(isSet ? `${qualifier}: ${value}` : `${qualifier}: ${value} cleared`)
  await paintAhead({ noteId: coding.noteId, put: [{ ...coding, qualifiers }], gone: [] }, () =>
    store.codings.change({ coderId: coderId(), changes: [{ id: coding.id, qualifiers }] }),
  )
}

type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }

/** Shift and a letter while a coding is selected. True when the press was a qualifier's key. */
export function pressQualifier(event: KeyPress): boolean {
  if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1)
    return false
  const meant = valueOfKey(peekAnswer('qualifiers.list', {}) ?? NONE, event.key.toLowerCase())
  if (!meant) return false
  const { codings, activeId } = useCoding.getState()
  const coding = codings.find((other) => other.id === activeId)
  if (coding) void toggleQualifier(coding, meant.qualifier, meant.value)
  else announce(`Select a coding first: Shift+${event.key.toUpperCase()} sets “${meant.value}”`)
  return true
}

/** What a coding says, short, as on the margin. */
export const shortly = (coding: Coding, definitions: readonly QualifierDefinition[]): string =>
  saidOf(coding.qualifiers, definitions)
    .map(({ short }) => short)
    .join(' ')

/** What a coding says in words: "assertion negated, time past". */
export const inFull = (coding: Coding, definitions: readonly QualifierDefinition[]): string =>
  saidOf(coding.qualifiers, definitions)
    .map(({ qualifier, value }) => `${qualifier} ${value}`)
    .join(', ')

/** A coding as words to look through: its code, what it says, and the text it covers. */
export const wordsOf = (coding: Coding, quote: string): string =>
  `${nameOf(coding.codeId)} ${Object.values(coding.qualifiers).join(' ')} ${coding.memo === '' ? '' : 'memo'} ${quote}`.toLocaleLowerCase(
    'en-GB',
  )
