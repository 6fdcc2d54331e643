import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { CommandId } from '../keys/commands.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { NoteExcerpt } from '../search/NoteExcerpt.tsx'
import { Button, Keys, Tip } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'
import type { VirtualListHandle } from '../ui/VirtualList.tsx'
import { confidenceWords, type Finding, FOR_GOOD, KIND_NAMES } from './identifier-labels.ts'
import {
  type Asked,
  cancelRedaction,
  confirmRedaction,
  ignoreEverywhere,
  keepFinding,
  notesOf,
  openFinding,
  redactAll,
  redactOne,
  usePlaces,
  useReview,
} from './review.ts'

/** One finding in its note, and what can be done about it. */
export function FindingPane({
  finding,
  findings,
  list,
}: {
  finding: Finding
  findings: readonly Finding[]
  list: RefObject<VirtualListHandle | null>
}) {
  const asked = useReview((state) => state.asked)
  const marks = useMemo(
    () => findings.filter((other) => other.noteId === finding.noteId),
    [findings, finding.noteId],
  )
  const then = (act: () => void) => () => {
    act()
    list.current?.focus()
  }
  return (
    <section className="finding" aria-label="In the note" data-pane="finding">
      <div className="finding-head">
        <div className="finding-words">
          <h2>{finding.text}</h2>
          <p>
            {KIND_NAMES[finding.kind]}, {confidenceWords(finding)}
          </p>
        </div>
        <span className="finding-note" title={finding.noteTitle}>
          {finding.noteTitle}
        </span>
        <Tip words="Open the note here" keys={keyLabel('findingOpen')}>
          <Button size="small" onClick={openFinding}>
            Open note
          </Button>
        </Tip>
      </div>
      <div className="finding-acts">
        <Act command="findingKeep" words="This is not an identifier" onPress={then(() => void keepFinding())}>
          Keep
        </Act>
        <Act command="findingRedact" words="Remove it from the note permanently" onPress={redactOne}>
          Redact this
        </Act>
        <Act
          command="findingRedactAll"
          words="Remove the same words from every note; you see the count first"
          onPress={redactAll}
        >
          Redact all like it
        </Act>
        <Act
          command="findingIgnore"
          words="Never report this word in this project"
          onPress={then(() => void ignoreEverywhere())}
        >
          Ignore this word everywhere
        </Act>
      </div>
      {asked && <Confirm key={asked.time} asked={asked} />}
      <NoteExcerpt noteId={finding.noteId} current={finding} others={marks} />
    </section>
  )
}

function Act({
  command,
  words,
  onPress,
  children,
}: {
  command: CommandId
  words: string
  onPress(): void
  children: string
}) {
  return (
    <Tip words={words} isDescription>
      <Button onClick={onPress}>
        <span className="act-words">
          {children} <Keys combination={keyLabel(command)} />
        </span>
      </Button>
    </Tip>
  )
}

/** Says what goes, and that it goes for good, where the person is looking. */
function Confirm({ asked }: { asked: Asked }) {
  const hasAgreed = useReview((state) => state.hasAgreed)
  const mask = useReview((state) => state.mask)
  const button = useRef<HTMLButtonElement>(null)
  const { isAll, finding } = asked
  const { places, problem } = usePlaces(asked)
  const isCounted = places !== null
  useEffect(() => {
    if (isCounted) button.current?.focus()
  }, [isCounted])
  const count = places?.length ?? 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question and its two answers, no form
    <div
      className="confirm"
      role="group"
      aria-label="Redact permanently"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        cancelRedaction()
      }}
    >
      <div className="confirm-words" role="status">
        {isAll && (
          <p className="number">
            {places
              ? `“${finding.text}” occurs ${counted(count, 'time')} in ${counted(notesOf(places), 'note')} with this exact spelling.`
              : (problem ?? 'Counting in all notes…')}
          </p>
        )}
        {(isAll || !hasAgreed) && <p>{FOR_GOOD}</p>}
      </div>
      <Button kind="plain" onClick={cancelRedaction}>
        Cancel
      </Button>
      <Button
        ref={button}
        kind="primary"
        disabled={!isCounted}
        onClick={() => places && confirmRedaction(places, finding)}
      >
        {isAll && count > 1 ? `Redact all ${formatCount(count)}` : 'Redact'}
        {mask === '' ? '' : ` as ${mask}`}
      </Button>
    </div>
  )
}
