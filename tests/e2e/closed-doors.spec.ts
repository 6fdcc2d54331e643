/** Ways in that a program opens by itself: ports for debuggers, and what a crash would leave behind. */
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { commandLine, temporaryFolder, test } from './app.ts'

const { expect } = test
test.use({ inOwnProcess: true })

test.skip(process.platform !== 'linux', 'what a process listens on is read from /proc')

const LISTENING = '0A'

/** Every process that this one started, and those that they started. */
function processesOf(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]) }]
      } catch {
        return []
      }
    })
  const found = [root]
  for (const pid of found)
    found.push(...parents.filter(({ parent }) => parent === pid).map((each) => each.pid))
  return found
}

type Socket = { table: string; state: string; inode: string }

/** The sockets of these processes that stand in the system's tables of TCP and UDP. */
function networkSockets(pids: readonly number[]): Socket[] {
  const own = new Set(
    pids.flatMap((pid) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
          try {
            return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
          } catch {
            return []
          }
        })
      } catch {
        return []
      }
    }),
  )
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/))
      .map((row) => ({ table, state: row[3] ?? '', inode: row[9] ?? '' }))
      .filter(({ inode }) => own.has(inode)),
  )
}

/** How many sockets of these processes wait for somebody to connect. */
const listening = (pids: readonly number[]): number =>
  networkSockets(pids).filter(({ table, state }) => table.startsWith('tcp') && state === LISTENING).length

/** The runtime under another name, with the application inside, is a packed program as far as it can tell. */
function packed(folder: string): string {
  const [runtime = '', ...args] = commandLine([])
  const application = args.find((arg) => !arg.startsWith('-')) ?? ''
  const from = path.dirname(runtime)
  for (const name of readdirSync(from)) {
    if (name === path.basename(runtime)) cpSync(runtime, path.join(folder, 'understory'))
    else if (name !== 'resources') symlinkSync(path.join(from, name), path.join(folder, name))
  }
  mkdirSync(path.join(folder, 'resources'))
  symlinkSync(application, path.join(folder, 'resources', 'app'))
  return path.join(folder, 'understory')
}

for (const [words, isPacked, expected] of [
  ['the packed program listens for no debugger', true, 0],
  ['the development runtime does, so that the test above can tell', false, 1],
] as const) {
  test(words, async () => {
    const folder = await temporaryFolder('packed')
    const [runtime, ...args] = commandLine([])
    const program = isPacked ? packed(folder) : runtime
    const given = isPacked ? args.filter((arg) => arg.startsWith('-')) : args
    const env = { ...process.env, UNDERSTORY_USER_DATA: path.join(folder, 'settings') }
    const child = spawn(program, [...given, '--remote-debugging-port=0', '--remote-allow-origins=*'], { env })
    let said = ''
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
    })
    try {
      // The store is the last process to start: by then a port would be open. As root, as in containers, it cannot.
      const store = () =>
        said.includes('The store process stopped') ||
        processesOf(child.pid ?? 0).some((pid) => {
          try {
            return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node.mojom.NodeService')
          } catch {
            return false
          }
        })
      await expect.poll(store, { timeout: 30_000 }).toBe(true)
      if (expected > 0) await expect.poll(() => listening(processesOf(child.pid ?? 0))).toBe(expected)
      expect(listening(processesOf(child.pid ?? 0))).toBe(expected)
      expect(/DevTools listening/.test(said)).toBe(expected > 0)
    } finally {
      child.kill()
      await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

test('a core dump of main or of the store holds none of their memory', async ({ launch }) => {
  const { app } = await launch()
  const filters = () =>
    processesOf(app.process().pid ?? 0).flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        const isOurs = pid === app.process().pid || line.includes('node.mojom.NodeService')
        return isOurs ? [Number(`0x${readFileSync(`/proc/${pid}/coredump_filter`, 'utf8').trim()}`)] : []
      } catch {
        return []
      }
    })
  await expect.poll(filters).toEqual([0, 0])
})

test('a core dump of the page holds none of its memory, or there is none', async ({ launch }) => {
  const { app } = await launch()
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  const file = `/proc/${pid}/coredump_filter`
  // The files of a process that may not be dumped belong to root.
  const isDumped = statSync(file).uid === process.getuid?.()
  if (isDumped) expect(readFileSync(file, 'utf8').trim()).toMatch(/^0+$/)
})

/**
 * Runs in a page, which looks for a way to a peer. Answers with the candidates found once it has looked everywhere, or
 * with the name of the error. The peer is kept, so that what it opened stays open.
 */
async function lookForPeer(servers: string[]): Promise<string[]> {
  const found: string[] = []
  try {
    const peer = new RTCPeerConnection({ iceServers: servers.map((urls) => ({ urls })) })
    Object.assign(window, { peer })
    peer.createDataChannel('probe')
    const isOver = new Promise<void>((resolve) =>
      peer.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) resolve()
        else if (candidate.candidate !== '') found.push(candidate.candidate)
      }),
    )
    await peer.setLocalDescription(await peer.createOffer())
    await isOver
    return found
  } catch (error) {
    return [(error as Error).name]
  }
}

test('a page that looks for a way to a peer finds none and opens no socket', async ({ launch }) => {
  const { app, page } = await launch()
  const heard: string[] = []
  const server = createSocket('udp4', () => heard.push('a packet'))
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = () => networkSockets(processesOf(app.process().pid ?? 0))
  const before = new Set(sockets().map(({ inode }) => inode))
  const opened = () => sockets().filter(({ inode }) => !before.has(inode))
  for (const servers of [[], [`stun:127.0.0.1:${server.address().port}`]])
    expect(await page.evaluate(lookForPeer, servers)).toEqual(['ReferenceError'])
  expect(opened()).toEqual([])
  expect(heard).toEqual([])
  server.close()

  // So that the count above can tell: a page without our preload script opens some, even under our policy.
  await app.evaluate(async ({ BrowserWindow }, script) => {
    const window = new BrowserWindow({ show: false })
    await window.loadURL('app://bundle/missing.html')
    await window.webContents.executeJavaScript(script)
  }, `(${lookForPeer})([])`)
  expect(opened().map(({ table }) => table)).toContain('udp')
})
