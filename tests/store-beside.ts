/**
 * A real store beside a page that no Electron holds: the verbs of the program over real encrypted files, and what the
 * bridge gives a page. What only a window has (menus, dialogs, its size) is not there: dialogs answer what the test says.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Tickets } from '../electron/main/tickets.ts'
import { createHandlers } from '../electron/store/handlers/handlers.ts'
import { KnownTickets } from '../electron/store/handlers/known-tickets.ts'
import { type Analyst, inlineAnalyst } from '../electron/store/jobs/analyst.ts'
import type { Bridge, Launch, TicketPurpose } from '../shared/bridge.ts'
import { type Served, serve } from '../shared/rpc.ts'

export const RESOURCES = fileURLToPath(new URL('../resources', import.meta.url))

/** What the next dialogs answer; null: the person cancels. */
type Answers = { open: readonly [string, ...string[]] | null; save: string | null }

export class StoreBeside {
  readonly answers: Answers = { open: null, save: null }
  readonly bridge: Bridge
  readonly #known = new KnownTickets()
  readonly #handlers: ReturnType<typeof createHandlers>
  #served: Served | null = null
  #preferences: Record<string, unknown> = {}

  /** @param folder where the sample project and the settings lie. @param launch what differs from a first start */
  constructor(folder: string, launch: Partial<Launch> = {}, analyst: Analyst = inlineAnalyst) {
    this.#handlers = createHandlers({
      resourcesFolder: RESOURCES,
      sampleFile: path.join(folder, 'Sample project.understory'),
      settingsFolder: folder,
      analyst,
      pathsOf: (ticket, purposes) => this.#known.pathsOf(ticket, purposes),
      announce: (event) => this.#served?.announce(event),
    })
    this.bridge = this.#makeBridge({
      ...{ file: null, isFirstStart: true, version: '0', platform: process.platform },
      ...launch,
    })
  }

  /** Serves one page: what it sends goes into what is returned, what it is sent comes out of `post`. */
  serve(post: (message: unknown) => void): (message: unknown) => void {
    this.#served?.end()
    let receive = (_message: unknown): void => {}
    const onMessage = (listener: (message: unknown) => void) => {
      receive = listener
    }
    this.#served = serve({ postMessage: post, onMessage }, this.#handlers)
    return (message) => receive(message)
  }

  close(): void {
    this.#served?.end()
    this.#handlers.closeProject()
  }

  #makeBridge(launch: Launch): Bridge {
    const tickets = new Tickets((notice) => this.#known.take(notice))
    const opened = async (purpose: TicketPurpose) =>
      this.answers.open && tickets.issue(this.answers.open, purpose)
    const saved = (purpose: TicketPurpose) => {
      const file = this.answers.save
      return file === null
        ? null
        : { ...tickets.issue([file], purpose), folder: path.basename(path.dirname(file)) }
    }
    return {
      launch: async () => launch,
      recentProjects: async () => [],
      pickProject: async () => this.answers.open && tickets.issueOnce(this.answers.open[0]),
      pickNewProject: async () => saved('project'),
      pickImportFiles: () => opened('import-notes'),
      pickImportFolder: () => opened('import-notes'),
      pickCodebook: () => opened('import-codebook'),
      ticketForFiles: async () => null,
      pickSave: async (kind) => saved(kind),
      rememberProject: async (ticket) => void tickets.projectOf(ticket),
      renewStore: async () => this.#handlers.closeProject(),
      setMenu: async () => {},
      setTheme: async () => {},
      setScale: async () => {},
      readPreferences: async () => this.#preferences,
      writePreferences: async (preferences) => {
        this.#preferences = preferences
      },
      slowAnswers: async () => [],
    }
  }
}
