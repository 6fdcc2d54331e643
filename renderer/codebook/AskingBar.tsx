import { Merge, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { CodePicker } from '../codes/CodePicker.tsx'
import { useStore } from '../queries/use-store.ts'
import { useSession } from '../state/session.ts'
import { Asking } from '../ui/Asking.tsx'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import type { Anchor } from '../ui/Floating.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { focusTree, treeHandle } from './editing.ts'
import { topsOf } from './moves.ts'
import { ask, useCodebook } from './selection.ts'
import { deleteCodes, mergeCodes, namesOf, retireOrRestore } from './tree-acts.ts'
import { chosenOf } from './tree-commands.ts'

/** The keyboard is back in the tree before the bar goes: a key pressed at once finds it there. */
const leave = () => {
  treeHandle.current?.focus()
  ask(null)
}

/** Over the tree: what merging or deleting the chosen codes would do, before it is done. Esc leaves it. */
export function AskingBar({ codes }: { codes: readonly CodeRow[] }) {
  const asking = useCodebook((state) => state.asking)
  const chosenIds = useCodebook((state) => state.chosen)
  const chosen = chosenOf(codes)
  if (asking === null || chosen.length === 0) return null
  return asking === 'delete' ? (
    <DeleteBar key={[...chosenIds].join()} tops={topsOf(chosenIds, codes)} />
  ) : (
    <MergeBar key={[...chosenIds].join()} chosen={chosen} codes={codes} />
  )
}

/** "143 codings in 38 notes (Amara 100, Ben 43), 4 memos and 2 codes inside". */
function useRemovalPreview(
  tops: readonly CodeRow[],
): { codes: number; codings: number; isPartial: boolean; words: string } | null {
  const coders = useSession((state) => state.project?.coders)
  const { data } = useStore('codes.previewRemoval', { ids: tops.map(({ id }) => id) })
  if (!data) return null
  const codings = data.codings.reduce((sum, each) => sum + each.codings, 0)
  const nameOf = (id: string) => coders?.find((coder) => coder.id === id)?.name ?? 'a coder'
  const by = data.codings.map((each) => `${nameOf(each.coderId)} ${each.codings}`).join(', ')
  const inside = data.codes.length - tops.length
  const parts = [
    codings > 0
      ? `${counted(codings, 'coding')} in ${counted(data.notes, 'note')} (${by})`
      : data.isPartial
        ? null
        : 'no codings',
    data.memos > 0 ? counted(data.memos, 'memo') : null,
    inside > 0 ? `${counted(inside, 'code')} inside` : null,
    data.isPartial ? 'whatever a blind round hides from you' : null,
  ].filter((part) => part !== null)
  const last = parts.pop()
  return {
    codes: data.codes.length,
    codings,
    isPartial: data.isPartial,
    words: parts.length > 0 ? `${parts.join(', ')} and ${last}` : (last ?? ''),
  }
}

function DeleteBar({ tops }: { tops: readonly CodeRow[] }) {
  const what = useRemovalPreview(tops)
  const act = useRef<HTMLButtonElement>(null)
  const isKnown = what !== null
  useEffect(() => {
    if (isKnown) act.current?.focus()
  }, [isKnown])
  // Where there is no coding to keep, or all are retired already, there is nothing to say of retiring.
  const canRetire =
    what !== null && (what.codings > 0 || what.isPartial) && tops.some((code) => !code.isRetired)
  const words = !what
    ? ''
    : `${counted(what.codes, 'code')}${what.codings > 0 ? ` and ${counted(what.codings, 'coding')}` : ''}`
  return (
    <Asking label="Delete codes" onLeave={leave}>
      <Trash2 size={16} strokeWidth={1.75} aria-hidden="true" />
      <p className="asking-words">
        <strong>Delete {namesOf(tops)}?</strong>{' '}
        {what && (
          <span className="number">
            {tops.length === 1 ? 'It has' : 'They have'} {what.words}.
          </span>
        )}
        {canRetire && ' A retired code keeps its codings and cannot be applied any more.'}
      </p>
      <div className="asking-acts">
        <Button
          ref={act}
          size="small"
          kind="danger"
          disabled={!what}
          onClick={() => {
            focusTree()
            void deleteCodes(tops, words)
          }}
        >
          Delete {words}
        </Button>
        {canRetire && (
          <Button
            size="small"
            onClick={() => {
              leave()
              void retireOrRestore(tops.filter((code) => !code.isRetired))
            }}
          >
            Retire instead
          </Button>
        )}
        <Button size="small" kind="plain" onClick={leave}>
          Cancel
        </Button>
      </div>
    </Asking>
  )
}

/** Several codes go into the one the keyboard is on, unless another is picked; one alone asks for another. */
function MergeBar({ chosen, codes }: { chosen: readonly CodeRow[]; codes: readonly CodeRow[] }) {
  const activeId = useCodebook((state) => state.activeId)
  const usable = chosen.filter((code) => !code.isFolder && !code.isRetired)
  const first = chosen.length > 1 ? (usable.find(({ id }) => id === activeId) ?? usable[0] ?? null) : null
  const [into, setInto] = useState<CodeRow | null>(first)
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const pick = useRef<HTMLButtonElement>(null)
  const act = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the keyboard goes when the bar appears
  useEffect(() => {
    if (first) act.current?.focus()
    else if (pick.current) setAnchor(pick.current.getBoundingClientRect())
  }, [])
  const from = chosen.filter(({ id }) => id !== into?.id)
  const codings = from.reduce((sum, code) => sum + code.codings, 0)
  const inside = codes.filter(
    ({ id, parentId }) => from.some((code) => code.id === parentId) && id !== into?.id,
  ).length
  return (
    <Asking label="Merge codes" onLeave={leave}>
      <Merge size={16} strokeWidth={1.75} aria-hidden="true" />
      <div className="asking-words">
        <p className="asking-sentence">
          <strong>Merge {namesOf(from)} into</strong>
          <button
            type="button"
            ref={pick}
            className="asking-pick"
            aria-haspopup="dialog"
            aria-label={into ? `Merge into ${into.name}. Choose another` : 'Choose the code to merge into'}
            onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
          >
            {into ? (
              <>
                <Swatch colour={into.colour} /> {into.name}
              </>
            ) : (
              'choose a code'
            )}
          </button>
        </p>
        <p className="number">
          {counted(codings, 'coding')}
          {inside > 0 && `, ${counted(inside, 'code')} inside`} and all memos move there; every coding keeps
          its coder. {from.length === 1 ? 'Its entry is' : 'Their entries are'} removed from the codebook and
          kept under Versions.
        </p>
      </div>
      <div className="asking-acts">
        <Button
          ref={act}
          size="small"
          kind="primary"
          disabled={!into || from.length === 0}
          onClick={() => {
            if (!into) return
            focusTree()
            void mergeCodes(into, from)
          }}
        >
          Merge {counted(from.length, 'code')}
        </Button>
        <Button size="small" kind="plain" onClick={leave}>
          Cancel
        </Button>
      </div>
      {anchor && (
        <CodePicker
          codes={codes.filter(({ id }) => chosen.length > 1 || id !== chosen[0]?.id)}
          anchor={anchor}
          label="Merge into"
          verb="merge into it"
          placeholder="Name of the code that stays"
          onPick={(code) => {
            setInto(code)
            setAnchor(null)
            window.setTimeout(() => act.current?.focus())
          }}
          onClose={() => setAnchor(null)}
        />
      )}
    </Asking>
  )
}
