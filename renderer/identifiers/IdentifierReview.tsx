import { ScanSearch } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef } from 'react'
import { commandFor, keyLabel } from '../keys/own-keys.ts'
import { isTyping, runCommand, useCommand } from '../keys/use-command.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { counted, EmptyState, formatCount, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { Segmented, Select, TextField } from '../ui/Field.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList.tsx'
import { FindingPane } from './FindingPane.tsx'
import './identifiers.css'
import {
  confidenceWords,
  type Finding,
  KIND_NAMES,
  type Kind,
  nothingLeft,
  START_LINE,
} from './identifier-labels.ts'
import {
  type Check,
  catchUp,
  goToFinding,
  ignoreEverywhere,
  keepFinding,
  keyOf,
  kindsOf,
  MOST_FINDINGS,
  openFinding,
  redactAll,
  redactOne,
  runCheck,
  showKind,
  stepFinding,
  stopCheck,
  useCheck,
  useReview,
} from './review.ts'
import { WordLists } from './WordLists.tsx'

/** Possible identifiers that are still in the notes, one after the other. */
export function IdentifierReview() {
  const tab = useReview((state) => state.tab)
  const list = useRef<VirtualListHandle>(null)
  const { check, shown } = useCheck()
  useReviewCommands((check?.findings.length ?? 0) > 0)
  const isAsked = useReview((state) => state.asked !== null)
  useEffect(() => {
    if (check && tab === 'review') catchUp(check)
  }, [check, tab])
  const isListed = shown.length > 0
  useEffect(() => {
    if (isListed && !isAsked) list.current?.focus()
  }, [isListed, isAsked])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || (isTyping(event.target) && !event.ctrlKey && !event.metaKey)) return
    // A button that has the keyboard keeps Enter, a radio button its arrows.
    const isOnList = (event.target as HTMLElement).getAttribute('role') === 'listbox'
    if (!isOnList && (event.key === 'Enter' || event.key.startsWith('Arrow')) && !event.ctrlKey) return
    const command = commandFor(event, 'identifiers')
    // A key held down must not go through the list taking text out.
    if (event.repeat && command !== 'findingNext' && command !== 'findingPrevious') return
    if (command && runCommand(command)) event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the whole place
    <div className="place identifiers" onKeyDown={onKeyDown}>
      <section className="pane" aria-label="Identifiers" data-pane="identifiers">
        <Head />
        <Work />
        {tab === 'words' ? <WordLists /> : <Queue list={list} />}
      </section>
    </div>
  )
}

function useReviewCommands(isListed: boolean) {
  const isReview = useReview((state) => state.tab === 'review')
  const hasFindings = isListed && isReview
  useCommand('findingNext', () => stepFinding(1), hasFindings)
  useCommand('findingPrevious', () => stepFinding(-1), hasFindings)
  useCommand('findingKeep', () => void keepFinding(), hasFindings)
  useCommand('findingRedact', redactOne, hasFindings)
  useCommand('findingRedactAll', redactAll, hasFindings)
  useCommand('findingIgnore', () => void ignoreEverywhere(), hasFindings)
  useCommand('findingOpen', openFinding, hasFindings)
  useCommand('runCheck', () => runCheck(), isReview)
}

function Head() {
  const tab = useReview((state) => state.tab)
  const { check, isRunning } = useCheck()
  return (
    <div className="place-head">
      <h1>Identifiers</h1>
      {check && <span className="place-facts">{START_LINE}</span>}
      <span className="spacer" />
      <Segmented
        label="Part of the check"
        value={tab}
        options={[
          { value: 'review', label: 'Review' },
          { value: 'words', label: 'Words and masks' },
        ]}
        onValue={(tab) => useReview.setState({ tab, asked: null })}
      />
      {check && (
        <Tip words="Check all notes again" keys={keyLabel('runCheck')}>
          <Button disabled={isRunning} onClick={() => runCheck()}>
            Run check again
          </Button>
        </Tip>
      )}
    </div>
  )
}

function Work() {
  const { check, progress, problem, isRunning } = useCheck()
  const tab = useReview((state) => state.tab)
  return (
    <>
      {isRunning && (
        <div className="place-line">
          <ProgressBar progress={progress} onCancel={stopCheck} />
        </div>
      )}
      {problem && (
        <div className="place-line">
          <ProblemNote action={{ label: 'Run check again', onClick: () => runCheck() }}>
            {problem}
          </ProblemNote>
        </div>
      )}
      {check?.isOld && !isRunning && tab === 'review' && (
        <div className="place-line old">
          The project has changed since this check. Run it again to update the list.
        </div>
      )}
    </>
  )
}

function Queue({ list }: { list: RefObject<VirtualListHandle | null> }) {
  const { check, isRunning, findings, shown, active } = useCheck()
  const finding = shown[active]
  if (!check)
    return isRunning ? (
      <div className="pane" />
    ) : (
      <EmptyState icon={ScanSearch} action={{ label: 'Run check', onClick: () => runCheck() }}>
        {START_LINE} You keep or redact what it finds, one by one or all alike.
      </EmptyState>
    )
  if (findings.length === 0) return <EmptyState icon={ScanSearch}>{nothingLeft(check.notes)}</EmptyState>
  return (
    <>
      <QueueBar check={check} />
      {finding ? (
        <div className="queue">
          <div className="queue-list">
            <VirtualList
              ref={list}
              label="Possible identifiers"
              count={shown.length}
              rowHeight={50}
              active={active}
              onActive={goToFinding}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
                event.preventDefault()
                openFinding()
              }}
              keyOf={(index) => (shown[index] ? keyOf(shown[index]) : String(index))}
              row={(index) => shown[index] && <FindingRow finding={shown[index]} />}
            />
          </div>
          <FindingPane finding={finding} findings={findings} list={list} />
        </div>
      ) : (
        <EmptyState
          icon={ScanSearch}
          action={{ label: 'Show all kinds', onClick: () => useReview.setState({ kind: '', active: 0 }) }}
        >
          None of this kind are left to review.
        </EmptyState>
      )}
    </>
  )
}

function QueueBar({ check: { found, notes, findings } }: { check: Check }) {
  const kind = useReview((state) => state.kind)
  const mask = useReview((state) => state.mask)
  const kinds = useMemo(() => kindsOf(findings), [findings])
  const isKindGone = kind !== '' && !kinds.some((one) => one.kind === kind)
  const options: { value: Kind | ''; label: string }[] = [
    { value: '', label: `All kinds (${formatCount(findings.length)})` },
    ...kinds.map((one) => ({
      value: one.kind,
      label: `${KIND_NAMES[one.kind]} (${formatCount(one.count)})`,
    })),
    ...(isKindGone ? [{ value: kind, label: `${KIND_NAMES[kind]} (0)` }] : []),
  ]
  return (
    <div className="setup">
      <Select label="Kind" isLabelHidden value={kind} options={options} onValue={showKind} />
      <p className="queue-count number" role="status">
        {formatCount(findings.length)} of {formatCount(found)} left to review, {counted(notes, 'note')}{' '}
        checked
        {found > MOST_FINDINGS && `; the first ${formatCount(MOST_FINDINGS)} are listed`}
      </p>
      <span className="spacer" />
      <div className="mask-field">
        <span aria-hidden="true">Replace with</span>
        <TextField
          label="Replace with"
          isLabelHidden
          maxLength={40}
          placeholder="nothing"
          value={mask}
          onText={(mask) => useReview.setState({ mask })}
        />
      </div>
    </div>
  )
}

function FindingRow({ finding }: { finding: Finding }) {
  return (
    <div className="finding-row">
      <div className="finding-row-head">
        <span className="finding-row-text">{finding.text}</span>
        <span className="finding-row-kind">{KIND_NAMES[finding.kind]}</span>
      </div>
      <div className="finding-row-foot">
        <span className="finding-row-note">{finding.noteTitle}</span>
        <span>{confidenceWords(finding)}</span>
      </div>
    </div>
  )
}
