import { useEffect, useState } from 'react'
import { NewestBackup } from '../backups/NewestBackup.tsx'
import { useSession } from '../state/session.ts'
import { ProblemNote } from '../ui/Feedback.tsx'
import { useBackup } from './backing-up.ts'

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
