/**
 * What the preload script adds to the page as `window.bridge`: a few native dialogs and window verbs. Data never
 * goes this way; it goes over the port that arrives as a window message of type PORT_MESSAGE.
 */

/** `event.data` of the window message whose `ports[0]` is the way to the store. */
export const PORT_MESSAGE = 'understory:store-port'
/** `event.data` of the window message that says the store process has gone (a new port follows). */
export const PORT_LOST_MESSAGE = 'understory:store-lost'

/** `event.data.type` of the window message that says what the window's own menu was asked for. */
export const MENU_MESSAGE = 'understory:menu'

/** A place the person picked. `ticket` stands for the path; `name` is the last part of it, for show. */
export type Picked = { ticket: string; name: string }
/** Where something is to be written; `folder` is the name of its folder only. */
export type PickedTarget = Picked & { folder: string }
/** A project opened before, newest first. */
export type RecentProject = PickedTarget & { openedAt: string }

/** What can be asked for outside the page: in the window's menu, or by opening a project file in the system. */
export type MenuCommand = 'newProject' | 'openProject' | 'lock' | 'closeProject'
export type MenuAct =
  | { command: MenuCommand }
  | { command: 'openFile'; picked: Picked }
  /** A command the page offered for the menu, by the page's own name of it. */
  | { command: 'run'; id: string }

/** A command of the page in the menu; `keys` as renderer/keys.ts writes them. */
export type MenuEntry = { id: string; label: string; keys: string | null; isOffered: boolean }
/** What the page shows, and which of its commands stand where in the menu. */
export type MenuOffer = {
  isProjectOpen: boolean
  exports: readonly MenuEntry[]
  project: readonly MenuEntry[]
  places: readonly MenuEntry[]
}

export type SaveKind =
  | 'project'
  | 'backup'
  | 'codebook-qdc'
  | 'codebook-csv'
  | 'codebook-xlsx'
  | 'codebook-docx'
  | 'codebook-html'
  | 'codebook-md'
  | 'themes-csv'
  | 'agreement-csv'
  | 'agreement-xlsx'
  | 'agreement-docx'
  | 'reliability-csv'
  | 'diagnosis-csv'
  | 'quotes-csv'
  | 'quotes-xlsx'
  | 'quotes-docx'
  | 'journal-csv'

/**
 * What a place was picked for; a verb takes no ticket of another purpose. Files and folders to be imported may turn out
 * to be a codebook.
 */
export type TicketPurpose = 'open-project' | 'import-notes' | 'import-codebook' | SaveKind

export type Launch = {
  /** A project file given on the command line or by double click. */
  file: Picked | null
  /** True until a project has been opened on this computer: show the sample. */
  isFirstStart: boolean
  version: string
  platform: string
}

/** `system` follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark' | 'contrast'

/** An answer of the store that took long: which question, how long, and when. Nothing of what was asked or answered. */
export type SlowAnswer = {
  verb: string
  /** ms */
  took: number
  /** ISO 8601, UTC */
  at: string
}

/** Slow answers lie in the program's own folder under this name. */
export const SLOW_ANSWERS_FILE = 'slow-answers.json'

/** The page's own File objects; only the preload script can tell where on the disk they lie. */
export type DroppedFile = { readonly name: string; readonly size: number }

export type Bridge = {
  launch(): Promise<Launch>
  recentProjects(): Promise<RecentProject[]>
  pickProject(): Promise<Picked | null>
  pickNewProject(suggestedName: string): Promise<Picked | null>
  pickImportFiles(): Promise<Picked | null>
  pickImportFolder(): Promise<Picked | null>
  /** A codebook: .qdc, .csv or .xlsx. */
  pickCodebook(): Promise<Picked | null>
  /** Files and folders the person dropped on the window; null when none of them is on a disk. */
  ticketForFiles(files: readonly DroppedFile[]): Promise<Picked | null>
  pickSave(kind: SaveKind, suggestedName: string): Promise<PickedTarget | null>
  /** Remembers that this project was opened, for `recentProjects`. */
  rememberProject(ticket: string): Promise<void>
  /** Ends the store process and all that was in its memory, and starts a new one; resolves when the old one has gone. */
  renewStore(): Promise<void>
  /** What the page shows and can do now, so that the menu offers the same. */
  setMenu(offer: MenuOffer): Promise<void>
  setTheme(choice: ThemeChoice): Promise<void>
  /** How large the page is drawn; 1 is its own size. Remembered for the next start. */
  setScale(scale: number): Promise<void>
  /** Small preferences of this computer (pane sizes, text size); never project data. */
  readPreferences(): Promise<Record<string, unknown>>
  writePreferences(preferences: Record<string, unknown>): Promise<void>
  /** Answers that took long on this computer, newest first. */
  slowAnswers(): Promise<SlowAnswer[]>
}

/** What main tells the store over its control channel (utility process messages). */
export type StoreControl =
  | {
      type: 'configure'
      resourcesFolder: string
      sampleFile: string
      settingsFolder: string
      /** A first start: the page will ask for the sample as soon as it is there. */
      isSampleNext: boolean
    }
  /** Tickets the person's picks stand for; several paths when several files were picked. */
  | { type: 'ticket'; ticket: string; paths: string[]; purpose: TicketPurpose }
  /** Comes with a port as `ports[0]`: serve it. */
  | { type: 'serve' }
/** What the store tells main. */
export type StoreReport = { type: 'ready' }
