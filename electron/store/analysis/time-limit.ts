/** Work that may never end, ended. */
import { createContext, Script } from 'node:vm'

type Box = { work: () => unknown }
const box = createContext({ work: () => undefined }) as Box
const call = new Script('work()')

/**
 * Runs `work` where it stands and gives what it gives, or null when it takes longer than `limit` milliseconds. Nothing
 * else stops a regular expression that tries every way there is: the engine looks for nobody while it matches. `work`
 * must leave nothing half-done that matters, as it may be stopped anywhere.
 */
export function withinTime<T>(limit: number, work: () => T): { value: T } | null {
  box.work = work
  try {
    return { value: call.runInContext(box, { timeout: Math.max(1, Math.ceil(limit)) }) as T }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
    throw error
  } finally {
    box.work = () => undefined
  }
}
