import { FORMAT_TEXT_COMMAND, type LexicalEditor, type RangeSelection } from 'lexical'
import {
  Bold,
  Heading,
  Italic,
  Link2,
  List,
  ListOrdered,
  type LucideIcon,
  TextQuote,
  Underline,
} from 'lucide-react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { MemoId } from '../../shared/contract/basics.ts'
import { type MemoDocument, type MemoSubject, memoText, tidyMemo } from '../../shared/memo.ts'
import type { Anchor } from '../ui/Floating.tsx'
import { isUnsaved } from './drafts.ts'
import {
  type BlockKind,
  caretOf,
  goToEnd,
  insertLink,
  type Look,
  type MemoEditing,
  setBlock,
  startEditing,
  typeText,
} from './editing.ts'
import { LinkPicker } from './LinkPicker.tsx'
import { takeKeyboard, useMemoFocus } from './memo-focus.ts'
import { openSubject } from './navigate.ts'

const PLAIN: Look = { block: 'paragraph', bold: false, italic: false, underline: false }

type Asking = { anchor: Anchor; at: RangeSelection | null; typed: string }

/** The words of one memo, to be written. It reports every change; what becomes of it is its owner's business. */
export function MemoText({
  id,
  body,
  begun,
  label,
  placeholder,
  focusKey,
  onText,
  onEscape,
}: {
  id: MemoId
  body: MemoDocument
  /** What it begins with, where that is not all in the file yet. */
  begun?: MemoDocument | undefined
  label: string
  placeholder: string
  /** Has the keyboard when somebody asks for the memo of this subject. */
  focusKey: string
  onText(body: MemoDocument): void
  onEscape(): void
}) {
  const root = useRef<HTMLDivElement>(null)
  const editing = useRef<MemoEditing | null>(null)
  const [look, setLook] = useState(PLAIN)
  const [isEmpty, setEmpty] = useState(() => memoText(begun ?? body) === '')
  const [asking, setAsking] = useState<Asking | null>(null)
  const first = useRef(begun ?? body)
  /** The words last reported or shown: the editor touches its text also where nothing changes. */
  const known = useRef('')
  const latest = useRef(onText)
  latest.current = onText

  useLayoutEffect(() => {
    const element = root.current
    if (!element) return
    known.current = JSON.stringify(tidyMemo(first.current))
    const started = startEditing(element, first.current, {
      onText: () => {
        const text = started.read()
        const words = JSON.stringify(text)
        if (words === known.current) return
        known.current = words
        setEmpty(text.length === 0)
        latest.current(text)
      },
      onLook: (next) => setLook((before) => (isSameLook(before, next) ? before : next)),
      onLink: (typed) => setAsking({ anchor: caretBox(element), at: caretOf(started.editor), typed }),
      onFollow: openSubject,
    })
    editing.current = started
    return () => {
      editing.current = null
      started.dispose()
    }
  }, [])

  // Undo, another window of time: the file says something else than the screen, and nothing here is unsaved.
  useEffect(() => {
    const now = editing.current
    if (!now || isUnsaved(id)) return
    const wanted = tidyMemo(body)
    const words = JSON.stringify(wanted)
    if (words === known.current) return
    known.current = words
    now.load(wanted)
    setEmpty(wanted.length === 0)
  }, [body, id])
  useFocusAsked(root, editing, focusKey)

  const link = (subject: MemoSubject | null, name: string) => {
    const now = editing.current
    setAsking(null)
    if (!now || !asking) return
    if (subject) insertLink(now.editor, asking.at, asking.typed, subject, name)
    // Not a link after all: what was typed stands as it was typed.
    else if (asking.typed !== '') typeText(now.editor, asking.at, '[')
    now.editor.focus()
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: rich text has no element of its own */}
      <div
        ref={root}
        className="memo-text"
        role="textbox"
        aria-multiline="true"
        aria-label={label}
        contentEditable
        suppressContentEditableWarning
        spellCheck={false}
        tabIndex={0}
        data-empty={isEmpty || undefined}
        data-placeholder={placeholder}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return
          event.preventDefault()
          onEscape()
        }}
      />
      <Tools
        editing={editing}
        look={look}
        onLink={() => askFromTools(editing.current?.editor, root.current, setAsking)}
      />
      {asking && <LinkPicker anchor={asking.anchor} onPick={link} onClose={() => link(null, '')} />}
    </>
  )
}

const isSameLook = (one: Look, other: Look): boolean =>
  one.block === other.block &&
  one.bold === other.bold &&
  one.italic === other.italic &&
  one.underline === other.underline

function useFocusAsked(
  root: RefObject<HTMLDivElement | null>,
  editing: RefObject<MemoEditing | null>,
  focusKey: string,
) {
  const isWanted = useMemoFocus((state) => state.wanted === focusKey)
  useEffect(() => {
    if (!isWanted) return
    const { current: element } = root
    const editor = editing.current?.editor
    if (!element || !editor) return
    element.focus()
    // Who comes back to a memo goes on with it.
    goToEnd(editor)
    element.scrollIntoView({ block: 'nearest' })
    takeKeyboard(element, (letter) => typeText(editor, null, letter))
  }, [isWanted, root, editing])
}

/** Where the caret is on screen; an empty line has no box, then the editor's corner. */
function caretBox(root: HTMLElement): Anchor {
  const selection = document.getSelection()
  const box = selection?.rangeCount ? selection.getRangeAt(0).getBoundingClientRect() : null
  const frame = root.getBoundingClientRect()
  if (!box || (box.left === 0 && box.top === 0)) {
    return { left: frame.left + 8, right: frame.left + 8, top: frame.top, bottom: frame.top + 24 }
  }
  return box
}

function askFromTools(
  editor: LexicalEditor | undefined,
  root: HTMLElement | null,
  ask: (asking: Asking) => void,
): void {
  if (editor && root) ask({ anchor: caretBox(root), at: caretOf(editor), typed: '' })
}

type Tool = { icon: LucideIcon; label: string; keys?: string } & (
  | { format: 'bold' | 'italic' | 'underline' }
  | { block: BlockKind }
)

const TOOLS: readonly Tool[] = [
  { icon: Bold, label: 'Bold', keys: 'Ctrl+B', format: 'bold' },
  { icon: Italic, label: 'Italic', keys: 'Ctrl+I', format: 'italic' },
  { icon: Underline, label: 'Underline', keys: 'Ctrl+U', format: 'underline' },
  { icon: Heading, label: 'Heading (# and a space)', block: 'heading' },
  { icon: List, label: 'List (- and a space)', block: 'bullets' },
  { icon: ListOrdered, label: 'Numbered list (1. and a space)', block: 'numbers' },
  { icon: TextQuote, label: 'Quote (> and a space)', block: 'quote' },
]

function Tools({
  editing,
  look,
  onLink,
}: {
  editing: RefObject<MemoEditing | null>
  look: Look
  onLink(): void
}) {
  const press = (tool: Tool) => {
    const editor = editing.current?.editor
    if (!editor) return
    if ('format' in tool) editor.dispatchCommand(FORMAT_TEXT_COMMAND, tool.format)
    else setBlock(editor, tool.block)
    editor.focus()
  }
  return (
    <div className="memo-tools" role="toolbar" aria-label="Format">
      {TOOLS.map((tool) => (
        <ToolButton
          key={tool.label}
          icon={tool.icon}
          label={tool.label}
          keys={tool.keys}
          isOn={'format' in tool ? look[tool.format] : look.block === tool.block}
          onPress={() => press(tool)}
        />
      ))}
      <ToolButton
        icon={Link2}
        label="Link to a note, code, coding or case ([[)"
        keys="Ctrl+Shift+L"
        onPress={onLink}
      />
    </div>
  )
}

function ToolButton({
  icon: Icon,
  label,
  keys,
  isOn,
  onPress,
}: {
  icon: LucideIcon
  label: string
  keys?: string | undefined
  isOn?: boolean
  onPress(): void
}) {
  return (
    <button
      type="button"
      className="memo-tool"
      aria-label={label}
      aria-pressed={isOn}
      title={keys ? `${label}, ${keys}` : label}
      // The text keeps the keyboard.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
    </button>
  )
}
