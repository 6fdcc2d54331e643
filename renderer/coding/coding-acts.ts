/** What can be done to a coding, for the menus of the text and of the list, and why it sometimes cannot. */
import { ChevronsLeftRight, Combine, NotebookPen, RefreshCw, Scissors, Trash2 } from 'lucide-react'
import type { Coding } from '../../shared/contract/codings.ts'
import { splitPlace } from '../../shared/sentences.ts'
import { COMMANDS, type CommandId } from '../keys/commands.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { noteHandle } from '../note/handle.ts'
import { nameOf, useCoding } from '../state/coding.ts'
import { adjoining } from '../state/coding-edits.ts'
import type { MenuItem } from '../ui/Menu.tsx'

type Act = Exclude<MenuItem, 'line'>
type Now = Pick<ReturnType<typeof useCoding.getState>, 'note' | 'codings' | 'selection'>

/** An item that gives a command, with its keys. */
export const act = (
  id: CommandId,
  icon: NonNullable<Act['icon']>,
  label: string = COMMANDS[id].label,
): Act => ({ id, icon, label, keys: keyLabel(id), onSelect: () => void runCommand(id) })

const WHOLE = 'It is a coding of the whole note.'

/** Why a coding cannot be split where the caret is; null when it can. */
export function whyNoSplit({ span }: Coding, { note, selection }: Now): string | null {
  if (!span || !note) return WHOLE
  const caret = selection?.focus ?? -1
  if (caret <= span.start || span.end <= caret) return 'Put the caret inside it first.'
  return splitPlace(note.text, span, caret) === null ? 'It holds only one word.' : null
}

/** Why a coding cannot be united with another; null when it can. */
export function whyNoUnion(coding: Coding, { note, codings }: Now): string | null {
  if (!coding.span || !note) return WHOLE
  if (adjoining(coding, codings, note.text).length > 1) return null
  return `No other coding of “${nameOf(coding.codeId)}” overlaps or touches it.`
}

/** The acts on the coding that is looked at. */
export function codingItems(coding: Coding): MenuItem[] {
  const now = useCoding.getState()
  const edge = act('takeEdge', ChevronsLeftRight, 'Move an edge')
  return [
    act('recode', RefreshCw, 'Recode…'),
    act('memo', NotebookPen, 'Write a memo'),
    {
      ...edge,
      whyNot: coding.span ? null : WHOLE,
      // Its keys are those of the text.
      onSelect: () => {
        noteHandle.current?.focus()
        edge.onSelect()
      },
    },
    { ...act('splitCoding', Scissors, 'Split here'), whyNot: whyNoSplit(coding, now) },
    {
      ...act('uniteCodings', Combine, 'Unite with the same code beside it'),
      whyNot: whyNoUnion(coding, now),
    },
    { ...act('removeCoding', Trash2, 'Remove'), isDanger: true },
  ]
}
