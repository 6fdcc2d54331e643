/**
 * Runs in the sandbox before the page: adds `window.bridge` and passes on the port to the store. Only what stands
 * here reaches the page; `ipcRenderer` itself never does.
 */
import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron'
import {
  type Bridge,
  type DroppedFile,
  MENU_MESSAGE,
  PORT_LOST_MESSAGE,
  PORT_MESSAGE,
} from '../../shared/bridge.ts'
import { channelOf } from './channel.ts'

/** The little of the DOM that is needed here; the folder is compiled without it, because main has none. */
declare const window: {
  readonly location: { readonly origin: string }
  postMessage(message: unknown, targetOrigin: string, transfer?: readonly unknown[]): void
}

const ask = (name: keyof Bridge, ...args: unknown[]) => ipcRenderer.invoke(channelOf(name), ...args)

/** A page cannot make a path up: what is no file of the person's has none, or is no File at all. */
function pathsOf(files: readonly DroppedFile[]): string[] {
  return [...files].flatMap((file) => {
    try {
      const path = webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0])
      return path === '' ? [] : [path]
    } catch {
      return []
    }
  })
}

const bridge = {
  launch: () => ask('launch'),
  recentProjects: () => ask('recentProjects'),
  pickProject: () => ask('pickProject'),
  pickNewProject: (suggestedName) => ask('pickNewProject', suggestedName),
  pickImportFiles: () => ask('pickImportFiles'),
  pickImportFolder: () => ask('pickImportFolder'),
  pickCodebook: () => ask('pickCodebook'),
  ticketForFiles: async (files) => ask('ticketForFiles', pathsOf(files)),
  pickSave: (kind, suggestedName) => ask('pickSave', kind, suggestedName),
  rememberProject: (ticket) => ask('rememberProject', ticket),
  renewStore: () => ask('renewStore'),
  setMenu: (offer) => ask('setMenu', offer),
  setTheme: (choice) => ask('setTheme', choice),
  setScale: (scale) => ask('setScale', scale),
  readPreferences: () => ask('readPreferences'),
  writePreferences: (preferences) => ask('writePreferences', preferences),
  slowAnswers: () => ask('slowAnswers'),
} satisfies Bridge

/**
 * WebRTC opens sockets as soon as it looks for a way to a peer: the policy of the main process keeps packets in, not
 * these. Without a constructor the page has nothing to ask it with.
 */
const WITHOUT_PEERS =
  'for (const name of Object.getOwnPropertyNames(globalThis)) if (/^(webkit)?RTC/.test(name)) delete globalThis[name]'
void webFrame.executeJavaScript(WITHOUT_PEERS)

contextBridge.exposeInMainWorld('bridge', bridge)

// A port cannot pass the context bridge; a window message can carry it into the page.
ipcRenderer.on(PORT_MESSAGE, (event) => window.postMessage(PORT_MESSAGE, window.location.origin, event.ports))
ipcRenderer.on(PORT_LOST_MESSAGE, () => window.postMessage(PORT_LOST_MESSAGE, window.location.origin))
ipcRenderer.on(MENU_MESSAGE, (_event, act) =>
  window.postMessage({ type: MENU_MESSAGE, act }, window.location.origin),
)
