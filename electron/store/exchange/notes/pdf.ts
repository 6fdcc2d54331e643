/** The text layer of a PDF. */
import { promises as fs } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { Problem } from '../../../../shared/problem.ts'
import { stopIfCancelled } from '../decode.ts'
import { Tally } from '../tally.ts'
import { MAX_TEXT_LENGTH, textTooLong } from './limits.ts'
import { type Annotation, linesOfAnnotations } from './pdf-annotations.ts'
import { type PdfBound, withBound } from './pdf-bound.ts'
import { linesOfPage, type PieceOfText, withoutDoubles } from './pdf-lines.ts'
import { checkPdfStreams, MAX_STREAM, MOST_THINGS, unpacksTooFar } from './pdf-streams.ts'

const MAX_FILE_BYTES = 200_000_000
const MAX_PAGES = 5_000
/** A page that shows more than this, or takes longer, was made to keep a reader busy. */
const MAX_PAGE_LENGTH = 200_000
const MAX_PAGE_MS = 10_000

export type PdfText = { text: string; warning?: string }

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')

/**
 * The text of a PDF, page by page with an empty line between pages, lines and paragraph gaps as on the page; nothing
 * is joined. Answers in form fields and words typed onto a page follow its text. What is drawn twice at one place, as
 * some programs do for bold letters, is taken once. Pages without text among others, comments and attached files are
 * left out, with a `warning`. Throws Problem `file-unreadable` (no PDF, damaged, encrypted, without text), `too-large`,
 * `cancelled`; the sentences are short, to stand beside the name of the file.
 */
export async function readPdf(path: string, signal?: CancelSignal): Promise<PdfText> {
  const bytes = await readBytes(path)
  const { things } = await checkPdfStreams(bytes, signal)
  const pdfjs = await loadPdfJs()
  return withBound(MAX_STREAM, (bound) =>
    readWith(pdfjs, bytes, { bound, isLookedOver: things <= MOST_THINGS, signal }),
  )
}

type Reading = { bound: PdfBound; isLookedOver: boolean; signal: CancelSignal | undefined }

async function readWith(pdfjs: PdfJs, bytes: Buffer, reading: Reading): Promise<PdfText> {
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    // No code from fonts, no system fonts, no drawing, no network: only text is wanted.
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    useWorkerFetch: false,
    // Given, because guessing them needs a browser, which the store process half looks like.
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    cMapUrl: 'cmaps/',
    BinaryDataFactory: CharacterMaps,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  try {
    return await textOf(await task.promise, reading)
  } catch (error) {
    throw reading.bound.isOver ? unpacksTooFar() : pdfProblem(error)
  } finally {
    await task.destroy()
  }
}

async function readBytes(path: string): Promise<Buffer> {
  const { size } = await fs.stat(path)
  if (size > MAX_FILE_BYTES) throw new Problem('too-large', 'is larger than 200 MB')
  const bytes = await fs.readFile(path)
  // Some programs put a line or two before it; readers look for it in the first kilobyte.
  if (!bytes.subarray(0, 1_024).includes('%PDF-')) {
    throw new Problem('file-unreadable', 'is not a PDF, whatever its name says')
  }
  return bytes
}

/** Loaded when the first PDF is read: it is larger than everything else here together. */
async function loadPdfJs(): Promise<PdfJs> {
  const global = globalThis as { DOMMatrix?: unknown }
  // Made once while loading and used for drawing only; neither Node nor the store process has it.
  global.DOMMatrix ??= class {}
  // Loaded first, the parsing half leaves itself where the other finds it, and no worker thread is started.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  return import('pdfjs-dist/legacy/build/pdf.mjs')
}

/** Character tables of East Asian fonts, which come with the library. */
class CharacterMaps {
  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
    return new Uint8Array(await fs.readFile(join(library, 'cmaps', basename(filename))))
  }
}

async function textOf(
  document: PDFDocumentProxy,
  { bound, isLookedOver, signal }: Reading,
): Promise<PdfText> {
  if (document.numPages > MAX_PAGES) {
    throw new Problem('too-large', `has ${document.numPages} pages; at most ${MAX_PAGES} are read`)
  }
  const pages: string[] = []
  const empty: number[] = []
  const tally = new Tally()
  const unseen: number[] = []
  let room = MOST_THINGS
  let length = 0
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const drawn = withoutDoubles(await piecesOf(page, signal), () => tally.add('doubles'))
    const over: Annotation[] = isLookedOver && room > 0 ? await page.getAnnotations() : []
    if (isLookedOver && room <= 0) unseen.push(number)
    room -= over.length
    const parts = [linesOfPage(drawn), linesOfAnnotations(over, tally).join('\n')]
    const text = parts.filter((part) => part.trim() !== '').join('\n\n')
    page.cleanup()
    if (bound.isOver) throw unpacksTooFar()
    length += text.length
    if (length > MAX_TEXT_LENGTH) throw textTooLong()
    if (text.trim() === '') empty.push(number)
    else pages.push(text)
  }
  const text = pages.join('\n\n')
  if (text.trim() === '') throw new Problem('file-unreadable', 'has no text layer (a scan?)')
  if (text.includes('\0')) {
    throw new Problem('file-unreadable', 'shows letters that have no text behind them (damaged fonts)')
  }
  tally.add('attachments', Object.keys((await document.getAttachments()) ?? {}).length)
  const said = [
    empty.length === 0 ? undefined : emptyPages(empty, document.numPages),
    tally.warning,
    isLookedOver && unseen.length === 0 ? undefined : UNSEEN,
  ]
  const warning = said.filter((words) => words !== undefined).join('; ')
  return warning === '' ? { text } : { text, warning }
}

const UNSEEN = 'form fields and comments were not looked for (the file holds too many objects)'

/** A scan and a blank page look alike from here; only a person can tell. */
function emptyPages(numbers: readonly number[], total: number): string {
  const runs: string[] = []
  for (let from = 0; from < numbers.length; ) {
    let to = from
    while (numbers[to + 1] === (numbers[to] as number) + 1) to++
    runs.push(from === to ? `${numbers[from]}` : `${numbers[from]}–${numbers[to]}`)
    from = to + 1
  }
  const listed = runs.slice(0, 12).join(', ') + (runs.length > 12 ? ' and others' : '')
  return numbers.length === 1
    ? `page ${listed} of ${total} has no text (scanned or blank) and is not in the note`
    : `pages ${listed} of ${total} have no text (scanned or blank) and are not in the note`
}

/**
 * The library works without ever letting others have a turn; so one is taken after each handful of pieces. A stream
 * that is given up is left as it stands and goes with its document: to cancel it throws where nobody can catch it.
 */
async function piecesOf(page: PDFPageProxy, signal: CancelSignal | undefined): Promise<PieceOfText[]> {
  const end = performance.now() + MAX_PAGE_MS
  const reader = page.streamTextContent().getReader()
  const pieces: PieceOfText[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return pieces
    for (const item of value.items) {
      if (!('str' in item)) continue
      pieces.push({
        text: item.str,
        endsLine: item.hasEOL,
        x: item.transform[4],
        y: item.transform[5],
        height: item.height,
      })
      // Empty pieces cost memory too.
      length += item.str.length + 1
    }
    if (length > MAX_PAGE_LENGTH || performance.now() > end) {
      throw new Problem('too-large', `has more text on page ${page.pageNumber} than a page can show`)
    }
    await setImmediate()
    stopIfCancelled(signal)
  }
}

function pdfProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if ((error as Error | null)?.name === 'PasswordException') {
    return new Problem('file-unreadable', 'is encrypted; open it with its password and print it to a new PDF')
  }
  return new Problem('file-unreadable', 'is damaged or cut short', { cause: error })
}
