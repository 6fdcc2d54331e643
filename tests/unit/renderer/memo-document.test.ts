import { ListItemNode, ListNode, registerList } from '@lexical/list'
import { HeadingNode, QuoteNode } from '@lexical/rich-text'
import fc from 'fast-check'
import { createEditor } from 'lexical'
import { expect, test } from 'vitest'
import { $readMemo, $writeMemo } from '../../../renderer/memos/document.ts'
import { MemoLinkNode } from '../../../renderer/memos/link-node.ts'
import {
  type MemoDocument,
  memoLinks,
  memoText,
  MemoDocument as Schema,
  tidyMemo,
} from '../../../shared/memo.ts'

/** Through the editor as it is in the page, with what it does by itself to neighbouring texts and lists. */
function throughEditor(document: MemoDocument): MemoDocument {
  const editor = createEditor({
    nodes: [HeadingNode, QuoteNode, ListNode, ListItemNode, MemoLinkNode],
    onError: (error) => {
      throw error
    },
  })
  editor._headless = true
  registerList(editor)
  editor.update(() => $writeMemo(document), { discrete: true })
  return editor.getEditorState().read($readMemo)
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', ' ', '\n', 'a\nb', '\tx', '\n\n', 'said “no” ', '👩‍👧 Mum'),
)
const mark = fc.constantFrom(true as const, undefined)
const link = fc.constantFrom(
  undefined,
  undefined,
  { kind: 'note' as const, id: '007' },
  { kind: 'code' as const, id: 'c1' },
  { kind: 'project' as const },
)
const run = fc
  .record({ text, bold: mark, italic: mark, underline: mark, link })
  .map((each) => JSON.parse(JSON.stringify(each)))
const runs = fc.array(run, { maxLength: 5 })
const memo: fc.Arbitrary<MemoDocument> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('paragraph' as const, 'heading' as const, 'quote' as const), runs }),
    fc.record({
      kind: fc.constantFrom('bullets' as const, 'numbers' as const),
      items: fc.array(runs, { maxLength: 4 }),
    }),
  ),
  { maxLength: 6 },
)

test('a memo comes out of the editor as it went in', () => {
  const document: MemoDocument = [
    { kind: 'heading', runs: [{ text: 'Thresholds' }] },
    {
      kind: 'paragraph',
      runs: [
        { text: 'Refused although ' },
        { text: 'alleged', bold: true, italic: true },
        { text: ': see ' },
        { text: 'Screening: not accepted', link: { kind: 'note', id: '12' } },
        { text: '.\nTwice.' },
      ],
    },
    { kind: 'quote', runs: [{ text: 'not met' }] },
    { kind: 'bullets', items: [[{ text: 'one' }], [], [{ text: 'two', underline: true }]] },
    { kind: 'numbers', items: [[{ text: 'first' }]] },
    { kind: 'paragraph', runs: [] },
  ]
  expect(throughEditor(document)).toEqual(document)
})

test('any memo comes out tidied and nothing else', () => {
  fc.assert(
    fc.property(memo, (document) => {
      expect(throughEditor(document)).toEqual(tidyMemo(document))
    }),
  )
})

test('tidying keeps every word and link, stays a valid memo, and has nothing to do twice', () => {
  fc.assert(
    fc.property(memo, (document) => {
      const tidy = tidyMemo(document)
      expect(Schema.parse(tidy)).toEqual(tidy)
      expect(tidyMemo(tidy)).toEqual(tidy)
      const words = (each: MemoDocument) => memoText(each).replace(/\s+/g, ' ').trim()
      expect(words(tidy)).toBe(words(document))
      const full = document.map((block) =>
        'runs' in block
          ? { ...block, runs: block.runs.filter((each) => each.text !== '') }
          : { ...block, items: block.items.map((item) => item.filter((each) => each.text !== '')) },
      )
      expect(memoLinks(tidy)).toEqual(memoLinks(full))
    }),
  )
})
