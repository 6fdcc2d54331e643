/** Read-only jobs by name, so that one worker file can run any of them. */
import type { CancelSignal } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import type { AgreementScope } from '../../../shared/model.ts'
import { backup } from '../backup.ts'
import { type Db, openReadOnly } from '../database.ts'
import { verify } from '../verify.ts'
import { type AgreementArgs, computeAgreement } from './agreement.ts'
import { computePairs } from './agreement-pairs.ts'
import { type PassageArgs, passagesOf } from './agreement-passages.ts'
import { computeSeries, type SeriesArgs } from './agreement-series.ts'
import { computeSets, type SetsArgs } from './code-sets.ts'
import { type OverviewArgs, overviewOf } from './codebook.ts'
import { computeConfusion } from './confusion.ts'
import { type DiagnosisArgs, diagnose } from './diagnosis.ts'
import { placesOf, type ScanArgs, scanIdentifiers } from './identifiers.ts'
import { type DataArgs, writeReliabilityData } from './reliability-data.ts'
import { type RetrievalArgs, retrieve } from './retrieval.ts'
import { type SearchArgs, search } from './search.ts'
import { computeThemes, type ThemeArgs } from './themes.ts'
import { computeUnitizing, type UnitizingArgs } from './unitizing.ts'

export type JobContext = {
  signal: CancelSignal
  onProgress: (progress: Progress) => void
  passphrase: string
}

export const jobs = {
  agreement: (db: Db, args: AgreementArgs, context: JobContext) => computeAgreement(db, args, context),
  confusion: (db: Db, args: AgreementScope, context: JobContext) => computeConfusion(db, args, context),
  pairs: (db: Db, args: AgreementArgs, context: JobContext) => computePairs(db, args, context),
  series: (db: Db, args: SeriesArgs, context: JobContext) => computeSeries(db, args, context),
  sets: (db: Db, args: SetsArgs, context: JobContext) => computeSets(db, args, context),
  unitizing: (db: Db, args: UnitizingArgs, context: JobContext) => computeUnitizing(db, args, context),
  passages: (db: Db, args: PassageArgs, context: JobContext) => passagesOf(db, args, context),
  diagnosis: (db: Db, args: DiagnosisArgs, context: JobContext) => diagnose(db, args, context),
  reliabilityData: (db: Db, args: DataArgs, context: JobContext) => writeReliabilityData(db, args, context),
  themes: (db: Db, args: ThemeArgs) => computeThemes(db, args),
  verify: (db: Db, _args: null, context: JobContext) => verify(db, context),
  search: (db: Db, args: SearchArgs, context: JobContext) => search(db, args, context),
  codebook: (db: Db, args: OverviewArgs, context: JobContext) => overviewOf(db, args, context),
  retrieval: (db: Db, args: RetrievalArgs, context: JobContext) => retrieve(db, args, context),
  identifiers: (db: Db, args: ScanArgs, context: JobContext) => scanIdentifiers(db, args, context),
  places: (db: Db, args: { text: string }) => placesOf(db, args.text),
  backup: (db: Db, args: { path: string }, context: JobContext) => backup(db, context.passphrase, args.path),
} as const

export type JobName = keyof typeof jobs
export type JobArgs<J extends JobName> = Parameters<(typeof jobs)[J]>[1]
export type JobResult<J extends JobName> = Awaited<ReturnType<(typeof jobs)[J]>>

/** Runs a job on a connection that is there. */
export function runJobOn<J extends JobName>(
  db: Db,
  name: J,
  args: JobArgs<J>,
  context: JobContext,
): JobResult<J> | Promise<JobResult<J>> {
  const job = jobs[name] as (
    db: Db,
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
