/** JSON as it lies in a column: text that says what it holds. */

declare const HELD: unique symbol
/** The JSON of a `T`; a type alone, the text is as it was. */
export type Json<T> = string & { readonly [HELD]: T }

/** What a column of this program holds; what others have written is for a schema to check. */
export const fromJson = <T>(json: Json<T>): T => JSON.parse(json)

// Nothing but this makes one, besides what is read from a column that holds it.
export const toJson = <T>(value: T): Json<T> => JSON.stringify(value) as Json<T>

/** The payload of an entry of a known kind and of the newest version: it was written by that kind's schema. */
export const payloadAs = <T>(payload: Json<unknown>): T => fromJson(payload as Json<T>)
