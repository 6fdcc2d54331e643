import { useSession } from '../state/session.ts'
import { ProblemNote } from '../ui/Feedback.tsx'
import { useBackup } from './backing-up.ts'

const putAway = (words: string) =>
  useSession.setState(({ notices }) => ({ notices: notices.filter((other) => other !== words) }))

/** What a person has to know about the file itself, above everything that is in it. */
export function ProjectNotices() {
  const lost = useSession((state) => state.lost)
  const notices = useSession((state) => state.notices)
  const { work, backUp } = useBackup()
  if (lost === null && notices.length === 0) return null
  return (
    <div className="workbench-notices">
      {lost !== null && (
        <ProblemNote {...(work ? {} : { action: { label: 'Save a copy', onClick: () => void backUp() } })}>
          {lost}
        </ProblemNote>
      )}
      {notices.map((words) => (
        <ProblemNote key={words} action={{ label: 'Put away', onClick: () => putAway(words) }}>
          {words}
        </ProblemNote>
      ))}
    </div>
  )
}
