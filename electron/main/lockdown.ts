/**
 * What no page may do, whatever it holds. Do not loosen anything here without reading tests/e2e/lockdown.spec.ts:
 * each line is there because without it one of those attempts succeeded.
 */
import { app, type Session, session, type WebContents } from 'electron'
import { keepMemoryOutOfDumps } from '../guard/core-dumps.ts'
import { isOurAddress, isOurPage } from './page-address.ts'

/** The only thing a page may do beyond showing itself: put text it composed on the clipboard. */
const GRANTED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Must run before Electron is ready: these are read when Chromium's network service starts. */
export function switchNetworkOff(): void {
  const { commandLine } = app
  // The request filter comes too late for DNS prefetch and for STUN by name: both ask DNS without a request.
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  // Proxy auto-detection would ask the network (WPAD) on its own.
  commandLine.appendSwitch('no-proxy-server')
  commandLine.appendSwitch('disable-background-networking')
  commandLine.appendSwitch('disable-component-update')
  commandLine.appendSwitch('disable-domain-reliability')
  commandLine.appendSwitch('no-pings')
}

/**
 * Ways for a debugger or a recorder into a running program. The runtime reads them after this script: what is taken off
 * here was never given. `--inspect` and its kin are switched off by a fuse of the package.
 */
const DEBUGGING_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-targets',
  'remote-debugging-io-pipes',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'log-net-log',
  'ssl-key-log-file',
  'load-extension',
  'disable-web-security',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'enable-logging',
  'v',
  'vmodule',
] as const

/** Of the packed program alone: development and its tests are done with a debugger. Must run before Electron is ready. */
export function takeNoDebugger(): void {
  if (!app.isPackaged) return
  for (const name of DEBUGGING_SWITCHES) app.commandLine.removeSwitch(name)
}

/** Must run after Electron is ready and before the first window is made. */
export function lockDown(): void {
  lockSession(session.defaultSession)
  app.on('session-created', lockSession)
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
}

function lockSession(target: Session): void {
  target.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isGranted(permission, details.requestingUrl)),
  )
  target.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin))
  target.setDevicePermissionHandler(() => false)
  // Null alone would leave Chromium's own picker; a handler that never offers a source refuses every capture.
  target.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  target.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(details.url) }))
  target.on('will-download', (event) => event.preventDefault())
  forgetSpelling(target)
}

/**
 * The window option `spellcheck: false` leaves the session's checker on, and that one asks a server for dictionaries,
 * past the request filter. It asks even while it is off, as long as there is a language to ask for.
 */
function forgetSpelling(target: Session): void {
  target.setSpellCheckerLanguages([])
  target.setSpellCheckerEnabled(false)
}

const isGranted = (permission: string, address: string): boolean =>
  GRANTED_PERMISSIONS.has(permission) && isOurAddress(address)

function mayRequest(address: string): boolean {
  if (isOurAddress(address)) return true
  // Developer tools are a page of Chromium's own; a packaged program has none.
  return !app.isPackaged && URL.canParse(address) && new URL(address).protocol === 'devtools:'
}

function lockContents(contents: WebContents): void {
  // Without this, STUN to a bare IP address sends UDP past the filter and the host rules.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  // Before the page has its port to the store, and so before it has a text.
  contents.on('did-navigate', () => keepMemoryOutOfDumps(contents.getOSProcessId()))
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    if (!isOurPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}
