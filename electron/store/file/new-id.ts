/** Ids of what is made here: UUID version 7, which sort by when they were made. */
import { v7 as uuid } from 'uuid'
import type { AnyId } from '../../../shared/contract/basics.ts'

/** Of whichever kind is asked for. */
export const newId = <T extends AnyId>(): T => uuid() as T
