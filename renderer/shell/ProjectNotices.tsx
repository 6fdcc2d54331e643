import { useEffect, useState } from 'react'
import { usePreferences } from '../preferences.ts'
import { useSession } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNote } from '../ui/Feedback.tsx'
import { useBackup } from './backing-up.ts'
import { pickAndOpen } from './opening.ts'

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

const putAway = (words: string) =>
  useSession.setState(({ notices }) => ({ notices: notices.filter((other) => other.words !== words) }))

/** What a person has to know about the file itself, above everything that is in it. */
export function ProjectNotices() {
  const lost = useSession((state) => state.lost)
  const notices = useSession((state) => state.notices)
  const { work, backUp } = useBackup()
  const isClockOff = useSession((state) => state.project?.isClockOff ?? false)
  const [isClockKnown, setClockKnown] = useState(false)
  useEffect(() => {
    if (!isClockOff) setClockKnown(false)
  }, [isClockOff])
  const tellsClock = isClockOff && !isClockKnown
  if (lost === null && notices.length === 0 && !tellsClock) return null
  return (
    <div className="workbench-notices">
      {lost !== null && (
        <ProblemNote {...(work ? {} : { action: { label: 'Save a copy', onClick: () => void backUp() } })}>
          {lost}
        </ProblemNote>
      )}
      {tellsClock && (
        <ProblemNote action={{ label: 'Put away', onClick: () => setClockKnown(true) }}>
          This computer’s clock says an earlier day than the newest entries of this project: a clock was far
          ahead once, or this one is behind. Entries keep their order, the times shown are those of each
          computer, and the journal marks them. Check the clock of this computer.
        </ProblemNote>
      )}
      {notices.map(({ words, isLoss }) => (
        <ProblemNote key={words} action={{ label: 'Put away', onClick: () => putAway(words) }}>
          {words}
          {isLoss && <NewestBackup />}
        </ProblemNote>
      ))}
    </div>
  )
}

/** The way to what is missing: the last backup that was made here, or any other. */
function NewestBackup() {
  const project = useSession((state) => state.project)
  const last = usePreferences((state) => (project ? state.backups[project.id] : undefined))
  return (
    <>
      {last
        ? ` The newest backup from this computer is ${last.name} in ${last.folder}, of ${WHEN.format(new Date(last.at))}.`
        : ' No backup was made on this computer.'}{' '}
      <Button size="small" kind="plain" onClick={() => void pickAndOpen()}>
        Open a backup
      </Button>
    </>
  )
}
