/** Codes as screens get them from the store. */
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'

export const codeRow = (id: CodeId, parentId: CodeId | null, more: Partial<CodeRow> = {}): CodeRow => ({
  id,
  num: 1,
  parentId,
  name: id,
  colour: null,
  definition: '',
  useWhen: '',
  doNotUseWhen: '',
  example: '',
  source: '',
  shortcut: null,
  shortLabel: '',
  counterExample: '',
  remarks: '',
  theme: '',
  exampleCodingId: null,
  counterExampleCodingId: null,
  qualifiers: {},
  definedVersion: 0,
  isFolder: false,
  position: 0,
  isRetired: false,
  codings: 0,
  notes: 0,
  ...more,
})
