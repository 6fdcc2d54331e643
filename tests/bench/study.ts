/** A study two coders finished, for benchmarks of analysis: 60 codes, 8 codings a note and coder. */
import { v7 as uuid } from 'uuid'
import { Project } from '../../electron/store/project.ts'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import { codingId } from '../ids.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { chance, noteText, PASSPHRASE } from './bench.ts'

export const CODES = 60
export const CODINGS_PER_NOTE = 8
const CHUNK = 5_000

function* chunks(size: number): Generator<number[]> {
  for (let from = 0; from < size; from += CHUNK)
    yield Array.from({ length: Math.min(CHUNK, size - from) }, (_, at) => from + at)
}

/** Makes the project through its journal; 100,000 notes take minutes. The caller closes it. */
export function makeStudy(file: string, size: number): { project: Project; coders: CoderId[] } {
  const random = chance(5)
  const project = Project.create(file, PASSPHRASE, { title: 'Bench' })
  const coders = ['Amara', 'Ben'].map((name) => project.addCoder(name).id)
  const [first] = coders as [CoderId]
  project.activate(first)
  for (const numbers of chunks(size)) {
    const notes = numbers.map((at) => [`N${at}`, noteText(random, 1_800)] as const)
    addNotes(project, first, Object.fromEntries(notes), `YP${numbers[0]}`)
  }
  const codes = Array.from({ length: CODES }, (_, at) => addCode(project, first, `Code ${at}`))
  for (const coder of coders) {
    for (const numbers of chunks(size)) {
      const codings = numbers.flatMap((at) =>
        Array.from({ length: CODINGS_PER_NOTE }, () => {
          const start = Math.floor(random() * 1_500)
          return {
            id: codingId(uuid()),
            note: `N${at}`,
            code: codes[Math.floor(random() * CODES)] as CodeId,
            start,
            end: start + 20 + Math.floor(random() * 200),
          }
        }),
      )
      project.change(coder, 'codings.apply', { codings })
      project.change(coder, 'note.setStatus', { notes: numbers.map((at) => `N${at}`), status: 'finished' })
    }
  }
  return { project, coders }
}
