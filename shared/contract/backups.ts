/** Backups that the program makes by itself. */
import { z } from 'zod'
import { Opening } from './project.ts'
import { By, job, Nothing, Passphrase, read, Ticket, type Verb, write } from './verb.ts'

export const BackupReason = z.enum(['opening', 'hourly', 'import', 'merge', 'migration'])
export type BackupReason = z.infer<typeof BackupReason>

/** How it stands with the backups that the program makes by itself. */
export const BackupState = z.strictObject({
  isOn: z.boolean(),
  /** The name of the folder beside the project. */
  folder: z.string(),
  lastAt: z.string().nullable(),
  /** Why the last one could not be made. */
  problem: z.string().nullable(),
  /** Older ones were put away early, as all together would have taken too much room. */
  isFull: z.boolean(),
})
export type BackupState = z.infer<typeof BackupState>

export const BackupRow = z.strictObject({
  /** The name of its file. */
  name: z.string(),
  at: z.string(),
  reason: BackupReason,
})
export type BackupRow = z.infer<typeof BackupRow>

/** What is in a backup, read by opening it. */
export const BackupContents = z.strictObject({
  title: z.string(),
  notes: z.int().min(0),
  /** Entries of the journal. */
  entries: z.int().min(0),
  /** Codings of each coder who has any; null before anybody sits there. */
  coders: z.array(z.strictObject({ name: z.string(), codings: z.int().min(0) })).nullable(),
  /** When the newest change in it was made, and the hash of that entry. */
  newest: z.string().nullable(),
  head: z.string().nullable(),
  /** A blind round keeps others' work from who looks: entries and codings are their own alone. */
  isPartial: z.boolean(),
})
export type BackupContents = z.infer<typeof BackupContents>

/** How a backup stands to the project as it is now. */
export const BackupComparison = z.strictObject({
  /** Changes of the project that the backup does not hold, and of the backup that the project does not. */
  later: z.int().min(0),
  more: z.int().min(0),
  /** Notes of the project that are not in the backup, and of the backup that are not in the project. */
  notesLater: z.int().min(0),
  notesMore: z.int().min(0),
  /** When their common history ends, where both went on from there. */
  partsAt: z.string().nullable(),
})
export type BackupComparison = z.infer<typeof BackupComparison>

/** One of the two: what is in it, or why it cannot be put in place. */
export const BackupLook = z.strictObject({
  contents: BackupContents.nullable(),
  problem: z.string().nullable(),
  /** Null where the project itself cannot be read. */
  comparison: BackupComparison.nullable(),
})
export type BackupLook = z.infer<typeof BackupLook>

/** A project that is not open, as it is asked for on the start screen. */
const Unopened = { ticket: Ticket, passphrase: Passphrase }
/** Whose backups; null: those of the project that is open. */
const BackupsOf = z.strictObject(Unopened).nullable()
const BackupName = z.string().min(1).max(300)

export const backupsVerbs = {
  'backups.state': read(
    () => Nothing,
    () => BackupState,
  ),
  /** Newest first, by their names alone. */
  'backups.list': job(
    () => z.strictObject({ of: BackupsOf }),
    () => z.array(BackupRow),
  ),
  /** What is in one, and how it stands to the project as it is now. */
  'backups.look': job(
    () => z.strictObject({ of: BackupsOf, name: BackupName }),
    () => BackupLook,
  ),
  /** Puts one in the place of the project that is open, which is kept beside it. */
  'backups.restore': job(
    () => z.strictObject({ ...By, name: BackupName }),
    () => Opening,
  ),
  /** The same for a project that is not open: it may be damaged. */
  'backups.restoreClosed': job(
    () => z.strictObject({ ...Unopened, name: BackupName }),
    () => Opening,
  ),
  /** For this copy of the file alone; not part of the journal. */
  'backups.setOn': write(
    () => z.strictObject({ isOn: z.boolean() }),
    () => BackupState,
  ),
} as const satisfies Record<string, Verb>
