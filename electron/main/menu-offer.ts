/** What the page may put into the menu: a few short words, and nothing else. */
import type { MenuEntry, MenuOffer } from '../../shared/bridge.ts'
import { isJsonObject } from './preferences.ts'

const MOST_ENTRIES = 40
const LONGEST_WORDS = 100

const isWords = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_WORDS

const isEntry = (value: unknown): value is MenuEntry =>
  isJsonObject(value) &&
  isWords(value.id) &&
  isWords(value.label) &&
  (value.keys === null || isWords(value.keys)) &&
  typeof value.isOffered === 'boolean'

const isList = (value: unknown): value is MenuEntry[] =>
  Array.isArray(value) && value.length <= MOST_ENTRIES && value.every(isEntry)

export const isMenuOffer = (value: unknown): value is MenuOffer =>
  isJsonObject(value) &&
  typeof value.isProjectOpen === 'boolean' &&
  isList(value.exports) &&
  isList(value.project) &&
  isList(value.places)
