/** Imported first, puts `quick-keys.mjs` in the place of the cipher library for this process and its threads. */
import { register } from 'node:module'

const quick = JSON.stringify(new URL('quick-keys.mjs', import.meta.url).href)
const hook = `export const resolve = (name, context, next) =>
  name === 'better-sqlite3' ? { url: ${quick}, shortCircuit: true } : next(name, context)`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
