import { useState } from 'react'
import { comparisonWords, whenOf } from '../../shared/backup-words.ts'
import type { BackupLook, BackupRow } from '../../shared/contract/backups.ts'
import { Button } from '../ui/Button.tsx'
import './backups.css'
import { type BackupsOf, useLooks } from './backup-contents.ts'
import { contentWords, REASONS } from './backup-labels.ts'

/** Backups with what is in them, newest first; one is put in place by two presses. */
export function BackupList({
  of,
  onRestore,
  whyNot = null,
  isBusy,
}: {
  of: BackupsOf
  onRestore(row: BackupRow): void
  /** Why this person may not put one in place. */
  whyNot?: string | null
  isBusy: boolean
}) {
  const { rows, looks, problem } = useLooks(of)
  const [asked, setAsked] = useState<string | null>(null)
  if (problem !== null) return <p className="backups-words">{problem}</p>
  if (rows === null) return <p className="backups-words">Looking for backups…</p>
  if (rows.length === 0) return <p className="backups-words">There are no backups beside this project yet.</p>
  return (
    <>
      {whyNot && <p className="backups-words">{whyNot}</p>}
      <ul className="backups">
        {rows.map((row) => (
          <li key={row.name} className="backup">
            <div className="backup-head">
              <span className="backup-when number" title={row.name}>
                {whenOf(row.at)}
              </span>
              <span className="backup-reason">{REASONS[row.reason]}</span>
              {whyNot === null && looks[row.name]?.contents && asked !== row.name && (
                <Button
                  size="small"
                  disabled={isBusy}
                  aria-label={`Restore the backup of ${whenOf(row.at)}`}
                  onClick={() => setAsked(row.name)}
                >
                  Restore
                </Button>
              )}
            </div>
            <Look look={looks[row.name]} />
            {asked === row.name && (
              <div className="backup-asked">
                <span>
                  This backup takes the project’s place. The project as it is now is kept beside it under
                  another name.
                </span>
                <Button
                  size="small"
                  kind="primary"
                  autoFocus
                  disabled={isBusy}
                  onClick={() => onRestore(row)}
                >
                  Put it in place
                </Button>
                <Button size="small" kind="plain" onClick={() => setAsked(null)}>
                  Leave it
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Look({ look }: { look: BackupLook | undefined }) {
  if (!look) return <p className="backup-contents">Reading…</p>
  const { contents, problem, comparison } = look
  if (contents === null) return <p className="backup-problem">{problem}</p>
  return (
    <>
      <p className="backup-compared">{comparisonWords(comparison, contents.isPartial)}</p>
      <p className="backup-contents">
        {contentWords(contents)}
        {contents.head && (
          <>
            {' · '}
            <span className="number" title={`The newest entry’s hash: ${contents.head}`}>
              {contents.head.slice(0, 16)}
            </span>
          </>
        )}
      </p>
      {contents.isPartial && (
        <p className="backup-contents">Others’ work is left out while a blind round keeps it from you.</p>
      )}
    </>
  )
}
