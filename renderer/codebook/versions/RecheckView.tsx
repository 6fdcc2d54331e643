import { Check, FileText, Pencil, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import type { Segment } from '../../../shared/contract/codings.ts'
import { CodePicker } from '../../codes/CodePicker.tsx'
import { byIdOf } from '../../codes/codes.ts'
import type { CommandId } from '../../keys/commands.ts'
import { commandFor, keyLabel } from '../../keys/own-keys.ts'
import { useStore } from '../../queries/use-store.ts'
import { jumpToNote, undo } from '../../state/coding.ts'
import { announce, coderId, save, say, useCoder, useSession } from '../../state/session.ts'
import { store } from '../../store.ts'
import { Button, Tip } from '../../ui/Button.tsx'
import { counted, EmptyState, formatCount } from '../../ui/Feedback.tsx'
import type { Anchor } from '../../ui/Floating.tsx'
import { Swatch } from '../../ui/Swatch.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { ALL_CONTEXT, wordsAround } from '../../ui/words-around.ts'
import { Changes } from './Changes.tsx'
import './versions.css'

const NO_SEGMENTS: readonly Segment[] = []
const NO_CODES: CodeRow[] = []
const NO_CODERS: readonly Coder[] = []
const MOST = 200
const UNDO = { label: 'Undo', run: () => void undo() }

/** Codings made before the meaning of their code changed, to be looked at again one after another. */
export function RecheckView() {
  const coder = useCoder()
  const { data } = useStore('codebook.toRecheck', { coderId: coder, codeId: null, offset: 0, limit: MOST })
  const { data: codes = NO_CODES } = useStore('codes.list', {})
  const byId = useMemo(() => byIdOf(codes), [codes])
  const segments = data?.segments ?? NO_SEGMENTS
  const [activeId, setActiveId] = useState<string | null>(null)
  const [picking, setPicking] = useState<Anchor | null>(null)
  const list = useRef<VirtualListHandle>(null)
  const change = useRef<HTMLButtonElement>(null)
  /** Where the list stood: what was decided on leaves it, and the next one takes its place. */
  const stood = useRef(0)
  const found = segments.findIndex(({ codingId }) => codingId === activeId)
  const at = found >= 0 ? found : Math.min(stood.current, segments.length - 1)
  const active = segments[at]
  const total = data?.total ?? 0
  useEffect(() => {
    stood.current = Math.max(0, at)
  }, [at])
  const head = useRef<HTMLParagraphElement>(null)
  const isDone = data !== undefined && total === 0
  useEffect(() => {
    // The list goes with its last coding, and the keyboard must not go with it.
    if (isDone && document.activeElement === document.body) head.current?.focus()
  }, [isDone])
  const nameOf = (id: string) => byId.get(id)?.name ?? 'code'
  const left = (words: string) => announce(`${words}. ${counted(Math.max(0, total - 1), 'coding')} left`)

  const acts: Partial<Record<CommandId, (segment: Segment) => void>> = {
    recheckRight: ({ codingId }) =>
      save(store.codebook.confirm({ coderId: coderId(), ids: [codingId] }), () => left('Confirmed')),
    recheckCode: () => setPicking(change.current?.getBoundingClientRect() ?? null),
    recheckRemove: ({ codingId, codeId }) =>
      save(store.codings.remove({ coderId: coderId(), ids: [codingId] }), () =>
        say(`Removed “${nameOf(codeId)}” from this segment`, UNDO),
      ),
    recheckOpen: ({ noteId, span }) => jumpToNote(noteId, span),
  }
  const act = (command: CommandId) => active && acts[command]?.(active)
  const onKey = (event: KeyboardEvent) => {
    const command = commandFor(event, 'codebook')
    if (!command || !acts[command]) return
    event.preventDefault()
    act(command)
  }
  const closePicker = () => {
    setPicking(null)
    window.setTimeout(() => list.current?.focus())
  }
  if (!data) return null
  return (
    <div className="codebook recheck">
      <section className="pane recheck-list" aria-label="Codings to recheck" data-pane="recheck">
        <p ref={head} className="recheck-head" tabIndex={-1}>
          {total === 0
            ? 'Nothing to recheck'
            : `${counted(total, 'coding')} of ${counted(data.codes.length, 'code')}`}
        </p>
        {total > 0 && (
          <VirtualList
            ref={list}
            label="Codings to recheck"
            count={segments.length}
            rowHeight={48}
            active={at}
            onActive={(index) => setActiveId(segments[index]?.codingId ?? null)}
            onKeyDown={onKey}
            keyOf={(index) => segments[index]?.codingId ?? String(index)}
            row={(index) => {
              const { codeId, words, noteTitle } = segments[index] as Segment
              return (
                <div className="version-row">
                  <Swatch colour={byId.get(codeId)?.colour ?? null} />
                  <span className="version-words">
                    <span className="version-name">
                      <span className="version-label">{nameOf(codeId)}</span>
                    </span>
                    <span className="version-facts">
                      {noteTitle} · {words}
                    </span>
                  </span>
                </div>
              )
            }}
          />
        )}
        <Others />
      </section>
      <section className="pane recheck-pane" aria-label="The coding in its note" data-pane="entry">
        {active ? (
          <>
            <div className="recheck-acts">
              <Act command="recheckRight" label="Confirm" icon={Check} kind="primary" onAct={act} />
              <Act command="recheckCode" label="Recode" icon={Pencil} button={change} onAct={act} />
              <Act command="recheckRemove" label="Remove" icon={Trash2} onAct={act} />
              <span className="spacer" />
              <Act command="recheckOpen" label="Open the note" icon={FileText} kind="plain" onAct={act} />
            </div>
            <SegmentSince segment={active} code={byId.get(active.codeId)} />
          </>
        ) : (
          <EmptyState icon={Check}>
            When the definition of a code changes, the codings you made under the old one are listed here.
          </EmptyState>
        )}
      </section>
      {picking && active && (
        <CodePicker
          codes={codes}
          anchor={picking}
          label="Recode"
          placeholder={`Recode “${nameOf(active.codeId)}” to`}
          onPick={(code) => {
            closePicker()
            const changes = [{ id: active.codingId, codeId: code.id }]
            save(store.codings.change({ coderId: coderId(), changes }), () =>
              say(`Recoded to “${code.name}”`, UNDO),
            )
          }}
          onClose={closePicker}
        />
      )}
    </div>
  )
}

function Act({
  command,
  label,
  icon,
  kind = 'secondary',
  button = null,
  onAct,
}: {
  command: CommandId
  label: string
  icon: typeof Check
  kind?: 'primary' | 'secondary' | 'plain'
  button?: RefObject<HTMLButtonElement | null> | null
  onAct(command: CommandId): void
}) {
  return (
    <Tip words={label} keys={keyLabel(command)}>
      <Button ref={button} size="small" kind={kind} icon={icon} onClick={() => onAct(command)}>
        {label}
      </Button>
    </Tip>
  )
}

/** The words with what stands around them, and how the code changed since they were coded. */
function SegmentSince({ segment, code }: { segment: Segment; code: CodeRow | undefined }) {
  const { data: state } = useStore('codebook.state', {})
  const { data: coding } = useStore('codings.get', { id: segment.codingId })
  const { before, after } = wordsAround(segment, ALL_CONTEXT)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="recheck-words" aria-label="Segment" tabIndex={0}>
      <p className="recheck-source">
        {segment.noteTitle}
        {segment.caseId && ` · ${segment.caseId}`}
        {segment.date && ` · ${segment.date.slice(0, 10)}`}
        {segment.span === null && ' · the whole note'}
      </p>
      <p className="recheck-segment">
        <span className="listed-context">{before}</span>
        <mark>{segment.words}</mark>
        <span className="listed-context">{after}</span>
      </p>
      <h2>{code?.name}</h2>
      {code?.definition && <p>{code.definition}</p>}
      {state && coding && (
        <>
          <p className="recheck-since">Since it was coded, under version {coding.codebookVersion}:</p>
          <Changes from={coding.codebookVersion} to={state.version} codeId={segment.codeId} />
        </>
      )}
    </section>
  )
}

/** How many the other coders still have to look at; they alone decide about theirs. */
function Others() {
  const coder = useCoder()
  const coders = useSession((state) => state.project?.coders ?? NO_CODERS)
  return (
    <ul className="recheck-others" aria-label="Other coders">
      {coders
        .filter(({ id }) => id !== coder)
        .map((other) => (
          <Other key={other.id} coder={other} />
        ))}
    </ul>
  )
}

function Other({ coder }: { coder: Coder }) {
  const { data } = useStore('codebook.toRecheck', { coderId: coder.id, codeId: null, offset: 0, limit: 1 })
  return (
    <li>
      <span>{coder.name}</span>
      <span className="number">{formatCount(data?.total ?? 0)} left</span>
    </li>
  )
}
