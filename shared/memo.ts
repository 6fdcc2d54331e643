/**
 * The text of a memo: a small document of blocks, ours rather than an editor's, so that it can be checked at every
 * boundary, searched as plain text, printed, and read by whatever editor comes later. Links lead to things of the
 * project, never out of it.
 */
import { z } from 'zod'
import { type AnyId, CaseId, CodeId, CodingId, NoteId } from './contract/basics.ts'

/** What a memo is about, or what a link in it leads to. */
export const MemoSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('project') }),
  z.strictObject({ kind: z.literal('case'), id: CaseId }),
  z.strictObject({ kind: z.literal('note'), id: NoteId }),
  z.strictObject({ kind: z.literal('code'), id: CodeId }),
  z.strictObject({ kind: z.literal('coding'), id: CodingId }),
])
export type MemoSubject = z.infer<typeof MemoSubject>

/** A subject whose kind is known only as the program runs; the id is one of that kind. */
export const asSubject = (kind: Exclude<MemoSubject['kind'], 'project'>, id: AnyId): MemoSubject =>
  ({ kind, id }) as MemoSubject

/** Theoretical: what the data may mean. Method: how we work. Reflexive: what I bring to it. */
export const MEMO_TYPES = ['theoretical', 'method', 'reflexive', 'to do'] as const
export const MemoType = z.enum(MEMO_TYPES)
export type MemoType = z.infer<typeof MemoType>

export const MemoRun = z.strictObject({
  text: z.string().max(100_000),
  bold: z.literal(true).optional(),
  italic: z.literal(true).optional(),
  underline: z.literal(true).optional(),
  /** Leads to something of the project. */
  link: MemoSubject.optional(),
})
export type MemoRun = z.infer<typeof MemoRun>

const Runs = z.array(MemoRun).max(5_000)

export const MemoBlock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['paragraph', 'heading', 'quote']), runs: Runs }),
  z.strictObject({ kind: z.enum(['bullets', 'numbers']), items: z.array(Runs).max(5_000) }),
])
export type MemoBlock = z.infer<typeof MemoBlock>

export const MemoDocument = z.array(MemoBlock).max(5_000)
export type MemoDocument = z.infer<typeof MemoDocument>

/** Characters of plain text a memo may have; longer ones belong in a paper. */
export const MAX_MEMO_LENGTH = 200_000

const runsText = (runs: readonly MemoRun[]) => runs.map((run) => run.text).join('')

type Piece = MemoRun | '\n'
const runOf = ({ text, bold, italic, underline, link }: MemoRun): MemoRun => ({
  text,
  ...(bold ? { bold } : {}),
  ...(italic ? { italic } : {}),
  ...(underline ? { underline } : {}),
  ...(link ? { link } : {}),
})

const lookOf = ({ bold, italic, underline }: MemoRun): string => `${bold} ${italic} ${underline}`

/**
 * Runs as an editor holds them: neighbours that look the same are one, a line break looks like what stands before it
 * (at the start, what stands after it), a link is one line and is never joined to another.
 */
export function joinRuns(pieces: readonly Piece[]): MemoRun[] {
  const runs: MemoRun[] = []
  const add = (run: MemoRun) => {
    const last = runs.at(-1)
    if (run.text === '') return
    if (last && !last.link && !run.link && lookOf(last) === lookOf(run)) last.text += run.text
    else runs.push(runOf(run))
  }
  let breaks = ''
  for (const piece of pieces) {
    if (piece === '\n') {
      if (runs.length === 0) breaks += piece
      else add({ ...(runs.at(-1) as MemoRun), text: piece, link: undefined })
    } else if (piece.text !== '') {
      if (breaks !== '') add({ ...piece, text: breaks, link: undefined })
      breaks = ''
      add(piece.link ? { ...piece, text: piece.text.replace(/[\n\t]/g, ' ') } : piece)
    }
  }
  if (breaks !== '') add({ text: breaks })
  return runs
}

const tidyRuns = (runs: readonly MemoRun[]): MemoRun[] =>
  joinRuns(
    runs.flatMap((run): Piece[] =>
      run.link ? [run] : run.text.split(/(\n)/).map((text) => (text === '\n' ? '\n' : { ...run, text })),
    ),
  )

/** A memo as an editor holds it: runs joined, lists beside each other joined, nothing at all for an empty line. */
export function tidyMemo(document: MemoDocument): MemoDocument {
  const blocks: MemoDocument = []
  for (const block of document) {
    const last = blocks.at(-1)
    if ('runs' in block) blocks.push({ kind: block.kind, runs: tidyRuns(block.runs) })
    else if (block.items.length === 0) continue
    else if (last && 'items' in last && last.kind === block.kind)
      last.items.push(...block.items.map(tidyRuns))
    else blocks.push({ kind: block.kind, items: block.items.map(tidyRuns) })
  }
  const [only] = blocks
  if (blocks.length === 1 && only?.kind === 'paragraph' && only.runs.length === 0) return []
  return blocks
}

/** The words of a memo, a block a line, for lists and searching. */
export function memoText(document: MemoDocument): string {
  return document
    .map((block) => ('runs' in block ? runsText(block.runs) : block.items.map(runsText).join('\n')))
    .join('\n')
}

/** Plain text as a memo: a paragraph a line. */
export function memoFromText(text: string): MemoDocument {
  if (text === '') return []
  return text.split('\n').map((line) => ({ kind: 'paragraph', runs: line === '' ? [] : [{ text: line }] }))
}

/** Everything a memo links to, each once. */
export function memoLinks(document: MemoDocument): MemoSubject[] {
  const links = new Map<string, MemoSubject>()
  const runs = document.flatMap((block) => ('runs' in block ? block.runs : block.items.flat()))
  for (const { link } of runs) if (link) links.set(JSON.stringify(link), link)
  return [...links.values()]
}
