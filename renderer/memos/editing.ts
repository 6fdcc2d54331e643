/** The memo editor without React: what keys and buttons do to the text. */
import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { $insertList, $isListNode, $removeList, ListItemNode, ListNode, registerList } from '@lexical/list'
import {
  $createHeadingNode,
  $createQuoteNode,
  $isHeadingNode,
  $isQuoteNode,
  HeadingNode,
  QuoteNode,
  registerRichText,
} from '@lexical/rich-text'
import {
  $createParagraphNode,
  $createTextNode,
  $getNearestNodeFromDOMNode,
  $getRoot,
  $getSelection,
  $isParagraphNode,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  COMMAND_PRIORITY_HIGH,
  createEditor,
  HISTORY_MERGE_TAG,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  mergeRegister,
  ParagraphNode,
  type RangeSelection,
  TextNode,
} from 'lexical'
import type { MemoDocument, MemoSubject } from '../../shared/memo.ts'
import { matchesKey } from '../keys/combination.ts'
import { complain } from '../state/session.ts'
import { $readMemo, $writeMemo, KEPT_FORMATS } from './document.ts'
import { createLinkNode, isLinkNode, MemoLinkNode } from './link-node.ts'

export type BlockKind = 'paragraph' | 'heading' | 'quote' | 'bullets' | 'numbers'
export type Look = { block: BlockKind; bold: boolean; italic: boolean; underline: boolean }

const THEME = { text: { bold: 'memo-bold', italic: 'memo-italic', underline: 'memo-underline' } }

/** Edits between which less than this passes are one step of the editor's own undo, in ms. */
const UNDO_PAUSE = 400

export type MemoEditing = {
  readonly editor: LexicalEditor
  read(): MemoDocument
  /** Shows other words, as after an undo of the project; the editor's own undo begins anew. */
  load(document: MemoDocument): void
  dispose(): void
}

export type Listeners = {
  onText(): void
  onLook(look: Look): void
  /** A link is asked for; `typed` is what stands before the caret and belongs to the asking. */
  onLink(typed: string): void
  onFollow(subject: MemoSubject): void
}

export function startEditing(root: HTMLElement, document: MemoDocument, listeners: Listeners): MemoEditing {
  const editor = createEditor({
    namespace: 'memo',
    nodes: [HeadingNode, QuoteNode, ListNode, ListItemNode, MemoLinkNode],
    theme: THEME,
    onError: complain,
  })
  const history = createEmptyHistoryState()
  editor.setRootElement(root)
  editor.update(() => $writeMemo(document), { discrete: true, tag: HISTORY_MERGE_TAG })
  const follow = (event: MouseEvent) => {
    const subject = editor.read(() => {
      const node = event.target instanceof Node ? $getNearestNodeFromDOMNode(event.target) : null
      return isLinkNode(node) ? node.__subject : null
    })
    if (subject) listeners.onFollow(subject)
  }
  root.addEventListener('click', follow)
  const stop = mergeRegister(
    registerRichText(editor),
    registerList(editor),
    registerHistory(editor, history, UNDO_PAUSE),
    keepPlain(editor),
    editor.registerCommand(KEY_DOWN_COMMAND, (event) => onKey(event, listeners), COMMAND_PRIORITY_HIGH),
    editor.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves, tags }) => {
      editorState.read(() => {
        const look = $lookNow()
        if (look) listeners.onLook(look)
      })
      const isChange = dirtyElements.size > 0 || dirtyLeaves.size > 0
      if (isChange && !tags.has(LOAD_TAG)) listeners.onText()
    }),
  )
  return {
    editor,
    read: () => editor.getEditorState().read($readMemo),
    load: (next) => {
      editor.update(() => $writeMemo(next), { discrete: true, tag: [HISTORY_MERGE_TAG, LOAD_TAG] })
      Object.assign(history, createEmptyHistoryState(), { current: history.current })
    },
    dispose: () => {
      stop()
      root.removeEventListener('click', follow)
      editor.setRootElement(null)
      root.replaceChildren()
    },
  }
}

const LOAD_TAG = 'load'

/** What is pasted keeps bold, italic and underline; nothing is shown that would not be kept. */
function keepPlain(editor: LexicalEditor): () => void {
  const plainBlock = (node: ParagraphNode | HeadingNode | QuoteNode) => {
    if (node.getFormatType() !== '') node.setFormat('')
    if (node.getIndent() !== 0) node.setIndent(0)
  }
  return mergeRegister(
    editor.registerNodeTransform(TextNode, (node) => {
      const kept = node.getFormat() & KEPT_FORMATS
      if (kept !== node.getFormat()) node.setFormat(kept)
      if (node.getStyle() !== '') node.setStyle('')
    }),
    editor.registerNodeTransform(ParagraphNode, plainBlock),
    editor.registerNodeTransform(HeadingNode, plainBlock),
    editor.registerNodeTransform(QuoteNode, plainBlock),
  )
}

function $lookNow(): Look | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  return {
    block: $blockKind(selection),
    bold: selection.hasFormat('bold'),
    italic: selection.hasFormat('italic'),
    underline: selection.hasFormat('underline'),
  }
}

function $blockKind(selection: RangeSelection): BlockKind {
  const top = selection.anchor.getNode().getTopLevelElement()
  if ($isHeadingNode(top)) return 'heading'
  if ($isQuoteNode(top)) return 'quote'
  if ($isListNode(top)) return top.getListType() === 'number' ? 'numbers' : 'bullets'
  return 'paragraph'
}

const CREATE = {
  paragraph: $createParagraphNode,
  heading: () => $createHeadingNode('h2'),
  quote: $createQuoteNode,
}

function $setBlock(kind: BlockKind): void {
  const before = $getSelection()
  if (!$isRangeSelection(before)) return
  const now = $blockKind(before)
  if (kind === 'bullets' || kind === 'numbers') {
    if (now === kind) $removeList()
    else $insertList(kind === 'bullets' ? 'bullet' : 'number')
    return
  }
  if (now === 'bullets' || now === 'numbers') $removeList()
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const blocks = new Set(selection.getNodes().map((node) => node.getTopLevelElement()))
  for (const block of blocks) block?.replace(CREATE[now === kind ? 'paragraph' : kind](), true)
}

/** Makes the lines of the selection this kind, or plain again where they are it already. */
export const setBlock = (editor: LexicalEditor, kind: BlockKind): void =>
  editor.update(() => $setBlock(kind), { discrete: true })

/** Puts a link where the caret stood, in place of what was typed to ask for it. */
export function insertLink(
  editor: LexicalEditor,
  at: RangeSelection | null,
  typed: string,
  subject: MemoSubject,
  name: string,
): void {
  editor.update(
    () => {
      if (at) $setSelection(at.clone())
      const selection = $getSelection()
      if (!$isRangeSelection(selection)) return
      const node = selection.anchor.getNode()
      const end = selection.anchor.offset
      if (typed !== '' && $isTextNode(node) && node.getTextContent().slice(0, end).endsWith(typed))
        node.spliceText(end - typed.length, typed.length, '', true)
      const link = createLinkNode(subject, name)
      selection.insertNodes([link, $createTextNode(' ')])
    },
    { discrete: true },
  )
}

/** Where the caret is, kept while another field has the keyboard. */
export const caretOf = (editor: LexicalEditor): RangeSelection | null =>
  editor.getEditorState().read(() => {
    const selection = $getSelection()
    return $isRangeSelection(selection) ? selection.clone() : null
  })

const STARTS: Readonly<Record<string, BlockKind>> = {
  '#': 'heading',
  '-': 'bullets',
  '*': 'bullets',
  '1.': 'numbers',
  '>': 'quote',
}

/** "- " at the start of a line makes a list of it, and so on. */
function $startBlock(): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false
  const node = selection.anchor.getNode()
  const block = node.getParent()
  if (!$isTextNode(node) || !$isParagraphNode(block) || node.getPreviousSibling()) return false
  const typed = node.getTextContent().slice(0, selection.anchor.offset)
  const kind = STARTS[typed]
  if (!kind) return false
  node.spliceText(0, typed.length, '', true)
  $setBlock(kind)
  return true
}

function $linkAtCaret(): MemoSubject | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const node = selection.anchor.getNode()
  const near = [
    node,
    ...($isTextNode(node) ? [node.getPreviousSibling(), node.getNextSibling()] : selection.getNodes()),
  ]
  const link = near.find(isLinkNode)
  return link ? link.__subject : null
}

const $textBefore = (): string => {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return ''
  const node = selection.anchor.getNode()
  return $isTextNode(node) ? node.getTextContent().slice(0, selection.anchor.offset) : ''
}

function onKey(event: KeyboardEvent, { onLink, onFollow }: Listeners): boolean {
  if (event.isComposing) return false
  if (event.key === ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (!$startBlock()) return false
  } else if (event.key === '[' && $textBefore().endsWith('[')) {
    onLink('[')
  } else if (matchesKey(event, 'Mod+Shift+L')) {
    onLink('')
  } else if (matchesKey(event, 'Mod+Enter')) {
    const subject = $linkAtCaret()
    if (!subject) return false
    onFollow(subject)
  } else return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

export const typeText = (editor: LexicalEditor, at: RangeSelection | null, text: string): void =>
  editor.update(
    () => {
      if (at) $setSelection(at.clone())
      const selection = $getSelection()
      if ($isRangeSelection(selection)) selection.insertText(text)
    },
    { discrete: true },
  )

/** Puts the caret behind the last word. */
export const goToEnd = (editor: LexicalEditor): void =>
  editor.update(() => void $getRoot().selectEnd(), { discrete: true })
