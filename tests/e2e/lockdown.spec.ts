/**
 * What the page cannot do, whatever it holds: each test tries it in the real program. The numbers are those of the
 * security checklist. Nothing here depends on what the page shows.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import type { WebPreferences } from 'electron'
import type { Bridge } from '../../shared/bridge.ts'
import { launchApp, type RunningApp, temporaryFolder, test } from './app.ts'

const { expect } = test
test.use({ inOwnProcess: true })

const PAGE = 'app://bundle/index.html'
const BRIDGE_FUNCTIONS: readonly (keyof Bridge)[] = [
  'launch',
  'pickCodebook',
  'pickImportFiles',
  'pickImportFolder',
  'pickNewProject',
  'pickProject',
  'pickSave',
  'readPreferences',
  'recentProjects',
  'rememberProject',
  'renewStore',
  'setMenu',
  'setScale',
  'setTheme',
  'slowAnswers',
  'ticketForFiles',
  'writePreferences',
]

declare global {
  interface Window {
    readonly bridge: Bridge
    wasReached?: boolean
  }
}

/** Electron has it and its own tests use it; only its type is missing. */
type WithPreferences = { getLastWebPreferences(): WebPreferences | null }

/** For what must not happen there is no event to wait for; this is many times as long as it takes when it does. */
const settle = (page: Page) => page.waitForTimeout(250)

test.describe('one running program', () => {
  let running: RunningApp
  let app: ElectronApplication
  let page: Page

  test.beforeAll(async () => {
    running = await launchApp()
    app = running.app
    page = running.page
  })
  test.afterAll(() => running.close())
  // What one attempt leaves behind in the page must not stand in the way of the next.
  test.beforeEach(async () => {
    await page.reload()
    await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' })
  })

  test('S1 every window is isolated and sandboxed, without Node, webviews or spelling', async () => {
    const windows = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => {
        const { contextIsolation, sandbox, webSecurity, nodeIntegration, webviewTag } =
          (webContents as unknown as WithPreferences).getLastWebPreferences() ?? {}
        return { contextIsolation, sandbox, webSecurity, nodeIntegration, webviewTag }
      }),
    )
    expect(windows).toEqual([
      {
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        nodeIntegration: false,
        webviewTag: false,
      },
    ])
    const spelling = await app.evaluate(({ session }) => ({
      isOn: session.defaultSession.isSpellCheckerEnabled(),
      languages: session.defaultSession.getSpellCheckerLanguages(),
    }))
    expect(spelling).toEqual({ isOn: false, languages: [] })
  })

  test('S2 the page has no Node', async () => {
    const types = await page.evaluate(() =>
      ['require', 'process', 'Buffer', 'module', '__dirname', 'global', 'ipcRenderer', 'electron'].map(
        (name) => typeof (globalThis as Record<string, unknown>)[name],
      ),
    )
    expect(new Set(types)).toEqual(new Set(['undefined']))
  })

  test('S3 the bridge is all the page is given, with exactly its functions', async () => {
    const functions = await page.evaluate(() =>
      Object.entries(window.bridge).map(([name, is]) => [name, typeof is]),
    )
    expect(functions.sort()).toEqual(BRIDGE_FUNCTIONS.map((name) => [name, 'function']))

    // What the platform itself gives a page of this origin: an empty answer in a window without our preload.
    const blank = await app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false })
      await window.loadURL('app://bundle/missing.html')
      const names: string[] = await window.webContents.executeJavaScript('Object.getOwnPropertyNames(window)')
      window.destroy()
      return names
    })
    const ours = await page.evaluate(() => Object.getOwnPropertyNames(window))
    // Numbered names are frames; what begins with underscores is left by the tool that drives this test.
    const added = ours.filter((name) => !blank.includes(name) && !/^(\d+|__.*)$/.test(name))
    expect(added).toEqual(['bridge'])
  })

  test('S3 the page cannot change the bridge', async () => {
    const outcome = await page.evaluate(() => {
      const before = window.bridge.launch
      try {
        Object.assign(window.bridge, { launch: () => 'mine' })
      } catch {
        // A frozen object may say so or stay silent.
      }
      return window.bridge.launch === before
    })
    expect(outcome).toBe(true)
  })

  test('S4 the operating system confines the page’s process', async () => {
    test.skip(process.platform !== 'linux', 'read from /proc')
    test.skip(
      (process.env.UNDERSTORY_ELECTRON_ARGS ?? '').includes('--no-sandbox'),
      'this run had to go without the sandbox',
    )
    const { pid, switches } = await app.evaluate(({ BrowserWindow, app: electron }) => ({
      pid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
      switches: electron.commandLine.hasSwitch('no-sandbox'),
    }))
    expect(switches).toBe(false)
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m)
  })

  test('S5 only the built page is served', async () => {
    const statuses = await app.evaluate(async ({ session }) => {
      const ask = async (address: string, method = 'GET') => {
        try {
          return (await session.defaultSession.fetch(address, { method })).status
        } catch {
          return 'failed'
        }
      }
      return {
        page: await ask('app://bundle/index.html'),
        missing: await ask('app://bundle/missing.js'),
        up: await ask('app://bundle/..%2f..%2fpackage.json'),
        upBackwards: await ask('app://bundle/..%5c..%5cpackage.json'),
        upByDots: await ask('app://bundle/%2e%2e/%2e%2e/package.json'),
        builtMain: await ask('app://bundle/../main/main.js'),
        otherHost: await ask('app://elsewhere/index.html'),
        post: await ask('app://bundle/index.html', 'POST'),
        put: await ask('app://bundle/index.html', 'PUT'),
        web: await ask('http://127.0.0.1/'),
      }
    })
    expect(statuses).toEqual({
      page: 200,
      missing: 404,
      up: 403,
      upBackwards: 403,
      upByDots: 404,
      builtMain: 404,
      otherHost: 403,
      post: 405,
      put: 405,
      web: 'failed',
    })
  })

  test('S5 the page itself fetches nothing but its own parts', async () => {
    const outcomes = await page.evaluate(async () => {
      const addresses = [
        'file:///etc/hostname',
        'app://elsewhere/index.html',
        'http://127.0.0.1/',
        'https://example.invalid/',
        'data:text/plain,hello',
        'blob:app://bundle/0000',
        'devtools://devtools/bundled/inspector.html',
        'chrome://version/',
      ]
      return Promise.all(
        addresses.map((address) =>
          fetch(address).then(
            () => `${address} answered`,
            () => 'failed',
          ),
        ),
      )
    })
    expect(new Set(outcomes)).toEqual(new Set(['failed']))
  })

  test('S6 every document carries the policy', async () => {
    const policies = await page.evaluate(async () =>
      Promise.all(
        ['index.html', 'missing.html'].map(async (name) =>
          (await fetch(name)).headers.get('content-security-policy'),
        ),
      ),
    )
    const expected =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; worker-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'none'"
    expect(policies).toEqual([expected, expected])
  })

  test('S6 no eval, no inline script, no script from data, no frame, no base', async () => {
    const expected = ['base-uri', 'frame-src', 'object-src', 'script-src-attr', 'script-src-elem']
    const outcome = await page.evaluate(async (expected) => {
      // Out of the driving tool's call stack, which may evaluate what a page may not.
      const later = <T>(work: () => T | Promise<T>) =>
        new Promise<T>((resolve, reject) =>
          setTimeout(() => Promise.resolve().then(work).then(resolve, reject)),
        )
      const add = (name: string, properties: Record<string, string>) =>
        document.body.appendChild(Object.assign(document.createElement(name), properties))
      const violations: string[] = []
      const areAllRefused = new Promise<void>((resolve) =>
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          violations.push(effectiveDirective)
          if (expected.every((directive) => violations.includes(directive))) resolve()
        }),
      )

      const evalError = await later(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: that it fails is what is tested.
          eval('1 + 1')
          return 'ran'
        } catch (error) {
          return (error as Error).name
        }
      })
      await later(() => {
        add('script', { textContent: 'window.wasReached = true' })
        add('script', { src: 'data:text/javascript,window.wasReached=true' })
        add('iframe', { src: 'app://bundle/index.html' })
        add('object', { data: 'app://bundle/index.html' })
        document.head.appendChild(
          Object.assign(document.createElement('base'), { href: 'https://example.invalid/' }),
        )
        add('button', { textContent: 'x' }).setAttribute('onclick', 'window.wasReached = true')
        document.querySelector<HTMLButtonElement>('body > button:last-of-type')?.click()
      })
      await areAllRefused
      return {
        evalError,
        wasReached: window.wasReached ?? false,
        base: document.baseURI,
        violated: [...new Set(violations)].sort(),
      }
    }, expected)
    expect(outcome).toMatchObject({ evalError: 'EvalError', wasReached: false, base: PAGE })
    expect(outcome.violated).toEqual(expect.arrayContaining(expected))
  })

  test('S6b styles need no unsafe-inline: adopted sheets work, style elements and attributes do not', async () => {
    const colours = await page.evaluate(() => {
      const RED = 'rgb(255, 0, 0)'
      const sheet = new CSSStyleSheet()
      sheet.insertRule('#adopted { color: rgb(255, 0, 0) }')
      document.adoptedStyleSheets.push(sheet)
      const made = (id: string) =>
        document.body.appendChild(Object.assign(document.createElement('p'), { id }))
      const isRed = (element: Element) => getComputedStyle(element).color === RED

      const adopted = made('adopted')
      const property = made('property')
      property.style.color = RED
      const attribute = made('attribute')
      attribute.setAttribute('style', `color: ${RED}`)
      const element = made('element')
      document.head.appendChild(
        Object.assign(document.createElement('style'), { textContent: `#element { color: ${RED} }` }),
      )
      return {
        adopted: isRed(adopted),
        property: isRed(property),
        attribute: isRed(attribute),
        element: isRed(element),
      }
    })
    expect(colours).toEqual({ adopted: true, property: true, attribute: false, element: false })
  })

  test('S7 every permission but writing text to the clipboard is denied', async () => {
    const states = await page.evaluate(async () => {
      const names = [
        'accelerometer',
        'ambient-light-sensor',
        'background-sync',
        'camera',
        'clipboard-read',
        'display-capture',
        'geolocation',
        'gyroscope',
        'idle-detection',
        'local-fonts',
        'magnetometer',
        'microphone',
        'midi',
        'notifications',
        'payment-handler',
        'persistent-storage',
        'push',
        'screen-wake-lock',
        'storage-access',
        'window-management',
      ]
      const found: Record<string, string> = {}
      for (const name of names) {
        const description = { name, userVisibleOnly: true } as unknown as PermissionDescriptor
        found[name] = await navigator.permissions.query(description).then(
          ({ state }) => state,
          () => 'denied',
        )
      }
      return found
    })
    expect(Object.entries(states).filter(([, state]) => state !== 'denied')).toEqual([])
  })

  test('S7 what needs a permission fails', async () => {
    await page.bringToFront()
    const outcomes = await page.evaluate(async () => {
      const outcome = (work: () => Promise<unknown>) =>
        work().then(
          (value) => `got ${String(value)}`,
          () => 'refused',
        )
      return {
        camera: await outcome(() => navigator.mediaDevices.getUserMedia({ video: true })),
        microphone: await outcome(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await outcome(() => navigator.mediaDevices.getDisplayMedia()),
        clipboard: await outcome(() => navigator.clipboard.readText()),
        notification: await outcome(async () => {
          if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied')
        }),
        place: await outcome(
          () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
        device: await outcome(async () => {
          const { usb } = navigator as unknown as { usb: { requestDevice(filter: object): Promise<unknown> } }
          return usb.requestDevice({ filters: [] })
        }),
      }
    })
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['refused']))
  })

  test('S8 nothing leads away from the page', async () => {
    const victim = path.join(running.userData, 'dropped.html')
    const attempts: Record<string, (target: string) => void> = {
      'a new location': (target) => {
        location.href = target
      },
      'replacing the location': (target) => location.replace(target),
      'a link': (target) => Object.assign(document.createElement('a'), { href: target }).click(),
      'a form': (target) => {
        const form = document.createElement('form')
        Object.assign(form, { action: target, method: 'get' })
        document.body.appendChild(form).submit()
      },
      'a refresh': (target) => {
        const meta = Object.assign(document.createElement('meta'), {
          httpEquiv: 'refresh',
          content: `0; url=${target}`,
        })
        document.head.appendChild(meta)
      },
    }
    const targets = [
      'https://example.invalid/',
      'https://example.invalid/?next=app://bundle/index.html',
      'app://elsewhere/index.html',
      'app://bundle/missing.html',
      `file://${victim}`,
      'data:text/html,<h1>elsewhere</h1>',
      'mailto:someone@example.invalid',
    ]
    await page.evaluate(() => {
      window.wasReached = true
    })
    for (const attempt of Object.values(attempts)) {
      for (const target of targets) await page.evaluate(attempt, target)
      await settle(page)
      expect(page.url()).toBe(PAGE)
    }
    // The very same document, not one that was left and loaded again.
    expect(await page.evaluate(() => window.wasReached)).toBe(true)
  })

  test('S8 a file dropped on the page does not replace it', async () => {
    const session = await page.context().newCDPSession(page)
    const data = { items: [], files: [path.join(running.userData, 'window.json')], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
    }
    await settle(page)
    expect(page.url()).toBe(PAGE)
    // Ends the drag, which would swallow the mouse of later tests.
    await session.send('Input.dispatchDragEvent', { type: 'dragCancel', x: 0, y: 0, data })
    await session.detach()
  })

  test('S8 not even main can load a page from the web', async () => {
    const outcome = await app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false })
      const loaded = await window.loadURL('http://127.0.0.1:9/').then(
        () => 'loaded',
        (error: Error) => error.message,
      )
      window.destroy()
      return loaded
    })
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT')
  })

  test('S9 no second window', async () => {
    const opened = await page.evaluate(() =>
      ['about:blank', 'app://bundle/index.html', 'https://example.invalid/', ''].map((address) =>
        window.open(address),
      ),
    )
    expect(opened).toEqual([null, null, null, null])
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), {
        href: 'app://bundle/index.html',
        id: 'probe',
      })
      link.textContent = 'probe'
      link.style.cssText =
        'position: fixed; inset: 0 auto auto 0; z-index: 2147483647; padding: 20px; display: block'
      document.body.appendChild(link)
    })
    const link = page.locator('#probe')
    await link.click({ button: 'middle' })
    await link.click({ modifiers: ['ControlOrMeta'] })
    await link.click({ modifiers: ['Shift'] })
    await link.evaluate((element: HTMLAnchorElement) => {
      element.target = '_blank'
      element.click()
      element.remove()
    })
    await settle(page)
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
    expect(page.url()).toBe(PAGE)
  })

  test('S10 no webview', async () => {
    const isPlain = await page.evaluate(() => {
      const view = document.createElement('webview')
      view.setAttribute('src', 'app://bundle/index.html')
      document.body.appendChild(view)
      return !('getWebContentsId' in view)
    })
    await settle(page)
    expect(isPlain).toBe(true)
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
  })

  test('S11 another window with the same page and preload gets no answer and no port', async () => {
    const outcome = await app.evaluate(async ({ BrowserWindow, app: electron }, address) => {
      const preload = `${electron.getAppPath()}/out/preload/preload.cjs`
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      })
      await window.loadURL(address)
      const answer: string = await window.webContents.executeJavaScript(
        "bridge.launch().then(() => 'answered', (error) => error.message)",
      )
      window.destroy()
      return answer
    }, PAGE)
    expect(outcome).toContain('refused')
  })

  test('S12 the bridge refuses arguments that are not what it expects and changes nothing', async () => {
    const before = await page.evaluate(() => window.bridge.readPreferences())
    const outcomes = await page.evaluate(async () => {
      const bridge = window.bridge as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
      const calls: [string, unknown[]][] = [
        ['setTheme', ['neon']],
        ['setTheme', [{ toString: 'dark' }]],
        ['setScale', [0]],
        ['setScale', ['1.5']],
        ['writePreferences', ['text']],
        ['writePreferences', [[1, 2]]],
        ['writePreferences', [null]],
        ['writePreferences', [{ much: 'x'.repeat(70_000) }]],
        ['pickSave', ['executable', 'name']],
        ['pickSave', ['__proto__', 'name']],
        ['pickSave', ['backup', { length: 3 }]],
        ['pickNewProject', [42]],
        ['pickNewProject', ['x'.repeat(1_000)]],
        ['rememberProject', ['/etc/passwd']],
        ['rememberProject', [undefined]],
        ['setMenu', ['yes']],
        ['setMenu', [{ isProjectOpen: true, exports: [], project: [], places: [{ id: 'placeCode' }] }]],
      ]
      const refusals: string[] = []
      for (const [name, args] of calls) {
        const refusal = await bridge[name]?.(...args).then(
          () => `${name} answered`,
          (error: Error) => error.message,
        )
        refusals.push(refusal ?? 'missing')
      }
      return refusals
    })
    for (const outcome of outcomes) expect(outcome).toContain('Nothing was changed')
    expect(await page.evaluate(() => window.bridge.readPreferences())).toEqual(before)
    expect(await page.evaluate(() => window.bridge.recentProjects())).toEqual([])
  })

  test('S13 picking gives the page a ticket and a name, never a path', async () => {
    const folder = path.join(running.userData, 'private-folder')
    await running.answerOpen([path.join(folder, 'one.csv'), path.join(folder, 'two.csv')])
    const files = await page.evaluate(() => window.bridge.pickImportFiles())
    expect(files).toEqual({ ticket: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'one.csv and 1 more' })

    await running.answerSave(path.join(folder, 'Study'))
    const project = await page.evaluate(() => window.bridge.pickNewProject('Study'))
    expect(project).toEqual({ ticket: expect.any(String), name: 'Study.understory' })

    await page.evaluate((ticket) => window.bridge.rememberProject(ticket), project?.ticket ?? '')
    const recent = await page.evaluate(() => window.bridge.recentProjects())
    expect(recent).toEqual([
      {
        ticket: expect.any(String),
        name: 'Study.understory',
        folder: 'private-folder',
        openedAt: expect.stringMatching(/^\d{4}-/),
      },
    ])
    expect(JSON.stringify([files, project, recent])).not.toContain(running.userData)

    await running.answerOpen(null)
    expect(await page.evaluate(() => window.bridge.pickProject())).toBeNull()
  })

  test('S14 no link is ever handed to another program', async () => {
    await app.evaluate(({ shell }) => {
      const handed: string[] = []
      Object.assign(globalThis, { handed })
      shell.openExternal = async (address) => void handed.push(address)
      shell.openPath = async (file) => {
        handed.push(file)
        return ''
      }
    })
    await page.evaluate(() => {
      for (const address of [
        'https://example.invalid/',
        'mailto:a@example.invalid',
        'file:///etc',
        'ms-word:x',
        'tel:1',
      ]) {
        for (const target of ['_self', '_blank']) {
          Object.assign(document.createElement('a'), { href: address, target }).click()
        }
        window.open(address)
      }
    })
    await settle(page)
    expect(await app.evaluate(() => (globalThis as unknown as { handed: string[] }).handed)).toEqual([])
    expect(page.url()).toBe(PAGE)
  })

  test('a download does not reach the disk', async () => {
    const isPrevented = app.evaluate(
      ({ session }) =>
        new Promise<boolean>((resolve) => {
          // After ours, which was there first.
          session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented))
        }),
    )
    await page.evaluate(() => {
      const href = URL.createObjectURL(new Blob(['text']))
      Object.assign(document.createElement('a'), { href, download: 'copy.txt' }).click()
    })
    expect(await isPrevented).toBe(true)
  })

  test('S17 in main, every way from Node to a network throws', async () => {
    const outcomes = await app.evaluate(() => {
      const attempt = (work: () => unknown) => {
        try {
          work()
          return 'went through'
        } catch (error) {
          return (error as { code?: string }).code
        }
      }
      const net = process.getBuiltinModule('node:net')
      const dns = process.getBuiltinModule('node:dns')
      const dgram = process.getBuiltinModule('node:dgram')
      const tls = process.getBuiltinModule('node:tls')
      const http = process.getBuiltinModule('node:http')
      const https = process.getBuiltinModule('node:https')
      return [
        attempt(() => net.connect(80, '127.0.0.1')),
        attempt(() => new net.Socket().connect(80, '127.0.0.1')),
        attempt(() => dns.lookup('example.invalid', () => {})),
        attempt(() => dns.promises.resolve('example.invalid')),
        attempt(() => dgram.createSocket('udp4')),
        attempt(() => tls.connect(443, '127.0.0.1')),
        attempt(() => http.get('http://127.0.0.1/')),
        attempt(() => https.get('https://127.0.0.1/')),
        attempt(() => fetch('http://127.0.0.1/')),
      ]
    })
    expect(new Set(outcomes)).toEqual(new Set(['ERR_NETWORK_FORBIDDEN']))
  })
})

test.describe('S17 nothing leaves the computer', () => {
  test('no name is asked for, no connection is made, no packet is sent', async ({ launch }) => {
    const listeners = await listen()
    const log = path.join(await temporaryFolder('net-log'), 'net-log.json')
    const running = await launch({ args: [`--log-net-log=${log}`, '--net-log-capture-mode=Everything'] })
    const outcomes = await running.page.evaluate(tryEverything, listeners.target)
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'failed')).toEqual([])
    await running.close()
    expect(listeners.received).toEqual([])
    listeners.close()

    const { types, addresses } = readNetLog(log)
    // The log did see the attempts by name end at the host rules.
    expect(types).toContain('HOST_RESOLVER_MANAGER_REQUEST')
    expect(types.filter((type) => LEAVING.test(type))).toEqual([])
    expect(addresses.filter((address) => /^(https?|wss?|ftp):/i.test(address))).toEqual([])
  })
})

/** Event types of Chromium's network log that mean a name was asked for or a packet was sent. */
const LEAVING = /^(DNS_TRANSACTION.*|TCP_CONNECT.*|UDP_BYTES_SENT|UDP_SEND.*|SOCKET_BYTES_SENT|QUIC_SESSION)$/

type Target = { host: string; tcp: number; udp: number }

/** Ears on this computer's own address: whatever of the attempts got out would be heard. */
async function listen() {
  const received: string[] = []
  const server = createServer((socket) => {
    received.push('TCP connection')
    socket.destroy()
  })
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  const socket = createSocket('udp4', () => received.push('UDP packet'))
  socket.bind(0, '0.0.0.0')
  await once(socket, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The listener has no port.')
  const target: Target = { host: ownAddress(), tcp: address.port, udp: socket.address().port }
  const close = () => {
    server.close()
    socket.close()
  }
  return { received, target, close }
}

function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
}

/** Runs in the page. Every outcome is 'failed' unless something answered. */
async function tryEverything({ host, tcp, udp }: Target): Promise<Record<string, string>> {
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => 'answered',
      () => 'failed',
    )
  const opening = (source: { onopen: unknown; onerror: unknown }) =>
    new Promise((resolve, reject) => Object.assign(source, { onopen: resolve, onerror: reject }))
  const image = (src: string) =>
    new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src }))
  const refuses = async (work: () => unknown) => work()

  /** Fulfilled with candidates beyond this computer, if any are found. */
  const gather = async (urls: string) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls, username: 'u', credential: 'c' }] })
    const candidates: string[] = []
    peer.onicecandidate = ({ candidate }) => candidate?.candidate && candidates.push(candidate.candidate)
    peer.createDataChannel('probe')
    await peer.setLocalDescription(await peer.createOffer())
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    peer.close()
    if (candidates.length === 0) throw new Error('no candidates')
  }
  /** Fulfilled when a peer at the given candidates is reached. */
  const reach = async (candidates: string[]) => {
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()]
    here.createDataChannel('probe')
    await here.setLocalDescription(await here.createOffer())
    if (here.localDescription) await there.setRemoteDescription(here.localDescription)
    await there.setLocalDescription(await there.createAnswer())
    if (there.localDescription) await here.setRemoteDescription(there.localDescription)
    for (const candidate of candidates) await here.addIceCandidate({ candidate, sdpMid: '0' })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const state = here.iceConnectionState
    here.close()
    there.close()
    if (state !== 'connected' && state !== 'completed') throw new Error(state)
  }

  for (const rel of [
    'dns-prefetch',
    'preconnect',
    'prefetch',
    'preload',
    'modulepreload',
    'stylesheet',
    'icon',
    'manifest',
  ]) {
    for (const origin of [
      `http://${host}:${tcp}`,
      `http://probe-${rel}.example.org`,
      `//probe-${rel}.example.org`,
    ]) {
      const link = Object.assign(document.createElement('link'), { rel, href: `${origin}/probe` })
      if (rel === 'preload') link.as = 'script'
      document.head.append(link)
    }
  }
  // Says true for "queued" even when nothing will be sent: the listeners tell.
  navigator.sendBeacon(`http://${host}:${tcp}/beacon`)
  navigator.sendBeacon('https://probe-beacon.example.org/')

  const attempts: Record<string, Promise<unknown>> = {
    fetch: fetch(`http://${host}:${tcp}/`),
    'fetch without CORS': fetch(`http://${host}:${tcp}/`, { mode: 'no-cors' }),
    'fetch by name': fetch('https://probe-fetch.example.org/'),
    image: image(`http://${host}:${tcp}/probe.png`),
    WebSocket: refuses(() => opening(new WebSocket(`ws://${host}:${tcp}/`))),
    'WebSocket by name': refuses(() => opening(new WebSocket('wss://probe-socket.example.org/'))),
    EventSource: refuses(() => opening(new EventSource(`http://${host}:${tcp}/`))),
    WebTransport: refuses(() => new WebTransport(`https://${host}:${udp}/`).ready),
    'STUN by name': gather('stun:probe-stun.example.org:3478'),
    'STUN by address': gather(`stun:${host}:${udp}`),
    'TURN over UDP': gather(`turn:${host}:${udp}`),
    'TURN over TCP': gather(`turn:${host}:${tcp}?transport=tcp`),
    'TURN over TLS': gather(`turns:${host}:${tcp}?transport=tcp`),
    'a WebRTC peer': reach([
      `candidate:1 1 udp 2113937151 ${host} ${udp} typ host`,
      `candidate:2 1 tcp 1518280447 ${host} ${tcp} typ host tcptype passive`,
    ]),
  }
  const outcomes: Record<string, string> = {}
  for (const [name, attempt] of Object.entries(attempts)) outcomes[name] = await failed(attempt)
  return outcomes
}

type NetLog = {
  constants: { logEventTypes: Record<string, number> }
  events: { type: number; params?: { url?: string } }[]
}

function readNetLog(file: string): { types: string[]; addresses: string[] } {
  const text = readFileSync(file, 'utf8').trimEnd()
  // A process that ended before it closed its log leaves the last brackets off.
  const { constants, events }: NetLog = JSON.parse(
    text.endsWith(']}') || text.endsWith('}') ? text : `${text.replace(/,$/, '')}]}`,
  )
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]))
  return {
    types: [...new Set(events.map(({ type }) => names.get(type) ?? String(type)))],
    addresses: events.flatMap(({ params }) => params?.url ?? []),
  }
}
