/** Read-only jobs by name, so that one worker file can run any of them. */
import type { CancelSignal } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import { computeAgreement } from '../analysis/agreement.ts'
import { computePairs } from '../analysis/agreement-pairs.ts'
import { segmentsOf } from '../analysis/agreement-segments.ts'
import { computeSeries } from '../analysis/agreement-series.ts'
import { computeSets } from '../analysis/code-sets.ts'
import { type OverviewArgs, overviewOf } from '../analysis/codebook.ts'
import { computeConfusion } from '../analysis/confusion.ts'
import { diagnose } from '../analysis/diagnosis.ts'
import { placesOf, type ScanArgs, scanIdentifiers } from '../analysis/identifiers.ts'
import { type DataArgs, writeReliabilityData } from '../analysis/reliability-data.ts'
import { type RetrievalArgs, retrieve } from '../analysis/retrieval.ts'
import { type SearchArgs, search } from '../analysis/search.ts'
import { computeThemes, type ThemeArgs } from '../analysis/themes.ts'
import { computeUnitizing } from '../analysis/unitizing.ts'
import { type LookOrder, lookAtBackup } from '../backups/contents.ts'
import { backup } from '../file/backup.ts'
import { atOneMoment, type ReadableDb } from '../file/connection.ts'
import { openReadOnly } from '../file/database.ts'
import { type BackupOrder, makeBackup } from '../file/make-backup.ts'
import { verify } from '../verify/verify.ts'

export type JobContext = {
  signal: CancelSignal
  onProgress: (progress: Progress) => void
  passphrase: string
  /** Who the answer is for; null: nobody who codes. */
  viewer: CoderId | null
}

/** All reading of a job sees the project as it is when it begins: figures are of one moment, whoever codes meanwhile. */
const ofOneMoment =
  <A, R>(work: (db: ReadableDb, args: A, context: JobContext) => R) =>
  (db: ReadableDb, args: A, context: JobContext): R =>
    atOneMoment(db, () => work(db, args, context))

/** A question without who asks it: that is said of every job in one place. */
type Asked<A extends { viewer: CoderId | null }> = Omit<A, 'viewer'>

export const jobs = {
  agreement: ofOneMoment(computeAgreement),
  confusion: ofOneMoment(computeConfusion),
  pairs: ofOneMoment(computePairs),
  series: ofOneMoment(computeSeries),
  sets: ofOneMoment(computeSets),
  unitizing: ofOneMoment(computeUnitizing),
  segments: ofOneMoment(segmentsOf),
  diagnosis: ofOneMoment(diagnose),
  reliabilityData: (db: ReadableDb, args: DataArgs, context: JobContext) =>
    writeReliabilityData(db, args, context),
  themes: ofOneMoment((db: ReadableDb, args: Asked<ThemeArgs>, context: JobContext) =>
    computeThemes(db, { ...args, viewer: context.viewer }, context),
  ),
  verify: (db: ReadableDb, _args: null, context: JobContext) => verify(db, context),
  search: (db: ReadableDb, args: SearchArgs, context: JobContext) => search(db, args, context),
  codebook: (db: ReadableDb, args: Asked<OverviewArgs>, context: JobContext) =>
    overviewOf(db, { ...args, viewer: context.viewer }, context),
  retrieval: (db: ReadableDb, args: Asked<RetrievalArgs>, context: JobContext) =>
    retrieve(db, { ...args, viewer: context.viewer }, context),
  identifiers: (db: ReadableDb, args: ScanArgs, context: JobContext) => scanIdentifiers(db, args, context),
  places: (db: ReadableDb, args: { text: string }) => placesOf(db, args.text),
  backup: (db: ReadableDb, args: { path: string }, context: JobContext) =>
    backup(db, context.passphrase, args.path),
  keepBackup: (db: ReadableDb, order: BackupOrder, context: JobContext) =>
    makeBackup(db, order, context.passphrase),
  lookAtBackup: ofOneMoment((db: ReadableDb, order: LookOrder, { viewer, passphrase }: JobContext) =>
    lookAtBackup(db, order, viewer, passphrase),
  ),
} as const

export type JobName = keyof typeof jobs
export type JobArgs<J extends JobName> = Parameters<(typeof jobs)[J]>[1]
export type JobResult<J extends JobName> = Awaited<ReturnType<(typeof jobs)[J]>>

/** Runs a job on a connection that is there. */
export function runJobOn<J extends JobName>(
  db: ReadableDb,
  name: J,
  args: JobArgs<J>,
  context: JobContext,
): JobResult<J> | Promise<JobResult<J>> {
  const job = jobs[name] as (
    db: ReadableDb,
    args: JobArgs<J>,
    context: JobContext,
  ) => JobResult<J> | Promise<JobResult<J>>
  return job(db, args, context)
}

/** Runs a job on a connection of its own that cannot write. */
export async function runJob<J extends JobName>(
  path: string,
  name: J,
  args: JobArgs<J>,
  context: JobContext,
): Promise<JobResult<J>> {
  const db = openReadOnly(path, context.passphrase)
  try {
    return await runJobOn(db, name, args, context)
  } finally {
    db.close()
  }
}
