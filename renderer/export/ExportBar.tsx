import { ShieldAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ExportFinding } from '../../shared/contract/exports.ts'
import { confidenceWords, KIND_NAMES } from '../identifiers/identifier-labels.ts'
import { goTo, type Place } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { formatCount } from '../ui/Feedback.tsx'
import { SlowWork } from '../ui/SlowWork.tsx'
import './export.css'
import { cancelExport, decide, foundWords, showFinding, useExporting } from './exporting.ts'

/** Stands under the head of a place while a file of it is written, or waits for a word about possible identifiers. */
export function ExportBar({ place }: { place: Place }) {
  const running = useExporting((state) => (state.running?.place === place ? state.running : null))
  return (
    <>
      <SlowWork token={running?.token ?? null} progress={running?.progress ?? null} />
      <Question place={place} />
    </>
  )
}

function Question({ place }: { place: Place }) {
  const stopped = useExporting((state) => (state.stopped?.order.place === place ? state.stopped : null))
  const isBusy = useExporting((state) => state.running !== null)
  const [isShown, setShown] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const check = stopped?.check
  useEffect(() => {
    if (check) first.current?.focus()
  }, [check])
  if (!stopped || !check) return null
  const { order, isOld } = stopped
  return (
    <section
      className="export-bar"
      aria-label="Possible identifiers in the export"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        cancelExport()
      }}
    >
      <div className="export-line">
        <ShieldAlert size={16} strokeWidth={1.75} aria-hidden="true" />
        <p>
          <strong className="number">{foundWords(check, order.unit)}.</strong> {order.file} has not been
          written.
          {isOld && ' The project has changed since.'}
        </p>
        <span className="spacer" />
        <Button
          ref={first}
          size="small"
          kind="plain"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? 'Hide findings' : 'Show findings'}
        </Button>
        {isOld && (
          <Button size="small" disabled={isBusy} onClick={() => decide('ask')}>
            Check again
          </Button>
        )}
        <Button size="small" kind="primary" disabled={isBusy} onClick={() => decide('mask')}>
          Export with them masked
        </Button>
        <Button size="small" disabled={isBusy} onClick={() => decide('asIs')}>
          Export as it is
        </Button>
        <Button size="small" kind="plain" onClick={cancelExport}>
          Cancel
        </Button>
      </div>
      {isShown && <Findings findings={check.findings} total={check.total} />}
    </section>
  )
}

function Findings({ findings, total }: { findings: readonly ExportFinding[]; total: number }) {
  const isFromNotes = findings.some(({ place }) => place !== null)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <ul className="export-findings" aria-label="What was found" tabIndex={0}>
        {findings.map((finding, index) => (
          <li key={keyOf(finding, index)}>
            <button type="button" className="export-finding" onClick={() => showFinding(finding)}>
              <span className="export-found">{finding.text}</span>
              <span>
                {KIND_NAMES[finding.kind]}, {confidenceWords(finding)}
              </span>
              <span className="export-where">{finding.name}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="export-hint">
        {total > findings.length && `The first ${formatCount(findings.length)} are listed. `}
        Masking writes [NAME], [PHONE] and the like into the file; the project does not change. The check
        cannot find every identifier.{' '}
        {isFromNotes && (
          <button type="button" className="link" onClick={() => goTo('identifiers')}>
            Review the notes
          </button>
        )}
      </p>
    </>
  )
}

const keyOf = ({ name, place }: ExportFinding, index: number): string =>
  place ? `${place.noteId} ${place.start}` : `${name} ${index}`
