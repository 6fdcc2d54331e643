import { ArrowRight } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { followCode } from '../codebook/navigate.ts'
import { peekAnswer } from '../queries/answers.ts'
import { useStore } from '../queries/use-store.ts'
import { Tip } from '../ui/Button.tsx'
import type { MenuItem } from '../ui/Menu.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { byIdOf, pathOf } from './codes.ts'
import './mentions.css'
import { type CodeNames, codeNames, type Mention, mentionsIn } from './mentions.ts'

const NO_CODES: CodeRow[] = []
type Book = { names: CodeNames; byId: ReadonlyMap<string, CodeRow> }
const books = new WeakMap<readonly CodeRow[], Book>()

/** What the codes are called, worked out once for a codebook. */
function bookOf(codes: readonly CodeRow[]): Book {
  let book = books.get(codes)
  if (!book) {
    book = { names: codeNames(codes), byId: byIdOf(codes) }
    books.set(codes, book)
  }
  return book
}

const useBook = (): Book => bookOf(useStore('codes.list', {}).data ?? NO_CODES)

/** A text of an entry in which the codes that it names lead to their own. */
export function MentionedWords({ words, ownId }: { words: string; ownId: string }) {
  const { names, byId } = useBook()
  const parts: ReactNode[] = []
  let at = 0
  for (const mention of mentionsIn(words, names, ownId)) {
    const code = byId.get(mention.codeId)
    if (!code) continue
    parts.push(words.slice(at, mention.start))
    parts.push(
      <Tip words={titleOf(code, byId)} isDescription>
        <button type="button" className="text-link" onClick={() => followCode(code.id)}>
          {words.slice(mention.start, mention.end)}
        </button>
      </Tip>,
    )
    at = mention.end
  }
  parts.push(words.slice(at))
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in its order
    <Fragment key={index}>{part}</Fragment>
  ))
}

/** Under a text that is written: the codes it names, to go to. */
export function Cited({ words, ownId, of }: { words: string; ownId: string; of: string }) {
  const { names, byId } = useBook()
  const cited = codesOf(mentionsIn(words, names, ownId), byId)
  if (cited.length === 0) return null
  return (
    <ul className="cited" aria-label={`Codes named in “${of}”`}>
      {cited.map((code) => (
        <li key={code.id}>
          <Tip words={titleOf(code, byId)} isDescription>
            <button type="button" className="cited-code" onClick={() => followCode(code.id)}>
              <ArrowRight size={12} aria-hidden="true" />
              <Swatch colour={code.colour} />
              <span className="cited-name">{code.name}</span>
            </button>
          </Tip>
        </li>
      ))}
    </ul>
  )
}

/** The same for the menu of a code. */
export function citedItems({ id, definition, useWhen, doNotUseWhen }: CodeRow): MenuItem[] {
  const { names, byId } = bookOf(peekAnswer('codes.list', {}) ?? NO_CODES)
  const mentions = [definition, useWhen, doNotUseWhen].flatMap((words) => mentionsIn(words, names, id))
  return codesOf(mentions, byId).map((code) => ({
    id: `cited ${code.id}`,
    label: `Go to “${code.name}”, named here`,
    icon: ArrowRight,
    onSelect: () => followCode(code.id),
  }))
}

const codesOf = (mentions: readonly Mention[], byId: ReadonlyMap<string, CodeRow>): CodeRow[] =>
  [...new Set(mentions.map(({ codeId }) => codeId))].flatMap((id) => byId.get(id) ?? [])

function titleOf(code: CodeRow, byId: ReadonlyMap<string, CodeRow>): string {
  const path = pathOf(code, byId)
  return `Go to ${path === '' ? '' : `${path} › `}${code.name}`
}
