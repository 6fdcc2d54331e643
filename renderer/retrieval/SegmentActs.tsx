import { Pencil, Plus, Trash2 } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { CodePicker } from '../codes/CodePicker.tsx'
import type { CommandId } from '../keys/commands.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { coderId, say } from '../state/session.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import type { Anchor } from '../ui/Floating.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { addCode, recode, removeCodings, type Touched, touchedBy } from './bulk.ts'
import { targets, useRetrieval } from './retrieval.ts'

type Act = 'add' | 'recode' | 'uncode'
/** Where an act has got to: which codings it is about is asked only where there are several codes. */
type Step = { act: Act; anchor: Anchor; touched: Touched; codeId: CodeId | null; isAsking: boolean }

const COMMAND: Record<Act, CommandId> = {
  add: 'segmentsCode',
  recode: 'segmentsRecode',
  uncode: 'segmentsUncode',
}

/**
 * Add, recode, remove. What is there is only changed in ticked segments: a row is marked by merely reading on. A code
 * is added to the marked one too, and the box says so.
 */
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
  const isTicked = useRetrieval((state) => state.chosen.size > 0)
  const begin = (act: Act) => {
    if (act !== 'add' && !isTicked) return say(`${tickFirst()} Nothing was changed.`)
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
  const chosen = (codeId: CodeId | null) => {
    if (!step) return
    const next = { ...step, codeId, isAsking: false }
    if (step.act === 'uncode') remove(next)
    else setStep(next)
  }
  return (
    <>
      <ActButton
        act="add"
        label={isTicked ? 'Add a code' : 'Add a code to this segment'}
        icon={Plus}
        words={isTicked ? 'To the ticked segments' : 'To the selected segment'}
        button={buttons.add}
        onAct={begin}
      />
      {(['recode', 'uncode'] as const).map((act) => (
        <ActButton
          key={act}
          act={act}
          label={act === 'recode' ? 'Recode' : 'Remove code'}
          icon={act === 'recode' ? Pencil : Trash2}
          words={isTicked ? 'In the ticked segments' : tickFirst()}
          isOff={!isTicked}
          button={buttons[act]}
          onAct={begin}
        />
      ))}
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
              ? `Add a code to ${isTicked ? counted(targets().length, 'ticked segment') : 'this segment'}`
              : `Recode ${counted(codingsOf(step).length, 'coding')} to`
          }
          onPick={pick}
          onClose={close}
        />
      )}
    </>
  )
}

const tickFirst = (): string =>
  `Tick segments first: ${keyLabel('segmentToggle')} ticks the selected one, ${keyLabel('segmentsAll')} all.`

function whichItems(
  { byCode, own }: Touched,
  nameOf: (id: string) => string,
  onCode: (codeId: CodeId | null) => void,
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
  words,
  isOff = false,
  button,
  onAct,
}: {
  act: Act
  label: string
  icon: typeof Plus
  /** What it would act on, or why it cannot. */
  words: string
  isOff?: boolean
  button: RefObject<HTMLButtonElement | null>
  onAct(act: Act): void
}) {
  useCommand(COMMAND[act], () => onAct(act))
  return (
    <Tip words={words} keys={keyLabel(COMMAND[act])} isDescription>
      <Button ref={button} size="small" icon={icon} aria-disabled={isOff} onClick={() => onAct(act)}>
        {label}
      </Button>
    </Tip>
  )
}
