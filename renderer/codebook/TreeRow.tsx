import type { CodeRow } from '../../shared/contract/codes.ts'
import { newColour } from '../codes/codes.ts'
import { coderId, save } from '../state/session.ts'
import { store } from '../store.ts'
import { Keys } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { InlineEdit } from '../ui/Field.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { type Draft, endEditing, startColouring, startRenaming, useEditing } from './editing.ts'

/** A code in the tree: colour, name, its own key, and how often it was applied. */
export function TreeRow({ code }: { code: CodeRow }) {
  const [first = ''] = code.definition.split(/(?<=\.)\s/)
  return (
    <>
      {!code.isFolder && (
        <button
          type="button"
          tabIndex={-1}
          className="swatch-button"
          aria-label={`Colour of ${code.name}`}
          onClick={(event) => {
            event.stopPropagation()
            startColouring([code.id], event.currentTarget.getBoundingClientRect())
          }}
        >
          <Swatch colour={code.colour} />
        </button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same by key */}
      <span
        className={`codebook-name${code.isFolder ? ' code-name-folder' : ''}${code.isRetired ? ' codebook-retired' : ''}`}
        onDoubleClick={() => startRenaming(code.id)}
        title={first}
      >
        {code.name}
      </span>
      {code.isRetired && <span className="tag">Retired</span>}
      {code.shortcut && <Keys combination={code.shortcut.toUpperCase()} />}
      {code.codings > 0 && (
        <span
          className="code-count number"
          role="img"
          aria-label={`${counted(code.codings, 'coding')}, all coders`}
          title={`${counted(code.codings, 'coding')} in ${counted(code.notes, 'note')}, all coders`}
        >
          {code.codings}
        </span>
      )}
    </>
  )
}

export function RenameRow({ code }: { code: CodeRow }) {
  return (
    <InlineEdit
      label={code.isFolder ? 'Name of the folder' : 'Name of the code'}
      value={code.name}
      onCancel={endEditing}
      onSave={(name) => {
        endEditing()
        save(store.codes.update({ coderId: coderId(), id: code.id, changes: { name } }))
      }}
    />
  )
}

/** Where a new code is named, in its place. */
export function DraftRow({ draft, codes }: { draft: Draft; codes: readonly CodeRow[] }) {
  const create = (name: string) => {
    const { id, parentId, isFolder, afterId } = draft
    // The tree stays where it is until the code has come, also where it is the first: it keeps the keyboard.
    useEditing.setState({ awaited: id })
    endEditing()
    const colour = isFolder ? null : newColour(codes, parentId)
    const by = coderId()
    const made = store.codes.create({ coderId: by, id, name, parentId, afterId, colour, isFolder })
    made.catch(() => useEditing.setState({ awaited: null }))
    save(made)
  }
  return (
    <InlineEdit
      label={draft.isFolder ? 'Name of the new folder' : 'Name of the new code'}
      placeholder={draft.isFolder ? 'New folder' : 'New code'}
      value=""
      onSave={create}
      onCancel={endEditing}
    />
  )
}

/** The new code stands in the tree while it is named: under its parent, or right after the one beside it. */
export function withDraft(codes: readonly CodeRow[], draft: Draft | null): readonly CodeRow[] {
  if (!draft) return codes
  const row = {
    ...(codes[0] ?? ({} as CodeRow)),
    id: draft.id,
    parentId: draft.parentId,
    name: '',
  } as CodeRow
  const at = draft.afterId === null ? codes.length : codes.findIndex((code) => code.id === draft.afterId) + 1
  return [...codes.slice(0, at), row, ...codes.slice(at)]
}
