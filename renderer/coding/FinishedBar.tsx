import { CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { noteHandle } from '../note/handle.ts'
import { answerFinished, cancelFinished, type FinishedAnswer, useFinished } from '../state/finished.ts'
import { useLeads } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Field.tsx'
import './finished.css'

/** Stands over what is to be coded while it is asked whether notes that are finished are meant. */
export function FinishedBar({ onAnswered = () => noteHandle.current?.focus() }: { onAnswered?(): void }) {
  const question = useFinished((state) => state.question)
  const leads = useLeads()
  const first = useRef<HTMLButtonElement>(null)
  const [isAlways, setAlways] = useState(false)
  useEffect(() => {
    if (!question) return
    setAlways(false)
    first.current?.focus()
  }, [question])
  if (!question) return null
  const answer = (how: FinishedAnswer) => {
    answerFinished(how, isAlways)
    onAnswered()
  }
  const cancel = () => {
    cancelFinished()
    onAnswered()
  }
  return (
    <section
      className="finished-bar"
      aria-label="Finished notes"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        cancel()
      }}
    >
      <CircleCheck size={16} strokeWidth={1.75} aria-hidden="true" />
      <p>{question.words}</p>
      <span className="spacer" />
      <Button ref={first} size="small" kind="primary" onClick={() => answer('reopen')}>
        Reopen and apply
      </Button>
      <Button size="small" onClick={() => answer('code')}>
        Apply, keep finished
      </Button>
      {question.canLeave && (
        <Button size="small" onClick={() => answer('leave')}>
          Skip these
        </Button>
      )}
      <Button size="small" kind="plain" onClick={cancel}>
        Cancel
      </Button>
      {leads && <Checkbox label="Always do this in this project" checked={isAlways} onChecked={setAlways} />}
    </section>
  )
}
