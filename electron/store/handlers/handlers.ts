/** The contract's verbs, a file per aggregate, each in a line or two over the modules that do the work. */
import type { TicketPurpose } from '../../../shared/bridge.ts'
import type { ChangeEvent } from '../../../shared/contract/events.ts'
import { joined } from '../../../shared/joined.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Handlers } from '../../../shared/rpc.ts'
import type { Clock } from '../backups/keeper.ts'
import type { Analyst } from '../jobs/analyst.ts'
import { guardedAnalyst } from '../jobs/guarded-analyst.ts'
import { openSample } from '../sample.ts'
import { agreementVerbs } from './agreement.ts'
import { backupsVerbs } from './backups.ts'
import { codebookVerbs } from './codebook.ts'
import { codersVerbs } from './coders.ts'
import { codesVerbs } from './codes.ts'
import { codingsVerbs } from './codings.ts'
import type { Desk } from './desk.ts'
import { historyVerbs } from './history.ts'
import { identifiersVerbs } from './identifiers.ts'
import { memosVerbs } from './memos.ts'
import { notesVerbs } from './notes.ts'
import { OpenProject } from './open-project.ts'
import { projectVerbs } from './project.ts'
import { retrievalVerbs } from './retrieval.ts'
import { roundsVerbs } from './rounds.ts'
import { SampleAhead } from './sample-ahead.ts'
import { sealingExports } from './sealing.ts'
import { seated } from './seat.ts'
import { themesVerbs } from './themes.ts'

/** What the store process knows about its surroundings; main tells it. */
export type Surroundings = {
  resourcesFolder: string
  sampleFile: string
  /** The sample as it was made with the program; without it the sample is made where it is first asked for. */
  readySample?: string
  /** The person's own folder of the program; without it nothing is remembered of how far a project had come. */
  settingsFolder?: string
  analyst: Analyst
  /** The built file of the thread that reads files for an import. */
  screeningWorker?: URL
  /** The paths a ticket stands for; throws `bad-arguments` for an unknown one and for one of another purpose. */
  pathsOf(ticket: string, purposes: readonly TicketPurpose[]): string[]
  announce(event: ChangeEvent): void
  /** By which backups are made; without it none is made unasked. */
  clock?: Clock
}

/** Holds the one open project and answers every verb on it. */
export function createHandlers(
  surroundings: Surroundings,
): Handlers & { closeProject(): void; openSampleAhead(): void } {
  const {
    announce,
    pathsOf,
    clock,
    resourcesFolder,
    sampleFile,
    readySample,
    screeningWorker,
    settingsFolder,
  } = surroundings
  const analyst = guardedAnalyst(surroundings.analyst)
  const marks = settingsFolder === undefined ? undefined : { settingsFolder }
  const sample = new SampleAhead(() => openSample(sampleFile, resourcesFolder, marks, readySample))
  const open = new OpenProject({ analyst, announce, clock, marks })
  const viewer = () => open.get().activeCoder().id
  const desk: Desk = {
    project: () => open.get(),
    opened: () => open.project,
    db: () => open.get().db,
    viewer,
    sitting: () => open.sitting(),
    noteSeated: () => open.noteSeated(),
    run: (name, args, context) => analyst.run(open.get(), name, args, { ...context, viewer: viewer() }),
    pathOf: (ticket, ...purposes) => {
      const [path] = pathsOf(ticket, purposes)
      if (path === undefined) throw new Problem('bad-arguments', 'Nothing was picked.')
      return path
    },
    pathsOf,
    keeper: () => open.keeper,
    use: (next, isOpened) => {
      sample.drop()
      return open.use(next, isOpened)
    },
    leave: () => open.leave(),
    announce,
    marks,
    resourcesFolder,
    sample,
    screeningWorker,
  }
  const verbs: Handlers = joined(
    projectVerbs(desk),
    backupsVerbs(desk),
    codersVerbs(desk),
    roundsVerbs(desk),
    notesVerbs(desk),
    identifiersVerbs(desk),
    codesVerbs(desk),
    codebookVerbs(desk),
    codingsVerbs(desk),
    memosVerbs(desk),
    retrievalVerbs(desk),
    historyVerbs(desk),
    agreementVerbs(desk),
    themesVerbs(desk),
  )
  const leaving = sealingExports(verbs, () => open.project?.seal('export'))
  const closeProject = () => {
    sample.drop()
    open.close()
  }
  return {
    ...seated(leaving, () => open.whoSits()),
    closeProject,
    openSampleAhead: () => sample.begin(),
  }
}
