/**
 * The first half of an import, which needs no database: reading notes from files, looking for identifiers, hashing.
 * In the program it runs in a thread of its own, so that reading and storing overlap and coding never waits.
 */
import { Worker } from 'node:worker_threads'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { IdentifierWords } from '../../../shared/contract/identifiers.ts'
import type { ImportMap } from '../../../shared/contract/note-import.ts'
import { findIdentifiers } from '../../../shared/identifiers/index.ts'
import { codePointLength } from '../../../shared/offsets.ts'
import { Problem, type ProblemMessage } from '../../../shared/problem.ts'
import { type NoteIn, readTogether } from '../exchange/notes/read.ts'
import { sha256 } from '../file/hash.ts'
import { openingWords } from '../notes/opening.ts'

/** What to do with possible identifiers in the texts: count them, take them out before storing, or not look. */
export type IdentifierMode = 'report' | 'redact' | 'off'

export type ScreeningOrder = {
  paths: string[]
  map: ImportMap | null
  identifiers: IdentifierMode
  words: IdentifierWords
}

/** A note ready to be stored: its text as it will be kept, with hash, length in code points, how it begins and what was found. */
export type ScreenedNote = NoteIn & { hash: string; characters: number; opening: string; kinds: string[] }

export type ScreeningContext = {
  /** Hears by which map the notes are read, before the first of them. */
  onMap: (map: ImportMap | null) => void
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
}

/** Gives notes in batches of about this many characters, so that crossing to another thread costs little. */
const BATCH_CHARACTERS = 1_000_000

function screenNote(note: NoteIn, { identifiers, words }: ScreeningOrder): ScreenedNote {
  if ((note.problem ?? note.leftOut ?? note.remark) !== undefined)
    return { ...note, text: '', hash: '', characters: 0, opening: '', kinds: [] }
  const found = identifiers === 'off' ? [] : findIdentifiers(note.text, words)
  const text = identifiers === 'redact' ? withoutFindings(note.text, found) : note.text
  const kinds = found.map(({ kind }) => kind)
  return {
    ...note,
    text,
    hash: sha256(text),
    characters: codePointLength(text),
    opening: openingWords(text),
    kinds,
  }
}

function withoutFindings(text: string, found: ReturnType<typeof findIdentifiers>): string {
  let redacted = ''
  let from = 0
  for (const { kind, start, end } of found) {
    redacted += `${text.slice(from, start)}[${kind}]`
    from = end
  }
  return redacted + text.slice(from)
}

/** Reads and screens in this thread. */
export async function* screenHere(
  order: ScreeningOrder,
  context: ScreeningContext,
): AsyncGenerator<ScreenedNote[]> {
  let batch: ScreenedNote[] = []
  let characters = 0
  for await (const note of readTogether(order.paths, order.map, context)) {
    batch.push(screenNote(note, order))
    characters += note.text.length
    if (characters < BATCH_CHARACTERS) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length > 0) yield batch
}

export type ScreeningMessage =
  | { map: ImportMap | null }
  | { batch: ScreenedNote[] }
  | { progress: Progress }
  | { problem: ProblemMessage }
  | { end: true }

/** Batches the worker may be ahead: enough to keep it busy while the index merges, few enough to keep memory flat. */
export const BATCHES_AHEAD = 12

/** Reads and screens in a worker thread made from the built worker file; each batch taken lets it make another. */
export async function* screenInWorker(
  workerFile: URL,
  order: ScreeningOrder,
  { onMap, signal = NEVER, onProgress }: ScreeningContext,
): AsyncGenerator<ScreenedNote[]> {
  const worker = new Worker(workerFile, { workerData: order })
  const waiting: ScreeningMessage[] = []
  let wake: () => void = () => {}
  const push = (message: ScreeningMessage) => {
    waiting.push(message)
    wake()
  }
  const fail = (words: string): ScreeningMessage => ({ problem: { code: 'import-failed', sentence: words } })
  worker.on('message', (message: ScreeningMessage) => push(message))
  worker.once('error', (error) =>
    push(fail(`The files could not be read: ${error.message}. The project is as it was.`)),
  )
  worker.once('exit', () => push(fail('Reading the files stopped early. The project is as it was.')))
  signal.addEventListener('abort', () => push({ problem: { code: 'cancelled', sentence: CANCELLED } }), {
    once: true,
  })
  try {
    for (;;) {
      const message = waiting.shift()
      if (!message) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      } else if ('end' in message) return
      else if ('problem' in message) throw new Problem(message.problem.code, message.problem.sentence)
      else if ('progress' in message) onProgress?.(message.progress)
      else if ('map' in message) onMap(message.map)
      else {
        yield message.batch
        worker.postMessage('more')
      }
    }
  } finally {
    await worker.terminate()
  }
}

export const CANCELLED = 'The import was cancelled. The project is as it was.'
