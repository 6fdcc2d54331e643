/** The functions of the bridge, on this side of it. Each call's sender is checked before its arguments. */
import path from 'node:path'
import { app, type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import {
  type Bridge,
  type Picked,
  type RecentProject,
  SLOW_ANSWERS_FILE,
  type SlowAnswer,
} from '../../shared/bridge.ts'
import { channelOf } from '../preload/channel.ts'
import type { AppMenu } from './app-menu.ts'
import {
  askForCodebook,
  askForImportFiles,
  askForImportFolder,
  askForProject,
  askWhereToSave,
  isSaveKind,
} from './dialogs.ts'
import { filesAndFolders, isPathList } from './dropped-paths.ts'
import { isMenuOffer } from './menu-offer.ts'
import { isJsonObject, JsonFile, type JsonObject } from './preferences.ts'
import type { ProjectWindow } from './project-window.ts'
import type { RecentProjects } from './recent-projects.ts'
import { assertOurSender } from './sender.ts'
import type { StoreProcess } from './store-process.ts'
import { applyTheme, backgroundFor } from './theme.ts'
import type { Tickets } from './tickets.ts'
import { isScale, isThemeChoice, SCALES, type WindowState } from './window-state.ts'

export type VerbsOptions = {
  readonly projectWindow: ProjectWindow
  readonly tickets: Tickets
  readonly recent: RecentProjects
  readonly windowState: JsonFile<WindowState>
  readonly preferences: JsonFile<JsonObject>
  readonly menu: AppMenu
  readonly store: StoreProcess
}

/** Room for pane sizes and the like; more would be project data, which does not belong here. */
const PREFERENCES_LIMIT = 64 * 1024
const SUGGESTION_LIMIT = 300

const isSlow = (value: unknown): value is SlowAnswer =>
  isJsonObject(value) &&
  typeof value.verb === 'string' &&
  typeof value.took === 'number' &&
  typeof value.at === 'string'
const parseSlow = (value: unknown): SlowAnswer[] | null =>
  Array.isArray(value) ? value.filter(isSlow) : null

/** What arrives from a page is unknown until looked at, whatever the bridge's types promise. */
type Unknowns<Args extends unknown[]> = { [Index in keyof Args]: unknown }
type Handlers = {
  [Name in keyof Bridge]: (
    window: BrowserWindow,
    ...args: Unknowns<Parameters<Bridge[Name]>>
  ) => ReturnType<Bridge[Name]>
}

export class BadCallError extends Error {
  readonly code = 'ERR_BAD_CALL'

  constructor(verb: keyof Bridge, expected: string) {
    super(`${verb}: ${expected} was expected. Nothing was changed.`)
    this.name = 'BadCallError'
  }
}

export function offerVerbs(options: VerbsOptions): void {
  const handlers = handlersFor(options)
  for (const name of Object.keys(handlers) as (keyof Bridge)[]) {
    ipcMain.handle(channelOf(name), (event: IpcMainInvokeEvent, ...args: unknown[]) => {
      const window = options.projectWindow.current
      assertOurSender(event, window?.webContents.id)
      // The check above fails without a window; this only says so to the compiler.
      if (!window) throw new BadCallError(name, 'an open window')
      const handler = handlers[name] as (window: BrowserWindow, ...args: unknown[]) => unknown
      return handler(window, ...args)
    })
  }
}

function handlersFor({
  tickets,
  recent,
  windowState,
  preferences,
  projectWindow,
  menu,
  store,
}: VerbsOptions): Handlers {
  const ticketFor = (
    paths: readonly [string, ...string[]] | null,
    purpose: 'import-notes' | 'import-codebook',
  ): Picked | null => (paths === null ? null : tickets.issue(paths, purpose))

  return {
    async launch() {
      const file = projectWindow.launchFile
      return {
        file: file === null ? null : tickets.issueOnce(file),
        isFirstStart: recent.entries.length === 0,
        version: app.getVersion(),
        platform: process.platform,
      }
    },
    async recentProjects() {
      return recent.entries.map(
        ({ file, openedAt }): RecentProject => ({
          ...tickets.issueOnce(file),
          folder: path.basename(path.dirname(file)),
          openedAt,
        }),
      )
    },
    async pickProject(window) {
      const [file] = (await askForProject(window)) ?? []
      // The same file is the same ticket, so that a project is known by it.
      return file === undefined ? null : tickets.issueOnce(file)
    },
    async pickNewProject(window, suggestedName) {
      const suggestion = checkedSuggestion('pickNewProject', suggestedName)
      const file = await askWhereToSave(window, 'project', suggestion)
      return file === null ? null : tickets.issue([file], 'project')
    },
    async pickImportFiles(window) {
      return ticketFor(await askForImportFiles(window), 'import-notes')
    },
    async pickImportFolder(window) {
      return ticketFor(await askForImportFolder(window), 'import-notes')
    },
    async pickCodebook(window) {
      return ticketFor(await askForCodebook(window), 'import-codebook')
    },
    async ticketForFiles(_window, paths) {
      if (!isPathList(paths)) throw new BadCallError('ticketForFiles', 'a list of files')
      return ticketFor(filesAndFolders(paths), 'import-notes')
    },
    async pickSave(window, kind, suggestedName) {
      if (!isSaveKind(kind)) throw new BadCallError('pickSave', 'a kind of file')
      const suggestion = checkedSuggestion('pickSave', suggestedName)
      const file = await askWhereToSave(window, kind, suggestion)
      if (file === null) return null
      return { ...tickets.issue([file], kind), folder: path.basename(path.dirname(file)) }
    },
    async rememberProject(_window, ticket) {
      const file = typeof ticket === 'string' ? tickets.projectOf(ticket) : undefined
      if (file === undefined) throw new BadCallError('rememberProject', 'the ticket of a project')
      recent.remember(file, new Date())
      app.addRecentDocument(file)
      menu.show()
    },
    async renewStore() {
      await store.renew()
    },
    async setMenu(_window, offer) {
      if (!isMenuOffer(offer)) throw new BadCallError('setMenu', 'what the menu offers')
      menu.setOffer(offer)
    },
    async setTheme(window, choice) {
      if (!isThemeChoice(choice)) throw new BadCallError('setTheme', 'a theme')
      applyTheme(choice)
      window.setBackgroundColor(backgroundFor(choice))
      windowState.write({ ...windowState.value, theme: choice })
    },
    async setScale(window, scale) {
      if (!isScale(scale))
        throw new BadCallError('setScale', `a scale from ${SCALES.least} to ${SCALES.most}`)
      window.webContents.setZoomFactor(scale)
      windowState.write({ ...windowState.value, scale })
    },
    async slowAnswers() {
      // Read anew each time: it is the store that writes it.
      return new JsonFile(path.join(app.getPath('userData'), SLOW_ANSWERS_FILE), parseSlow, []).value
    },
    async readPreferences() {
      return preferences.value
    },
    async writePreferences(_window, value) {
      preferences.write(checkedPreferences(value))
      menu.show()
    },
  }
}

function checkedSuggestion(verb: keyof Bridge, value: unknown): string {
  if (typeof value !== 'string' || value.length > SUGGESTION_LIMIT)
    throw new BadCallError(verb, 'a short name')
  return value
}

function checkedPreferences(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new BadCallError('writePreferences', 'an object')
  const text = JSON.stringify(value)
  if (text.length > PREFERENCES_LIMIT) throw new BadCallError('writePreferences', 'a small object')
  return value
}
