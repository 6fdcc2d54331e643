/**
 * The command line program, from the checkout:
 * `npm run --silent understory -- <arguments>`. Whatever is missing or stale is
 * made first; stdout carries what the program prints and nothing else.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { asProgram, root } from './house.mjs'
import { ensureNative } from './native-module.mjs'

await asProgram(async () => {
  await ensureNative()
  await build({ targets: ['cli'], quiet: true })
  const bundle = pathToFileURL(path.join(root, 'out', 'cli', 'cli.js')).href
  /** @type {{ runCli: (argv: string[]) => Promise<number> }} */
  const { runCli } = await import(bundle)
  return runCli(process.argv.slice(2))
})
