/**
 * Jobs open the file by its path. Where that leads to another file by now, or nobody else may open it, they run on the
 * connection that is there: the figures stay those of the project on the screen, and a copy of it can still be saved.
 */
import type { CallContext } from '../../../shared/rpc.ts'
import type { Project } from '../project.ts'
import type { Analyst } from './analyst.ts'
import { type JobArgs, type JobName, type JobResult, runJobOn } from './jobs.ts'

const isReachable = (project: Project): boolean => project.guard.lost === null && !project.isAlone

export const guardedAnalyst = (analyst: Analyst): Analyst => ({
  run: async <J extends JobName>(
    project: Project,
    name: J,
    args: JobArgs<J>,
    context: CallContext,
  ): Promise<JobResult<J>> => {
    if (isReachable(project)) return analyst.run(project, name, args, context)
    const { signal, progress } = context
    const result: unknown = await runJobOn(project.db, name, args, {
      signal,
      onProgress: progress,
      passphrase: project.passphrase,
    })
    return result as JobResult<J>
  },
  release: () => analyst.release(),
})
