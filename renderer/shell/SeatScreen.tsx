import { useState } from 'react'
import type { Chair } from '../../shared/contract/coders.ts'
import { closeProject } from '../state/leaving.ts'
import type { AskedAtDoor } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { nameOfFile, sitDownAt } from './opening.ts'
import { PinField, usePinWork } from './Pins.tsx'

/** The file is open and says nothing before it is known who sits there. */
export function SeatScreen({ seat }: { seat: AskedAtDoor }) {
  const [chosen, setChosen] = useState(seat.remembered)
  const name = seat.file ? nameOfFile(seat.file) : 'Sample project'
  return (
    <main className="start">
      <div className="start-column">
        <h1 className="truncate" title={name}>
          {name}
        </h1>
        <p className="start-lead">Who codes here now?</p>
        <ul className="seats" aria-label="Who codes here">
          {seat.chairs.map((chair) => (
            <li key={chair.coderId}>
              {chair.coderId === chosen && chair.needs === 'pin' ? (
                <GivePin key={chair.coderId} seat={seat} chair={chair} />
              ) : (
                <Seat seat={seat} chair={chair} onChoose={() => setChosen(chair.coderId)} />
              )}
            </li>
          ))}
        </ul>
        <div className="start-buttons">
          <Button kind="plain" onClick={() => void closeProject()}>
            Close the project
          </Button>
        </div>
      </div>
    </main>
  )
}

function Seat({ seat, chair, onChoose }: { seat: AskedAtDoor; chair: Chair; onChoose(): void }) {
  const work = usePinWork(
    () => sitDownAt(seat, chair.coderId, null),
    () => {},
  )
  return (
    <>
      <button
        type="button"
        className="seat"
        aria-disabled={chair.needs === 'refused' ? true : undefined}
        onClick={(event) => {
          if (chair.needs === 'pin') onChoose()
          else if (chair.needs === 'nothing') work.submit(event)
        }}
      >
        <span className="seat-name truncate">{chair.name}</span>
        <span className="seat-needs">
          {chair.needs === 'pin' ? 'PIN' : chair.needs === 'nothing' ? 'no PIN' : ''}
        </span>
      </button>
      {chair.whyNot && <p className="field-hint">{chair.whyNot}</p>}
      {work.problem && (
        <p className="field-problem" role="alert">
          {work.problem}
        </p>
      )}
    </>
  )
}

function GivePin({ seat, chair }: { seat: AskedAtDoor; chair: Chair }) {
  const [pin, setPin] = useState('')
  const work = usePinWork(
    () => sitDownAt(seat, chair.coderId, pin),
    () => setPin(''),
  )
  // What was wrong with the PIN that was given together with the passphrase.
  const first = chair.coderId === seat.remembered ? seat.problem : null
  return (
    <form className="seat-form" aria-label={`Code as ${chair.name}`} onSubmit={work.submit}>
      <PinField
        work={work}
        label={`PIN of ${chair.name}`}
        pin={pin}
        onPin={setPin}
        problem={first ?? undefined}
      />
      <Button type="submit" kind="primary" disabled={pin === '' || work.isBusy}>
        Code as {chair.name}
      </Button>
    </form>
  )
}
