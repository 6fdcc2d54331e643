/** Our memo documents into the editor and back. What comes back is `tidyMemo` of what went in. */
import {
  $createListItemNode,
  $createListNode,
  $isListItemNode,
  $isListNode,
  type ListNode,
} from '@lexical/list'
import { $createHeadingNode, $createQuoteNode, $isHeadingNode, $isQuoteNode } from '@lexical/rich-text'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTabNode,
  $createTextNode,
  $getRoot,
  $isElementNode,
  $isLineBreakNode,
  $isTextNode,
  type ElementNode,
  IS_BOLD,
  IS_ITALIC,
  IS_UNDERLINE,
  type LexicalNode,
  type TextNode,
} from 'lexical'
import { joinRuns, type MemoBlock, type MemoDocument, type MemoRun, tidyMemo } from '../../shared/memo.ts'
import { createLinkNode, isLinkNode } from './link-node.ts'

/** The looks a memo keeps; anything else that is pasted in is words without it. */
export const KEPT_FORMATS = IS_BOLD | IS_ITALIC | IS_UNDERLINE

const formatOf = ({ bold, italic, underline }: MemoRun): number =>
  (bold ? IS_BOLD : 0) | (italic ? IS_ITALIC : 0) | (underline ? IS_UNDERLINE : 0)

function nodesOf(run: MemoRun): LexicalNode[] {
  const format = formatOf(run)
  if (run.link) return [createLinkNode(run.link, run.text).setFormat(format)]
  return run.text
    .split(/([\n\t])/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '\n') return $createLineBreakNode()
      return part === '\t' ? $createTabNode().setFormat(format) : $createTextNode(part).setFormat(format)
    })
}

const CREATE = {
  paragraph: $createParagraphNode,
  heading: () => $createHeadingNode('h2'),
  quote: $createQuoteNode,
}

function elementOf(block: MemoBlock): ElementNode {
  if ('runs' in block) return CREATE[block.kind]().append(...block.runs.flatMap(nodesOf))
  const list = $createListNode(block.kind === 'bullets' ? 'bullet' : 'number')
  return list.append(...block.items.map((runs) => $createListItemNode().append(...runs.flatMap(nodesOf))))
}

/** Replaces what is in the editor. To be called inside an update. */
export function $writeMemo(document: MemoDocument): void {
  const root = $getRoot().clear()
  const blocks = tidyMemo(document)
  if (blocks.length === 0) root.append($createParagraphNode())
  else root.append(...blocks.map(elementOf))
}

const pieceOf = (node: TextNode): MemoRun => ({
  text: node.getTextContent(),
  ...(node.hasFormat('bold') ? { bold: true as const } : {}),
  ...(node.hasFormat('italic') ? { italic: true as const } : {}),
  ...(node.hasFormat('underline') ? { underline: true as const } : {}),
  ...(isLinkNode(node) ? { link: node.__subject } : {}),
})

function piecesOf(element: ElementNode): (MemoRun | '\n')[] {
  return element.getChildren().flatMap((node): (MemoRun | '\n')[] => {
    if ($isLineBreakNode(node)) return ['\n']
    if ($isTextNode(node)) return [pieceOf(node)]
    return $isElementNode(node) && !$isListNode(node) ? piecesOf(node) : []
  })
}

/** A list inside a list, as pasting can make, is laid flat: our memos have one level. */
function itemsOf(list: ListNode): MemoRun[][] {
  return list.getChildren().flatMap((item) => {
    if (!$isListItemNode(item)) return []
    const nested = item.getChildren().filter($isListNode)
    const own = joinRuns(piecesOf(item))
    return [...(nested.length > 0 && own.length === 0 ? [] : [own]), ...nested.flatMap(itemsOf)]
  })
}

function blockOf(node: LexicalNode): MemoBlock[] {
  if ($isListNode(node)) {
    const kind = node.getListType() === 'number' ? 'numbers' : 'bullets'
    return [{ kind, items: itemsOf(node) }]
  }
  if (!$isElementNode(node)) return []
  const kind = $isHeadingNode(node) ? 'heading' : $isQuoteNode(node) ? 'quote' : 'paragraph'
  return [{ kind, runs: joinRuns(piecesOf(node)) }]
}

/** What is in the editor as a memo. To be called inside a read or an update. */
export const $readMemo = (): MemoDocument => tidyMemo($getRoot().getChildren().flatMap(blockOf))
