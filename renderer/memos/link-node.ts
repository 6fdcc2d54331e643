/** A link in a memo: a word that leads to something of the project, taken or deleted as one. */
import { type EditorConfig, type LexicalNode, type NodeKey, type SerializedTextNode, TextNode } from 'lexical'
import { MemoSubject } from '../../shared/memo.ts'

type SerializedLink = SerializedTextNode & { subject: MemoSubject }

export class MemoLinkNode extends TextNode {
  __subject: MemoSubject

  static override getType(): string {
    return 'memo-link'
  }

  static override clone(node: MemoLinkNode): MemoLinkNode {
    return new MemoLinkNode(node.__subject, node.__text, node.__key)
  }

  constructor(subject: MemoSubject = { kind: 'project' }, text = '', key?: NodeKey) {
    super(text, key)
    this.__subject = subject
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const element = super.createDOM(config)
    element.classList.add('memo-link', 'text-link')
    return element
  }

  /** What was copied from another memo; something else under our name leads nowhere and becomes words. */
  static override importJSON(serialized: SerializedTextNode): TextNode {
    const subject = MemoSubject.safeParse((serialized as SerializedLink).subject)
    const node = subject.success
      ? createLinkNode(subject.data, serialized.text)
      : new TextNode(serialized.text)
    return node.setFormat(serialized.format)
  }

  override exportJSON(): SerializedLink {
    return { ...super.exportJSON(), type: 'memo-link', subject: this.__subject }
  }

  override canInsertTextBefore(): boolean {
    return false
  }

  override canInsertTextAfter(): boolean {
    return false
  }
}

export const createLinkNode = (subject: MemoSubject, text: string): MemoLinkNode =>
  new MemoLinkNode(subject, text).setMode('token')

export const isLinkNode = (node: LexicalNode | null | undefined): node is MemoLinkNode =>
  node instanceof MemoLinkNode
