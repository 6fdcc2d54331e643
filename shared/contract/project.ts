/** The project itself. */
import { z } from 'zod'
import { CoderId, Id } from './basics.ts'
import { Chairs, Coder, CoderName } from './coders.ts'
import { Template } from './codes.ts'
import { Attribute, FinishedRule } from './notes.ts'
import { By, Done, job, Nothing, Passphrase, read, Ticket, type Verb, write } from './verb.ts'

/** When entries are sealed: a session ends, a copy is made, a document is written. */
export const SealOccasion = z.enum(['close', 'backup', 'export'])
export type SealOccasion = z.infer<typeof SealOccasion>

/** A stretch of entries that somebody signed with a key of theirs, on one computer. */
export const Seal = z.strictObject({
  coderId: z.string(),
  /** What they are called now. */
  coder: z.string(),
  at: z.string(),
  occasion: z.string(),
  /** The first and last entry that no seal before it is about; it is about all entries up to `to`. */
  from: z.int(),
  to: z.int(),
  /** The signature is that of a key which the journal knows as theirs, and the entries are those they sealed. */
  isGood: z.boolean(),
})
export type Seal = z.infer<typeof Seal>

/** A copy of the project file that entries were made in, after which entry it parted from the others (null: it is the first). */
export const ProjectCopy = z.strictObject({
  partedAfter: z.int().min(0).nullable(),
  entries: z.int().min(0),
})
export type ProjectCopy = z.infer<typeof ProjectCopy>

export const VerifyReport = z.strictObject({
  ok: z.boolean(),
  sqlite: z.boolean(),
  chain: z.boolean(),
  replay: z.boolean(),
  local: z.boolean(),
  notes: z.int().min(0),
  codings: z.int().min(0),
  entries: z.int().min(0),
  /** In the order of their first entries; none while a blind round keeps somebody's work from whoever asks. */
  copies: z.array(ProjectCopy),
  /** Oldest first; none while a blind round keeps somebody's work from whoever asks. */
  seals: z.array(Seal),
  /** Entries after the last that is sealed; null while a blind round keeps somebody's work from whoever asks. */
  unsealed: z.int().min(0).nullable(),
  problems: z.array(z.string()),
})
export type VerifyReport = z.infer<typeof VerifyReport>

export const ProjectInfo = z.strictObject({
  id: Id,
  title: z.string(),
  /** The file's name without its folder: the page never learns paths. */
  fileName: z.string(),
  isSample: z.boolean(),
  /** Agreement is left out on the screens. */
  isReflexive: z.boolean(),
  finishedRule: FinishedRule,
  /** The clock of the computer that made the newest entry and the order of entries are more than a day apart. */
  isClockOff: z.boolean(),
  notes: z.int().min(0),
  cases: z.int().min(0),
  codes: z.int().min(0),
  codings: z.int().min(0),
  coders: z.array(Coder),
  activeCoderId: CoderId,
  attributes: z.array(Attribute),
})
export type ProjectInfo = z.infer<typeof ProjectInfo>

/** What opening a file has to tell whoever opens it; `isLoss`: something that was saved is not in it. */
export const OpeningNotice = z.strictObject({ words: z.string(), isLoss: z.boolean() })
export type OpeningNotice = z.infer<typeof OpeningNotice>

export const OpenedProject = z.strictObject({ ...ProjectInfo.shape, notices: z.array(OpeningNotice) })
export type OpenedProject = z.infer<typeof OpenedProject>

/** The file is open and nobody sits at it yet: until somebody gives their PIN nothing in it is shown. */
export const AskedSeat = z.strictObject({ ...Chairs.shape, notices: z.array(OpeningNotice) })
export type AskedSeat = z.infer<typeof AskedSeat>

/** What opening a project comes to. */
export const Opening = z.union([OpenedProject, AskedSeat])
export type Opening = z.infer<typeof Opening>

export const projectVerbs = {
  'project.create': job(
    () =>
      z.strictObject({
        ticket: Ticket,
        passphrase: Passphrase,
        title: z.string().max(300),
        coderName: CoderName,
        template: Template,
      }),
    () => Opening,
  ),
  /** Whoever sat there last sits down at once, unless they have a PIN: then nobody sits until `coders.activate`. */
  'project.open': job(
    () => z.strictObject({ ticket: Ticket, passphrase: Passphrase }),
    () => Opening,
  ),
  /** Opens the sample project; the first time it is made in the person's own folder. */
  'project.openSample': job(
    () => Nothing,
    () => Opening,
  ),
  'project.close': write(
    () => Nothing,
    () => Done,
  ),
  'project.info': read(
    () => Nothing,
    () => ProjectInfo.nullable(),
  ),
  'project.rename': write(
    () => z.strictObject({ ...By, title: z.string().trim().min(1).max(300) }),
    () => ProjectInfo,
  ),
  /** Whether the screens leave out agreement; a lead's to say. */
  'project.setReflexive': write(
    () => z.strictObject({ ...By, isReflexive: z.boolean() }),
    () => ProjectInfo,
  ),
  /** What happens when a finished note is to be coded; a lead's to say. */
  'project.setFinishedRule': write(
    () => z.strictObject({ ...By, rule: FinishedRule }),
    () => ProjectInfo,
  ),
  'project.verify': job(
    () => Nothing,
    () => VerifyReport,
  ),
  'project.backup': job(
    () => z.strictObject({ ticket: Ticket }),
    () => Done,
  ),
} as const satisfies Record<string, Verb>
