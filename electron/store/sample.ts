/** The sample project: invented notes with two coders' codings, built through the journal like any other work. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { CoderId, CodingId } from '../../shared/contract/basics.ts'
import type { Attribute } from '../../shared/contract/notes.ts'
import { codePointLength } from '../../shared/offsets.ts'
import { Problem } from '../../shared/problem.ts'
import { listCodes } from './codebook/codes.ts'
import type { NewCoding } from './codings/codings.ts'
import { sure } from './file/connection.ts'
import { keyBytes, knowKey } from './file/database.ts'
import { sha256 } from './file/hash.ts'
import { newId } from './file/new-id.ts'
import { cipherKeyOf, saltOf } from './file/page-check.ts'
import { layProjectFile } from './file/written-file.ts'
import { addTemplate } from './intake/codebook.ts'
import type { MarkPlace } from './journal/progress-mark.ts'
import { keepStagedTexts, stageTexts } from './notes/texts.ts'
import { Project } from './project.ts'

/** Known to everyone on purpose: the sample holds invented notes only, and it shows how unlocking works. */
export const SAMPLE_PASSPHRASE = 'understory sample'
export const SAMPLE_TITLE = 'Sample project: safeguarding in CAMHS notes'

const Values = z.record(z.string(), z.union([z.string(), z.number()]))
const SampleNote = z.object({
  id: z.string(),
  case: z.string(),
  date: z.string(),
  title: z.string(),
  text: z.string(),
  attributes: Values,
})
const SampleCase = z.object({ id: z.string(), attributes: Values })
const SampleCodings = z.object({
  coders: z.array(z.object({ id: z.string(), name: z.string() })),
  codings: z.array(
    z.object({
      coder: z.string(),
      note: z.string(),
      code: z.string(),
      quote: z.string().optional(),
      occurrence: z.number().optional(),
      whole: z.boolean().optional(),
      memo: z.string().optional(),
    }),
  ),
  finished: z.record(z.string(), z.array(z.string())),
})
type SampleNote = z.infer<typeof SampleNote>
type SampleCoding = z.infer<typeof SampleCodings>['codings'][number]

const ATTRIBUTES: Attribute[] = [
  { name: 'note_type', of: 'note', kind: 'category' },
  { name: 'team', of: 'note', kind: 'category' },
  { name: 'clinician_role', of: 'note', kind: 'category' },
  { name: 'social_work_status', of: 'case', kind: 'category' },
  { name: 'referral_outcome', of: 'case', kind: 'category' },
  { name: 'age_at_referral', of: 'case', kind: 'number' },
  { name: 'gender', of: 'case', kind: 'category' },
]

const asText = (values: Record<string, string | number>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))

/** Makes the sample project at `path`. `resourcesFolder` holds `sample/` and `templates/`. */
export function createSample(path: string, resourcesFolder: string, passphrase = SAMPLE_PASSPHRASE): Project {
  const read = <T>(file: string, schema: z.ZodType<T>): T =>
    schema.parse(JSON.parse(readFileSync(join(resourcesFolder, 'sample', file), 'utf8')))
  const notes = read('notes.json', z.array(SampleNote))
  const cases = read('cases.json', z.array(SampleCase))
  const work = read('codings.json', SampleCodings)
  const fill = (project: Project) => {
    const coders = work.coders.map(({ name }) => project.addCoder(name))
    const [lead] = coders
    if (!lead) throw new Problem('internal', 'The sample has no coders.')
    project.activate(lead.id)
    addNotes(project, lead.id, notes, cases)
    addTemplate(project, lead.id, 'safeguarding', resourcesFolder)
    work.coders.forEach(({ id, name }, index) => {
      const coderId = coders[index]?.id as CoderId
      const own = work.codings.filter((coding) => coding.coder === id)
      applyAll(project, coderId, own, notes)
      const finished = work.finished[name] ?? []
      if (finished.length > 0)
        project.change(coderId, 'note.setStatus', { notes: finished, status: 'finished' })
    })
  }
  // Together: nobody waits on a first start until each of a hundred steps has reached the disk.
  return Project.create(path, passphrase, { title: SAMPLE_TITLE, isSample: true }, (project) =>
    project.allOrNothing(() => fill(project)),
  )
}

/** How a key is kept that nobody has to keep: everybody knows the passphrase it is made of. */
type ReadyKey = { salt: string; key: string }

/**
 * Makes the sample that comes with the program, and says its key. It is worked on by a device that nobody has
 * (`settingsFolder` is thrown away), so that everyone who lays it down goes on as a replica of their own; and it is
 * theirs to seal.
 */
export function makeReadySample(path: string, resourcesFolder: string, settingsFolder: string): ReadyKey {
  const sample = createSample(path, resourcesFolder)
  sample.compareWithMark({ settingsFolder })
  sample.close(false)
  const salt = saltOf(path)
  if (salt === null) throw new Problem('internal', 'The sample cannot be read.')
  const key = cipherKeyOf(keyBytes(SAMPLE_PASSPHRASE), Buffer.from(salt, 'hex'))
  return { salt, key: key.toString('hex') }
}

/** The file of a ready-made sample's key. */
const keyFileOf = (readyMade: string): string => `${readyMade}.key`

/** Without it the sample opens all the same, a fifth of a second later. */
function knowReadyKey(readyMade: string): void {
  const file = keyFileOf(readyMade)
  if (!existsSync(file)) return
  const { salt, key } = JSON.parse(readFileSync(file, 'utf8')) as ReadyKey
  knowKey(salt, SAMPLE_PASSPHRASE, key)
}

/**
 * Opens the sample at `path`. Where there is none, the one that comes with the program (`readyMade`) is laid down; it is
 * made on the spot where none does.
 */
export function openSample(
  path: string,
  resourcesFolder: string,
  marks?: MarkPlace,
  readyMade?: string,
): Project {
  const isReady = readyMade !== undefined && existsSync(readyMade)
  if (isReady) knowReadyKey(readyMade)
  if (existsSync(path)) return Project.open(path, SAMPLE_PASSPHRASE, marks)
  if (!isReady) return createSample(path, resourcesFolder)
  layProjectFile(readyMade, path)
  // Of an older sample in this place, which somebody took away, nothing is missed.
  return Project.open(path, SAMPLE_PASSPHRASE, marks, true)
}

function addNotes(
  project: Project,
  coderId: CoderId,
  notes: readonly SampleNote[],
  cases: ReadonlyArray<z.infer<typeof SampleCase>>,
): void {
  const texts = notes.map(({ text }) => ({ hash: sha256(text), body: text }))
  stageTexts(project.db, texts)
  const payload = {
    source: 'the sample',
    attributes: ATTRIBUTES,
    cases: cases.map(({ id, attributes }) => ({ id, attributes: asText(attributes) })),
    notes: notes.map((note) => ({
      id: note.id,
      caseId: note.case,
      title: note.title,
      date: note.date,
      textHash: sha256(note.text),
      length: note.text.length,
      characters: codePointLength(note.text),
      attributes: asText(note.attributes),
    })),
  }
  project.changeTogether(coderId, [{ kind: 'notes.import', payload }], () =>
    keepStagedTexts(
      project.db,
      texts.map(({ hash }) => hash),
    ),
  )
}

/** One entry per note, as if a person had coded note by note. */
function applyAll(
  project: Project,
  coderId: CoderId,
  codings: readonly SampleCoding[],
  notes: readonly SampleNote[],
): void {
  const byShortId = codeIdsByShortId(project)
  const texts = new Map(notes.map((note) => [note.id, note.text]))
  const byNote = new Map<string, SampleCoding[]>()
  for (const coding of codings) byNote.set(coding.note, [...(byNote.get(coding.note) ?? []), coding])
  for (const [note, own] of byNote) {
    const text = texts.get(note) ?? ''
    const applied: NewCoding[] = own.map((coding) => ({
      id: newId<CodingId>(),
      note,
      code: sure(byShortId.get(coding.code)),
      ...rangeOf(coding, text),
      memo: coding.memo ?? '',
    }))
    project.change(coderId, 'codings.apply', { codings: applied })
  }
}

/** The template's short ids ("M-NEG") open each code's source line. */
const codeIdsByShortId = (project: Project) =>
  new Map(listCodes(project.db).map((code) => [code.source.split(';')[0]?.trim() ?? '', code.id]))

function rangeOf(
  { note, quote, occurrence = 1, whole }: SampleCoding,
  text: string,
): { start: number | null; end: number | null } {
  if (whole || quote === undefined) return { start: null, end: null }
  let start = -1
  for (let seen = 0; seen < occurrence; seen++) start = text.indexOf(quote, start + 1)
  if (start < 0)
    throw new Problem('internal', `The sample's quote "${quote}" does not occur in note ${note}.`)
  return { start, end: start + quote.length }
}
