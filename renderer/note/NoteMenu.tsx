import { CirclePlus, Lightbulb, Repeat2, StickyNote, WholeWord } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { act, codingItems } from '../coding/coding-acts.ts'
import { selectedRange, selectText, useCoding } from '../state/coding.ts'
import { applyNumbered } from '../state/coding-edits.ts'
import { codingsAt } from '../state/go-through.ts'
import { useRecentCodes } from '../state/recent-codes.ts'
import type { Anchor } from '../ui/Floating.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { writeSelection } from './caret.ts'
import { noteHandle } from './handle.ts'
import { codingInMargin, offsetAtPoint } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'

type Live = RefObject<{ map: OffsetMap } | null>

/** The menu of the text and of its codings: everything the keys do, with the keys beside it. */
export function NoteMenu({
  live,
  body,
  codes,
}: {
  live: Live
  body: RefObject<HTMLElement | null>
  codes: readonly CodeRow[]
}) {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  useEffect(() => {
    const host = body.current
    const onMenu = (event: MouseEvent) => {
      event.preventDefault()
      // From the keyboard there is no place of the pointer: the menu opens at the caret.
      const isKeyboard = event.button !== 2 && !event.ctrlKey
      if (!isKeyboard && live.current) pointAt(live.current.map, event)
      const { clientX: x, clientY: y } = event
      setAnchor(
        isKeyboard ? (noteHandle.current?.anchor() ?? null) : { left: x, right: x, top: y, bottom: y },
      )
    }
    host?.addEventListener('contextmenu', onMenu)
    return () => host?.removeEventListener('contextmenu', onMenu)
  }, [live, body])
  if (!anchor) return null
  return (
    <Menu
      anchor={anchor}
      label={selectedRange() ? 'Selected text' : 'Text and codings'}
      items={itemsNow(codes)}
      onClose={() => {
        setAnchor(null)
        noteHandle.current?.focus()
      }}
    />
  )
}

/** The press means what lies under it: a coding in the margin, the selection, or the coding and place in the text. */
function pointAt(map: OffsetMap, event: MouseEvent): void {
  const inMargin = codingInMargin(event.target)
  if (inMargin) {
    useCoding.setState({ activeId: inMargin })
    return
  }
  const offset = offsetAtPoint(map, event.clientX, event.clientY)
  if (offset === null) return
  const range = selectedRange()
  if (range && range.start <= offset && offset <= range.end) return
  writeSelection(map, { anchor: offset, focus: offset })
  selectText({ anchor: offset, focus: offset })
  const here = codingsAt(offset)
  const { activeId } = useCoding.getState()
  if (!here.some(({ id }) => id === activeId)) useCoding.setState({ activeId: here[0]?.id ?? null })
}

function itemsNow(codes: readonly CodeRow[]): MenuItem[] {
  const onText = [...textActs(), ...recentActs(codes)]
  const onCoding = codingActs()
  if (onCoding.length === 0) return onText
  // A selection is what the press meant; without one, the coding under it is.
  return selectedRange() ? [...onText, 'line', ...onCoding] : [...onCoding, 'line', ...onText]
}

function textActs(): MenuItem[] {
  const { newest } = useRecentCodes.getState()
  const apply = selectedRange() ? 'Apply a code' : 'Apply a code to the whole note'
  const acts: MenuItem[] = [act('quickCode', CirclePlus, `${apply}…`)]
  if (selectedRange() && newest.length > 0) acts.push(act('codeAgain', Repeat2, 'Apply the last code again'))
  if (selectedRange()) acts.push(act('inVivo', Lightbulb, 'New code from the selection (in vivo)'))
  acts.push(act('grow', WholeWord, 'Select more'))
  acts.push(act('wholeNote', StickyNote, 'Apply codes to the whole note, on or off'))
  return acts
}

function recentActs(codes: readonly CodeRow[]): MenuItem[] {
  if (!selectedRange()) return []
  const { numbered } = useRecentCodes.getState()
  const acts = numbered.slice(0, 5).flatMap((id, index): MenuItem[] => {
    const code = codes.find((other) => other.id === id)
    if (!code || code.isRetired) return []
    return [
      {
        id: `recent-${id}`,
        label: code.name,
        keys: String(index + 1),
        onSelect: () => applyNumbered(index + 1),
      },
    ]
  })
  return acts.length > 0 ? ['line', ...acts] : []
}

function codingActs(): MenuItem[] {
  const { codings, activeId, note } = useCoding.getState()
  const coding = codings.find(({ id }) => id === activeId)
  if (!coding || !note) return []
  const { span } = coding
  const range = selectedRange()
  // The press meant the selected words: a coding elsewhere has no say.
  if (range && span && (span.end <= range.start || range.end <= span.start)) return []
  return codingItems(coding)
}
