/**
 * Runs the benchmarks: `npm run bench`, `npm run bench -- <part of a file name>`.
 * Each `tests/bench/*.bench.ts` is a program of its own that prints one JSON
 * object a line. All lines go to stdout and to out/bench/results.json, together
 * with a calibration: how long a fixed piece of work takes on this machine now.
 * Those whose name begins with "window-" drive the built application in Electron,
 * on a display in memory where there is none; root runs it without its sandbox.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import path from 'node:path'
import { build, bundleInto } from './build.mjs'
import { asProgram, isRoot, root, run, SetupError, say } from './house.mjs'
import { displayCommand, ensureNative, ensureRuntimes } from './setup.mjs'

const sources = path.join(root, 'tests', 'bench')
const out = path.join(root, 'out', 'bench')
const ENDING = '.bench.ts'
const opensWindow = (/** @type {string} */ name) => name.startsWith('window-')

await asProgram(async () => {
  const names = benchmarks(process.argv[2] ?? '')
  const window = names.some(opensWindow) ? await prepareWindow() : null
  await ensureNative()
  // Some benchmarks run the command line as a person's script would.
  await build({ targets: ['cli'], quiet: true })
  await rm(out, { recursive: true, force: true })
  await bundleInto(
    'bench',
    out,
    Object.fromEntries(names.map((name) => [name, path.join(sources, name + ENDING)])),
  )
  const lines = [calibration()]
  console.log(JSON.stringify(lines[0]))
  let failures = 0
  for (const name of names) {
    const { code, stdout, output } = await runOne(name, opensWindow(name) ? window : null)
    const results = stdout.split('\n').filter(Boolean)
    if (code === 0) {
      for (const line of results) {
        lines.push({ bench: name, ...JSON.parse(line) })
        console.log(JSON.stringify(lines.at(-1)))
      }
    } else {
      failures += 1
      say(`${name} failed (exit ${code})\n${output}`)
    }
  }
  await writeFile(path.join(out, 'results.json'), `${JSON.stringify(lines, null, 2)}\n`)
  return failures > 0 ? 1 : 0
})

/** @typedef {{ display: string[], env: NodeJS.ProcessEnv }} WindowSetup */

/** @returns {Promise<WindowSetup>} */
async function prepareWindow() {
  const electron = await ensureRuntimes()
  await build({ quiet: true })
  return {
    display: await displayCommand(),
    env: {
      ...process.env,
      UNDERSTORY_ELECTRON: electron.path,
      UNDERSTORY_ELECTRON_ARGS: isRoot ? '--no-sandbox' : '',
    },
  }
}

function runOne(/** @type {string} */ name, /** @type {WindowSetup | null} */ window) {
  const program = [process.execPath, path.join(out, `${name}.js`)]
  const [command = '', ...args] = [...(window?.display ?? []), ...program]
  return run(command, args, window ? { env: window.env } : {})
}

function benchmarks(/** @type {string} */ part) {
  const files = existsSync(sources) ? readdirSync(sources) : []
  const names = files.filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length))
  const wanted = names.filter((name) => name.includes(part)).sort()
  if (wanted.length === 0)
    throw new SetupError(`no benchmark in tests/bench${part && ` has "${part}" in its name`}.`)
  return wanted
}

/** Compare figures of two machines, or two days, by the ratio of these. */
function calibration() {
  const block = Buffer.alloc(1 << 20, 7)
  const times = []
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now()
    const hash = createHash('sha256')
    for (let at = 0; at < 64; at += 1) hash.update(block)
    hash.digest()
    times.push(performance.now() - started)
  }
  return {
    bench: 'calibration',
    work: 'SHA-256 of 64 MiB, best of 5',
    ms: Math.min(...times),
    node: process.versions.node,
    cpu: cpus()[0]?.model,
    cpus: cpus().length,
  }
}
