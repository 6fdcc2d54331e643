import { ArrowRight, ExternalLink, Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { CodePicker } from '../../codes/CodePicker.tsx'
import { byIdOf, newColour } from '../../codes/codes.ts'
import { SegmentSource, SegmentWords } from '../../codes/SegmentWords.tsx'
import { newId } from '../../ids.ts'
import { commandFor, keyLabel } from '../../keys/own-keys.ts'
import { jumpToNote } from '../../state/coding.ts'
import { coderId, save } from '../../state/session.ts'
import { store } from '../../store.ts'
import { Button, Keys } from '../../ui/Button.tsx'
import { counted } from '../../ui/Feedback.tsx'
import { InlineEdit } from '../../ui/Field.tsx'
import type { Anchor } from '../../ui/Floating.tsx'
import { Swatch } from '../../ui/Swatch.tsx'
import {
  addTarget,
  decide,
  finishWalk,
  forgetWalk,
  goBack,
  MOST_TARGETS,
  movesOf,
  useCodings,
  useWalk,
} from './walk.ts'

/** One coding after the other: a key sends it to another code or leaves it; at the end, or before, all move at once. */
export function SplitWalk({
  code,
  codes,
  onLeave,
}: {
  code: CodeRow
  codes: readonly CodeRow[]
  onLeave(): void
}) {
  const { at, decided, targets } = useWalk()
  const { segments, total } = useCodings()
  const [isNaming, setNaming] = useState(false)
  const [picking, setPicking] = useState<Anchor | null>(null)
  const host = useRef<HTMLDivElement>(null)
  const adder = useRef<HTMLButtonElement>(null)
  const byId = byIdOf(codes)
  const segment = segments[at]
  const moves = movesOf(decided)
  const isFull = targets.length >= MOST_TARGETS
  useEffect(() => host.current?.focus(), [])
  const refocus = () => {
    setNaming(false)
    setPicking(null)
    window.setTimeout(() => host.current?.focus())
  }
  const send = (target: Pick<CodeRow, 'id' | 'name'>) => decide(target.id, `To ${target.name}`)
  const leaveIt = () => decide(null, 'Left')
  const create = (name: string) => {
    const id: CodeId = newId()
    const made = {
      id,
      name,
      parentId: code.parentId,
      afterId: code.id,
      colour: newColour(codes, code.parentId),
    }
    save(store.codes.create({ coderId: coderId(), ...made }), () => addTarget({ id, name }))
    refocus()
  }
  const finish = () => void finishWalk(code).then((isDone) => isDone && onLeave())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== host.current) return
    const command = commandFor(event, 'codings')
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    const target = isPlain && /^[1-9]$/.test(event.key) ? targets[Number(event.key) - 1] : undefined
    if (target !== undefined) send(target)
    else if (command === 'codingsLeave') leaveIt()
    else if (command === 'codingsBack') goBack()
    else if (command === 'codingsNew' && !isFull) setNaming(true)
    else if (command === 'codingsPick' && !isFull) setPicking(adder.current?.getBoundingClientRect() ?? null)
    else if (command === 'codingsDone') finish()
    else if (event.key === 'Escape') onLeave()
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: takes the keys that send a coding; no form is sent
    <div
      ref={host}
      className="walk-body"
      role="group"
      aria-label={`Split ${code.name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it has the keyboard while codings are sent
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <WalkProgress at={Math.min(at, total ?? 0)} total={total ?? 0} moved={moves.length} />
      {segment ? (
        <article className="walk-segment" aria-label={`Coding ${at + 1} of ${total}`}>
          <SegmentSource segment={segment} />
          <SegmentWords segment={segment} />
          {segment.memo && <span className="listed-memo">Memo: {segment.memo}</span>}
          <button
            type="button"
            className="link walk-open"
            onClick={() => jumpToNote(segment.noteId, segment.span)}
          >
            <ExternalLink size={12} aria-hidden="true" /> Open the note at the coding
          </button>
        </article>
      ) : (
        <p className="walk-segment walk-all">
          {at >= (total ?? 0)
            ? `All ${counted(total ?? 0, 'coding')} reviewed.`
            : 'Reading the next codings…'}
        </p>
      )}
      <ul className="walk-targets" aria-label="Codes to move codings to">
        {targets.map((target, index) => (
          <li key={target.id}>
            <TargetButton
              number={index + 1}
              name={byId.get(target.id)?.name ?? target.name}
              colour={byId.get(target.id)?.colour ?? null}
              sent={moves.filter(({ codeId }) => codeId === target.id).length}
              isHere={segment !== undefined && decided.get(segment.codingId) === target.id}
              isDisabled={!segment}
              onPress={() => send(target)}
            />
          </li>
        ))}
        {isNaming && (
          <li className="walk-naming">
            <InlineEdit
              label="Name of the new code"
              placeholder={`New code beside ${code.name}`}
              value=""
              onSave={create}
              onCancel={refocus}
            />
          </li>
        )}
      </ul>
      {targets.length === 0 && !isNaming && (
        <p className="field-hint">
          Add the codes that “{code.name}” splits into. Codings you leave stay with it.
        </p>
      )}
      <div className="walk-acts">
        <Button ref={adder} size="small" icon={Plus} disabled={isFull} onClick={() => setNaming(true)}>
          New code <Keys combination={keyLabel('codingsNew')} />
        </Button>
        <Button
          size="small"
          icon={Plus}
          disabled={isFull}
          onClick={(event) => setPicking(event.currentTarget.getBoundingClientRect())}
        >
          Existing code <Keys combination={keyLabel('codingsPick')} />
        </Button>
        <Button size="small" icon={ArrowRight} disabled={!segment} onClick={leaveIt}>
          Leave it here <Keys combination={keyLabel('codingsLeave')} />
        </Button>
      </div>
      <div className="walk-foot">
        <Button kind="primary" disabled={moves.length === 0} onClick={finish}>
          Move {counted(moves.length, 'coding')}
        </Button>
        <Keys combination={keyLabel('codingsDone')} />
        {decided.size > 0 && (
          <Button
            kind="plain"
            onClick={() => {
              forgetWalk()
              onLeave()
            }}
          >
            Cancel without moving any
          </Button>
        )}
      </div>
      {picking && (
        <CodePicker
          codes={codes.filter(({ id }) => id !== code.id && !targets.some((target) => target.id === id))}
          anchor={picking}
          label="Move codings to"
          verb="add it"
          placeholder="Name of a code"
          onPick={(picked) => {
            addTarget(picked)
            refocus()
          }}
          onClose={refocus}
        />
      )}
    </div>
  )
}

function WalkProgress({ at, total, moved }: { at: number; total: number; moved: number }) {
  return (
    <div className="walk-progress">
      <div
        className="progress-track"
        role="progressbar"
        aria-label="Codings reviewed"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={at}
      >
        <div className="progress-bar" style={{ width: `${total > 0 ? (100 * at) / total : 0}%` }} />
      </div>
      <span className="number">
        {at} of {counted(total, 'coding')} reviewed, {moved} to move
      </span>
    </div>
  )
}

function TargetButton({
  number,
  name,
  colour,
  sent,
  isHere,
  isDisabled,
  onPress,
}: {
  number: number
  name: string
  colour: string | null
  sent: number
  isHere: boolean
  isDisabled: boolean
  onPress(): void
}) {
  return (
    <button
      type="button"
      className="walk-target"
      aria-pressed={isHere}
      disabled={isDisabled}
      onClick={onPress}
    >
      <Keys combination={String(number)} />
      <Swatch colour={colour} />
      <span className="walk-target-name">{name}</span>
      <span className="spacer" />
      {sent > 0 && <span className="number">{counted(sent, 'coding')}</span>}
    </button>
  )
}
