/** The sample project of a first start, opened while the page that will ask for it still loads. */
import type { Project } from '../project.ts'

export class SampleAhead {
  readonly #open: () => Project
  #project: Project | null = null

  /** `open` makes the sample where there is none yet. */
  constructor(open: () => Project) {
    this.#open = open
  }

  /** What goes wrong here goes wrong again when it is asked for, and is said then. */
  begin(): void {
    try {
      this.#project ??= this.#open()
    } catch {
      this.#project = null
    }
  }

  take(): Project {
    const project = this.#project ?? this.#open()
    this.#project = null
    return project
  }

  /** Somebody went elsewhere. */
  drop(): void {
    this.#project?.close()
    this.#project = null
  }
}
