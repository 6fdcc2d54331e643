import { Archive, ArchiveRestore, Folder, Merge, Palette, Trash2 } from 'lucide-react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { byIdOf, pathOf } from '../codes/codes.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { Button, Keys } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { startColouring } from './editing.ts'
import { ask, choose } from './selection.ts'
import { retireOrRestore } from './tree-acts.ts'

/** Stands where an entry stands while several codes are chosen: which, and what can be done with all of them. */
export function ChosenPane({ chosen, codes }: { chosen: readonly CodeRow[]; codes: readonly CodeRow[] }) {
  const byId = byIdOf(codes)
  const isRetired = chosen.every((code) => code.isRetired)
  const codings = chosen.reduce((sum, code) => sum + code.codings, 0)
  return (
    <div className="entry">
      <h2 className="chosen-title">{counted(chosen.length, 'code')} selected</h2>
      <p className="entry-counts number">{counted(codings, 'coding')} in all, by all coders</p>
      <div className="chosen-acts">
        <Button icon={Merge} onClick={() => ask('merge')}>
          Merge <Keys combination={keyLabel('treeMerge')} />
        </Button>
        <Button
          icon={Palette}
          onClick={(event) =>
            startColouring(
              chosen.map(({ id }) => id),
              event.currentTarget.getBoundingClientRect(),
            )
          }
        >
          Colour <Keys combination={keyLabel('treeColour')} />
        </Button>
        <Button icon={isRetired ? ArchiveRestore : Archive} onClick={() => void retireOrRestore(chosen)}>
          {isRetired ? 'Restore' : 'Retire'} <Keys combination={keyLabel('treeRetire')} />
        </Button>
        <Button kind="danger" icon={Trash2} onClick={() => ask('delete')}>
          Delete <Keys combination={keyLabel('treeDelete')} />
        </Button>
      </div>
      <ul className="chosen-list">
        {chosen.slice(0, 200).map((code) => (
          <li key={code.id}>
            <button type="button" className="chosen-code" onClick={() => choose([code.id])}>
              {code.isFolder ? <Folder size={12} aria-hidden="true" /> : <Swatch colour={code.colour} />}
              <span className="chosen-name">{code.name}</span>
              <span className="chosen-path">{pathOf(code, byId)}</span>
              <span className="spacer" />
              <span className="number">{code.codings > 0 ? code.codings : ''}</span>
            </button>
          </li>
        ))}
      </ul>
      {chosen.length > 200 && <p className="pane-hint">and {counted(chosen.length - 200, 'more', 'more')}</p>}
      <p className="field-hint">
        Drag one of them to move all, or press <Keys combination="Alt+↑" /> <Keys combination="Alt+↓" />{' '}
        <Keys combination="Alt+←" /> <Keys combination="Alt+→" />.
      </p>
    </div>
  )
}
