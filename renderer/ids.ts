/** Where ids come from in the page. */
import type { AnyId } from '../shared/contract/basics.ts'

/** Of what is made here, of whichever kind is asked for. */
export const newId = <T extends AnyId>(): T => crypto.randomUUID() as string as T

/** One that comes back from the page (an attribute, the value of a choice, a row of a tree), where it was put as one. */
export const idFromPage = <T extends AnyId>(text: string): T => text as T
