/** The codebook of a project as entries of a file. */
import { eachText } from '../../../shared/code-fields.ts'
import { allCodes } from '../codebook/codes.ts'
import type { CodebookEntry } from '../exchange/codebook/entry.ts'
import type { ReadableDb } from '../file/connection.ts'

/** The codebook as entries for export, in reading order. */
export const codebookEntries = (db: ReadableDb): CodebookEntry[] =>
  allCodes(db).map((code) => ({
    id: code.id,
    parentId: code.parentId,
    name: code.name,
    colour: code.colour,
    ...eachText((field) => code[field]),
    isFolder: code.isFolder,
    isRetired: code.isRetired,
  }))
