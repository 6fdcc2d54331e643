import { Pencil, Plus, Trash2 } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import type { CodeRow } from '../../shared/model.ts'
import { CodePicker } from '../coding/QuickCode.tsx'
import { type CommandId, keyLabel } from '../keys.ts'
import { useCommand } from '../state/commands.ts'
import { coderId } from '../state/session.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import type { Anchor } from '../ui/Floating.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { addCode, recode, removeCodings, type Touched, touchedBy } from './bulk.ts'
import { targets } from './retrieval.ts'

type Act = 'add' | 'recode' | 'uncode'
/** Where an act has got to: which codings it is about is asked only where there are several codes. */
type Step = { act: Act; anchor: Anchor; touched: Touched; codeId: string | null; isAsking: boolean }

const COMMAND: Record<Act, CommandId> = {
  add: 'segmentsCode',
  recode: 'segmentsRecode',
  uncode: 'segmentsUncode',
}

/** Add, recode, remove: on the ticked segments, or on the one the keyboard is on. */
export function SegmentActs({
  codes,
  byId,
  onDone,
}: {
  codes: readonly CodeRow[]
  byId: ReadonlyMap<string, CodeRow>
  onDone(): void
}) {
  const [step, setStep] = useState<Step | null>(null)
  const buttons = {
    add: useRef<HTMLButtonElement>(null),
    recode: useRef<HTMLButtonElement>(null),
    uncode: useRef<HTMLButtonElement>(null),
  }
  const nameOf = (id: string) => byId.get(id)?.name ?? 'code'
  const close = () => {
    setStep(null)
    onDone()
  }
  const codingsOf = ({ touched, codeId }: Step) =>
    codeId === null ? touched.own : (touched.byCode.get(codeId) ?? [])
  const remove = (asked: Step) => {
    close()
    const { touched, codeId } = asked
    const only = codeId ?? (touched.byCode.size === 1 ? [...touched.byCode.keys()][0] : null)
    void removeCodings(codingsOf(asked), touched.others, only ? nameOf(only) : null)
  }
  const begin = (act: Act) => {
    const anchor = buttons[act].current?.getBoundingClientRect()
    if (!anchor) return
    const touched = touchedBy(targets(), coderId())
    const isAsking = act !== 'add' && touched.byCode.size > 1
    const next: Step = { act, anchor, touched, codeId: null, isAsking }
    if (act !== 'add' && touched.own.length === 0) return void removeCodings([], touched.others, null)
    if (act === 'uncode' && !isAsking) remove(next)
    else setStep(next)
  }
  const pick = (code: CodeRow) => {
    if (!step) return
    close()
    if (step.act === 'add') void addCode(targets(), code)
    else void recode(codingsOf(step), step.touched.others, code)
  }
  const chosen = (codeId: string | null) => {
    if (!step) return
    const next = { ...step, codeId, isAsking: false }
    if (step.act === 'uncode') remove(next)
    else setStep(next)
  }
  return (
    <>
      <ActButton act="add" label="Add a code" icon={Plus} button={buttons.add} onAct={begin} />
      <ActButton act="recode" label="Recode" icon={Pencil} button={buttons.recode} onAct={begin} />
      <ActButton act="uncode" label="Remove code" icon={Trash2} button={buttons.uncode} onAct={begin} />
      {step?.isAsking && (
        <Menu
          anchor={step.anchor}
          align="end"
          label={step.act === 'recode' ? 'Which codings to recode' : 'Which codings to remove'}
          items={whichItems(step.touched, nameOf, chosen)}
          onClose={() => setStep((now) => (now?.isAsking ? null : now))}
        />
      )}
      {step && !step.isAsking && (
        <CodePicker
          codes={codes}
          anchor={step.anchor}
          align="end"
          placeholder={
            step.act === 'add'
              ? `Add a code to ${counted(targets().length, 'segment')}`
              : `Recode ${counted(codingsOf(step).length, 'coding')} to`
          }
          onPick={pick}
          onClose={close}
        />
      )}
    </>
  )
}

function whichItems(
  { byCode, own }: Touched,
  nameOf: (id: string) => string,
  onCode: (codeId: string | null) => void,
): MenuItem[] {
  return [
    {
      id: 'all',
      label: `All ${counted(own.length, 'coding')} of ${byCode.size} codes`,
      onSelect: () => onCode(null),
    },
    'line',
    ...[...byCode].map(([codeId, codings]) => ({
      id: codeId,
      label: `${nameOf(codeId)}, ${counted(codings.length, 'coding')}`,
      onSelect: () => onCode(codeId),
    })),
  ]
}

function ActButton({
  act,
  label,
  icon,
  button,
  onAct,
}: {
  act: Act
  label: string
  icon: typeof Plus
  button: RefObject<HTMLButtonElement | null>
  onAct(act: Act): void
}) {
  useCommand(COMMAND[act], () => onAct(act))
  return (
    <Tip words="On the ticked segments, or the one that is marked" keys={keyLabel(COMMAND[act])}>
      <Button ref={button} size="small" icon={icon} onClick={() => onAct(act)}>
        {label}
      </Button>
    </Tip>
  )
}
