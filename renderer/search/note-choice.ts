/** Some of the notes, as they are chosen on screen: for the search, for retrieval, for whatever works on some notes. */
import type { CodeId } from '../../shared/contract/basics.ts'
import type { AttributeOwner, NoteFilter, NoteStatus } from '../../shared/contract/notes.ts'

export type AttributeChoice = { of: AttributeOwner; name: string; values: readonly (string | null)[] }

/** Which notes are looked through, as it is chosen on screen; an empty part does not restrict. */
export type NoteChoice = {
  caseId: string
  codeId: CodeId | ''
  status: NoteStatus | ''
  attributes: readonly AttributeChoice[]
}

export const ALL_NOTES: NoteChoice = { caseId: '', codeId: '', status: '', attributes: [] }

export function filterOf({ caseId, codeId, status, attributes }: NoteChoice): NoteFilter {
  const wanted = attributes.filter((choice) => choice.values.length > 0)
  return {
    ...(caseId === '' ? {} : { caseId }),
    ...(codeId === '' ? {} : { codeId }),
    ...(status === '' ? {} : { status }),
    ...(wanted.length === 0
      ? {}
      : { attributes: wanted.map((choice) => ({ ...choice, values: [...choice.values] })) }),
  }
}
