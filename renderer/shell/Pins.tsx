/** The small forms around PINs: giving one to code as somebody, setting one's own, removing one that was forgotten. */
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Chair } from '../../shared/contract/coders.ts'
import { LEAST_PIN } from '../../shared/pin.ts'
import { asProblem } from '../../shared/problem.ts'
import { useStore } from '../queries/use-store.ts'
import { giveSeatPin } from '../state/seat.ts'
import { coderId, type Session, say, underWay, useCoders, useLeads, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { finishByKey, TextField } from '../ui/Field.tsx'

/** Runs what a PIN was given for; what is wrong with it stands at the field, which keeps the keyboard. */
export function usePinWork(run: () => Promise<unknown>, clear: () => void) {
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (isBusy) return
    setBusy(true)
    run().then(
      () => setBusy(false),
      (error: unknown) => {
        setBusy(false)
        setProblem(asProblem(error).message)
        clear()
        field.current?.focus()
      },
    )
  }
  return { field, problem, isBusy, submit, forget: () => setProblem(undefined) }
}

/** A PIN that is given, with what is wrong with it. */
export function PinField({
  work,
  label,
  pin,
  onPin,
  hint,
  problem,
}: {
  work: ReturnType<typeof usePinWork>
  label: string
  pin: string
  onPin(pin: string): void
  hint?: string | undefined
  /** What was wrong before anything was given here. */
  problem?: string | undefined
}) {
  return (
    <TextField
      ref={work.field}
      label={label}
      type="password"
      value={pin}
      onText={onPin}
      autoFocus
      problem={work.problem ?? problem}
      hint={hint}
    />
  )
}

function Form({
  label,
  submit,
  onCancel,
  children,
}: {
  label: string
  submit(event: FormEvent): void
  onCancel(): void
  children: ReactNode
}) {
  return (
    <form
      className="pin-form"
      aria-label={label}
      onSubmit={submit}
      onKeyDown={finishByKey((isKept) => !isKept && onCancel())}
    >
      {children}
    </form>
  )
}

/** Asks for the PIN of whoever wants to code here now; a lead who sits there may give theirs instead. */
export function SeatPin({ chair, onCancel }: { chair: Chair; onCancel(): void }) {
  const [pin, setPin] = useState('')
  const [asLead, setAsLead] = useState(false)
  const work = usePinWork(
    () => giveSeatPin(chair, pin, asLead),
    () => setPin(''),
  )
  return (
    <Form label={`Code as ${chair.name}`} submit={work.submit} onCancel={onCancel}>
      <PinField
        work={work}
        label={asLead ? 'Your own PIN' : `PIN of ${chair.name}`}
        pin={pin}
        onPin={setPin}
        hint={asLead ? 'The journal says that you opened this place as a lead.' : undefined}
      />
      <div className="pin-buttons">
        <Button type="submit" kind="primary" size="small" disabled={pin === '' || work.isBusy}>
          Code as {chair.name}
        </Button>
        {chair.mayLead && (
          <Button
            kind="plain"
            size="small"
            onClick={() => {
              setAsLead(!asLead)
              setPin('')
              work.forget()
              work.field.current?.focus()
            }}
          >
            {asLead ? `With the PIN of ${chair.name}` : 'As a lead'}
          </Button>
        )}
        <Button kind="plain" size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}

/** Leads who have no PIN: whoever takes the place of one can open the others'. */
function useOpenLeads(): string[] {
  const coders = useCoders()
  const own = useSession((state) => state.coderId)
  const { data } = useStore('coders.chairs', {})
  return coders
    .filter(({ id, role }) => role === 'lead' && id !== own)
    .filter(({ id }) => data?.chairs.some((chair) => chair.coderId === id && !chair.hasPin))
    .map(({ name }) => name)
}

/** Sets, changes or removes the PIN of whoever sits there. */
export function OwnPin({ hasPin, onDone }: { hasPin: boolean; onDone(): void }) {
  const [current, setCurrent] = useState('')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const openLeads = useOpenLeads()
  const send = async (next: string | null) => {
    await underWay(store.coders.setPin({ coderId: coderId(), current: hasPin ? current : null, pin: next }))
    onDone()
    say(next === null ? 'Your PIN is removed' : 'Your PIN is set')
  }
  const clear = () => setCurrent('')
  const setting = usePinWork(() => send(pin), clear)
  const removing = usePinWork(() => send(null), clear)
  const isShort = pin !== '' && [...pin.normalize('NFC')].length < LEAST_PIN
  const differs = again !== '' && again !== pin
  const problem = setting.problem ?? removing.problem
  const isBusy = setting.isBusy || removing.isBusy
  return (
    <Form label="Your PIN" submit={setting.submit} onCancel={onDone}>
      {hasPin && (
        <TextField
          ref={(field) => {
            setting.field.current = field
            removing.field.current = field
          }}
          label="Your PIN now"
          type="password"
          value={current}
          onText={setCurrent}
          autoFocus
          problem={problem}
        />
      )}
      <TextField
        {...(hasPin ? {} : { ref: setting.field, autoFocus: true })}
        label="Your new PIN"
        type="password"
        value={pin}
        onText={setPin}
        problem={isShort ? `At least ${LEAST_PIN} characters.` : hasPin ? undefined : problem}
        hint={`A number or a phrase, at least ${LEAST_PIN} characters. It is asked before anybody codes as you.`}
      />
      <TextField
        label="Your new PIN again"
        type="password"
        value={again}
        onText={setAgain}
        problem={differs ? 'The two differ.' : undefined}
      />
      {openLeads.length > 0 && (
        <p className="field-hint">
          {openLeads.join(' and ')} {openLeads.length === 1 ? 'leads and has' : 'lead and have'} no PIN yet:
          whoever takes a lead’s place can open yours outside blind rounds.
        </p>
      )}
      <div className="pin-buttons">
        <Button
          type="submit"
          kind="primary"
          size="small"
          disabled={isBusy || pin === '' || isShort || again !== pin || (hasPin && current === '')}
        >
          {hasPin ? 'Change the PIN' : 'Set the PIN'}
        </Button>
        {hasPin && (
          <Button
            size="small"
            kind="plain"
            disabled={isBusy || current === ''}
            onClick={(event) => removing.submit(event)}
          >
            Remove the PIN
          </Button>
        )}
        <Button kind="plain" size="small" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}

/** A lead removes another's PIN with their own. */
export function ForgottenPin({ id, name, onDone }: { id: CoderId; name: string; onDone(): void }) {
  const [pin, setPin] = useState('')
  const clear = async () => {
    await underWay(store.coders.clearPin({ coderId: coderId(), id, pin }))
    onDone()
    say(`The PIN of ${name} is removed`)
  }
  const work = usePinWork(clear, () => setPin(''))
  return (
    <Form label={`Remove the PIN of ${name}`} submit={work.submit} onCancel={onDone}>
      <PinField
        work={work}
        label="Your own PIN"
        pin={pin}
        onPin={setPin}
        hint={`Nobody needs a PIN to code as ${name} then, and ${name} is told.`}
      />
      <div className="pin-buttons">
        <Button type="submit" kind="danger" size="small" disabled={pin === '' || work.isBusy}>
          Remove the PIN of {name}
        </Button>
        <Button kind="plain" size="small" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}

/** What a row of the list of coders offers about PINs; null where nothing is, or while that is not known. */
export function usePinOffer(id: CoderId): 'own' | 'others' | null {
  const leads = useLeads()
  const person = useSession(thePerson)
  const { data } = useStore('coders.chairs', {})
  if (!data) return null
  const hasPin = (whose: string) => data.chairs.some((chair) => chair.coderId === whose && chair.hasPin)
  if (id === person) return 'own'
  return leads && hasPin(id) && hasPin(person) ? 'others' : null
}

/** The person who sits there, also in their second pass. */
export const thePerson = ({ project, coderId }: Pick<Session, 'project' | 'coderId'>): string =>
  project?.coders.find(({ id }) => id === coderId)?.person ?? coderId
