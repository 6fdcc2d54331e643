/** Ways in that a program opens by itself: ports for debuggers, and what a crash would leave behind. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { commandLine, temporaryFolder, test } from './app.ts'

const { expect } = test

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

/** How many sockets of these processes wait for somebody to connect. */
function listening(pids: readonly number[]): number {
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
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1),
  )
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((row) => row[3] === LISTENING && own.has(row[9] ?? '')).length
}

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
