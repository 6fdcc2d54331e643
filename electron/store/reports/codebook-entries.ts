/** The codebook of a project as entries of a file. */
import { listCodes } from '../codebook/codes.ts'
import type { CodebookEntry } from '../exchange/codebook/entry.ts'
import type { Db } from '../file/connection.ts'

/** The codebook as entries for export, in reading order. */
export const codebookEntries = (db: Db): CodebookEntry[] =>
  listCodes(db).map((code) => ({
    id: code.id,
    parentId: code.parentId,
    name: code.name,
    colour: code.colour,
    definition: code.definition,
    useWhen: code.useWhen,
    doNotUseWhen: code.doNotUseWhen,
    example: code.example,
    counterExample: code.counterExample,
    theme: code.theme,
    source: code.source,
    remarks: code.remarks,
    shortLabel: code.shortLabel,
    isFolder: code.isFolder,
    isRetired: code.isRetired,
  }))
