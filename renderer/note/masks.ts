import { maskRanges } from '../../shared/identifiers/masks.ts'
import type { Range } from '../state/coding.ts'

/** What the source's de-identification left in place of names, places and dates; it can be glued to a word. */
export const findMasks = (text: string, masks?: readonly string[]): Range[] => maskRanges(text, masks)
