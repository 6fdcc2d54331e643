/**
 * The note's text in a read-only Lexical editor: one paragraph per line, one text node in it. It is filled once and
 * never updated again, so the text nodes stay what they are and everything else (codes, caret, masks) is painted
 * over them from outside. Nothing may be appended inside the root: Lexical removes what it did not make.
 */
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from 'lexical'
import { OffsetMap } from './offset-map.ts'

/** Above this length paragraphs out of sight are not laid out. */
const LONG = 60_000

export type Surface = { map: OffsetMap; dispose(): void }

export function showText(root: HTMLElement, text: string): Surface {
  const editor = createEditor({
    namespace: 'note',
    editable: false,
    nodes: [],
    onError: (error) => {
      throw error
    },
  })
  root.classList.toggle('note-text-long', text.length > LONG)
  editor.setRootElement(root)
  editor.update(
    () => {
      const top = $getRoot()
      top.clear()
      for (const line of text.split('\n')) {
        const paragraph = $createParagraphNode()
        if (line !== '') paragraph.append($createTextNode(line))
        top.append(paragraph)
      }
    },
    { discrete: true },
  )
  return {
    map: new OffsetMap(text, root),
    dispose: () => {
      editor.setRootElement(null)
      root.replaceChildren()
    },
  }
}
