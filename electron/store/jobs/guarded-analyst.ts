/**
 * Jobs open the file by its path. Where that leads to another file by now, or nobody else may open it, they run on the
 * connection that is there: the figures stay those of the project on the screen, and a copy of it can still be saved.
 */
import type { Project } from '../project.ts'
import { type Analyst, contextOf, type JobCall } from './analyst.ts'
import type { JobArgs, JobName, JobResult } from './jobs.ts'

const isReachable = (project: Project): boolean => project.guard.lost === null && !project.isAlone

export const guardedAnalyst = (analyst: Analyst): Analyst => ({
  run: async <J extends JobName>(
    project: Project,
    name: J,
    args: JobArgs<J>,
    call: JobCall,
  ): Promise<JobResult<J>> => {
    if (isReachable(project)) return analyst.run(project, name, args, call)
    const { runJobOn } = await import('./jobs.ts')
    const result: unknown = await runJobOn(project.db, name, args, contextOf(project, call))
    return result as JobResult<J>
  },
  release: () => analyst.release(),
})
