/** A file that is a note: plain text, a Word document, a PDF. */
import { promises as fs } from 'node:fs'
import { basename } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { decodeText, readProblem, stopIfCancelled, toLf } from '../decode.ts'
import { Tally } from '../tally.ts'
import { readDocx } from './docx.ts'
import type { NoteFile, SingleFormat } from './files.ts'
import { MAX_TEXT_LENGTH, type NoteIn, noteProblem, textTooLong } from './limits.ts'
import { readPdf } from './pdf.ts'

/** A UTF-16 or UTF-8 file above this is longer than any note may be; it is refused unread. */
const MAX_TEXT_FILE_BYTES = MAX_TEXT_LENGTH * 4 + 4

/** What a single file gives; `encoding` is the format's name for files that are no plain text. */
export type Single = { note: NoteIn; encoding: string | null }

/**
 * Reads the file as a note with its name as id. One bad file among hundreds is refused by itself, with the reason as
 * the note's `problem`. Throws Problem `cancelled` only.
 */
export async function readSingle(
  { path, id, format }: NoteFile<SingleFormat>,
  row: number,
  signal?: CancelSignal,
): Promise<Single> {
  stopIfCancelled(signal)
  const note: NoteIn = {
    row,
    source: basename(path),
    id,
    caseId: null,
    date: null,
    title: id.slice(id.lastIndexOf('/') + 1),
    text: '',
    attributes: {},
  }
  try {
    const { text, encoding, warning } = await readText(path, format, signal)
    note.text = toLf(text)
    const problem = noteProblem(note)
    if (problem === null && warning !== undefined) note.warning = warning
    // A file that is nothing but what cannot be read is no empty file.
    const reason = problem === null || warning === undefined ? problem : `${problem} (${warning})`
    return { note: reason === null ? note : { ...note, text: '', problem: reason }, encoding }
  } catch (error) {
    const problem = readProblem(path, error)
    if (problem.code === 'cancelled') throw problem
    return { note: { ...note, text: '', problem: reasonOf(problem.message) }, encoding: null }
  }
}

/** The sentence of a Problem as the reason for one file: the others are imported all the same. */
const reasonOf = (sentence: string): string =>
  sentence
    .replace(/Nothing was changed; (.)/, (_, first: string) => first.toUpperCase())
    .replace(' Nothing was changed.', '')

async function readText(
  path: string,
  format: SingleFormat,
  signal: CancelSignal | undefined,
): Promise<{ text: string; encoding: string; warning?: string }> {
  if (format === 'docx') {
    const tally = new Tally()
    const text = await readDocx(path, signal, tally)
    return { text, encoding: 'docx', ...(tally.warning === undefined ? {} : { warning: tally.warning }) }
  }
  if (format === 'pdf') return { ...(await readPdf(path, signal)), encoding: 'pdf' }
  const { size } = await fs.stat(path)
  if (size > MAX_TEXT_FILE_BYTES) throw textTooLong()
  return decodeText(await fs.readFile(path))
}
