/**
 * Starts the application from the checkout: `npm start`, `npm start -- <arguments>`.
 */
import { build } from './build.mjs'
import { asProgram, isRoot, root, runInFront, say } from './house.mjs'
import { displayCommand, ensureRuntimes } from './setup.mjs'

await asProgram(async () => {
  const electron = await ensureRuntimes()
  await build()
  return runInFront([
    ...(await displayCommand()),
    electron.path,
    ...sandboxArguments(),
    root,
    ...process.argv.slice(2),
  ])
})

/** Chromium refuses its sandbox to root, on Linux. The product itself never asks for this. */
function sandboxArguments() {
  if (!isRoot || process.platform !== 'linux') return []
  say('started as root: Chromium runs without its sandbox (--no-sandbox), in this development run only')
  return ['--no-sandbox']
}
