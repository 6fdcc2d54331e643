/**
 * The inside of a package: lines of JSON. The first says what it is, whose and for whom; entries, seals, texts of notes
 * and words of the identifier lists follow in any order; the last is padding.
 */
import { z } from 'zod'
import { lazily } from '../../../../shared/lazily.ts'
import { Problem } from '../../../../shared/problem.ts'

/** The form of the lines. A later program that writes others counts on. */
const FORM = 1

const PackageHead = lazily(() =>
  z.strictObject({
    package: z.literal('understory'),
    form: z.int().min(1),
    id: z.string(),
    project: z.strictObject({ id: z.string(), title: z.string() }),
    /** Who made it and for whom, by the ids of coders; `made` in ms by the clock of that computer. */
    by: z.string(),
    for: z.string(),
    made: z.number(),
    /** Whether texts of notes are in it. */
    hasTexts: z.boolean(),
    /** Entries that stand without the one before them, which is not for the receiver: `replica` and number there. */
    gaps: z.array(z.tuple([z.string(), z.int().min(1)])),
  }),
)
export type PackageHead = z.infer<ReturnType<typeof PackageHead>>

const PackedEntry = lazily(() =>
  z.strictObject({
    id: z.string(),
    replica: z.string(),
    replica_seq: z.int().min(1),
    hlc: z.string(),
    wall: z.int(),
    coder: z.string(),
    kind: z.string(),
    version: z.int(),
    payload: z.string(),
    step: z.string(),
    undoes: z.string().nullable(),
    prev_hash: z.string(),
    hash: z.string(),
  }),
)
export type PackedEntry = z.infer<ReturnType<typeof PackedEntry>>

const PackedSeal = lazily(() =>
  z.strictObject({
    replica: z.string(),
    entries: z.int(),
    hash: z.string(),
    coder: z.string(),
    public_key: z.string(),
    signature: z.string(),
    wall: z.int(),
    occasion: z.string(),
  }),
)
export type PackedSeal = z.infer<ReturnType<typeof PackedSeal>>

const Line = lazily(() =>
  z.union([
    z.strictObject({ entry: PackedEntry() }),
    z.strictObject({ seal: PackedSeal() }),
    z.strictObject({ text: z.strictObject({ hash: z.string(), body: z.string() }) }),
    z.strictObject({ word: z.strictObject({ id: z.string(), salt: z.string(), word: z.string() }) }),
  ]),
)
export type PackageLine = z.infer<ReturnType<typeof Line>>

export type PackageContent = {
  head: PackageHead
  entries: PackedEntry[]
  seals: PackedSeal[]
  /** By their hash. */
  texts: ReadonlyMap<string, string>
  words: Array<{ id: string; salt: string; word: string }>
}

/** Smaller packages are all of this size, in bytes; larger ones of a power of two. */
const LEAST = 2 ** 16
const paddedSize = (size: number): number => Math.max(LEAST, 2 ** Math.ceil(Math.log2(size)))

/** As bytes, padded. */
export function writeLines(
  head: Omit<PackageHead, 'package' | 'form'>,
  lines: Iterable<PackageLine>,
): Uint8Array {
  const parts = [`${JSON.stringify({ package: 'understory', form: FORM, ...head })}\n`]
  for (const line of lines) parts.push(`${JSON.stringify(line)}\n`)
  const content = Buffer.from(parts.join(''), 'utf8')
  const empty = '{"padding":""}\n'.length
  const padding = ' '.repeat(paddedSize(content.length + empty) - content.length - empty)
  return Buffer.concat([content, Buffer.from(`{"padding":"${padding}"}\n`)])
}

const refused = (name: string, cause: unknown): Problem =>
  new Problem('not-a-project', `${name} is not a package of Understory. Nothing was changed.`, { cause })

/** @throws Problem `not-a-project` where it is something else, `newer-project` for a form that is not known */
export function readLines(content: Uint8Array, name: string): PackageContent {
  const lines = Buffer.from(content).toString('utf8').split('\n')
  const head = readHead(lines[0] ?? '', name)
  const found = {
    entries: [] as PackedEntry[],
    seals: [] as PackedSeal[],
    words: [] as PackageContent['words'],
  }
  const texts = new Map<string, string>()
  for (const line of lines.slice(1)) {
    if (line === '' || line.startsWith('{"padding":')) continue
    const { success, data, error } = Line().safeParse(parsed(line, name))
    if (!success) throw refused(name, error)
    if ('entry' in data) found.entries.push(data.entry)
    else if ('seal' in data) found.seals.push(data.seal)
    else if ('word' in data) found.words.push(data.word)
    else texts.set(data.text.hash, data.text.body)
  }
  return { head, ...found, texts }
}

function readHead(line: string, name: string): PackageHead {
  const said = parsed(line, name) as { package?: unknown; form?: unknown }
  if (said?.package === 'understory' && typeof said.form === 'number' && said.form > FORM)
    throw new Problem(
      'newer-project',
      `${name} was made by a newer version of Understory. Nothing was changed; install that version to read it.`,
    )
  const { success, data, error } = PackageHead().safeParse(said)
  if (!success) throw refused(name, error)
  return data
}

function parsed(line: string, name: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw refused(name, error)
  }
}
