/** What a crash leaves on the disk must not be what was in memory: keys, passphrases, the words of notes. */
import { writeFileSync } from 'node:fs'

/**
 * Leaves every piece of memory out of a core dump of this process and of those it starts from now on. Node cannot
 * forbid the dump itself (that is `setrlimit`, which it does not offer); Linux lets a process say what goes into it.
 * macOS and Windows write none unless somebody has set them up to. `pid` is another process of the program, such as a
 * page's, which is no child of main's own.
 */
export function keepMemoryOutOfDumps(pid: number | 'self' = 'self'): void {
  if (process.platform !== 'linux') return
  try {
    writeFileSync(`/proc/${pid}/coredump_filter`, '0')
  } catch {
    // Without /proc, as in some confinements, there is nothing to be set; a page in its sandbox leaves no dump at all.
  }
}
