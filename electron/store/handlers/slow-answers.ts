/**
 * Which answers took long, so that a person who finds the program slow can say where. Kept in the program's own folder on
 * this computer, the newest alone; which verb and how long, never a word of what was asked.
 */
import { z } from 'zod'
import { SLOW_ANSWERS_FILE, type SlowAnswer } from '../../../shared/bridge.ts'
import { contract, type VerbName } from '../../../shared/contract/index.ts'
import { keepInSettings, readFromSettings } from '../file/settings-folder.ts'

/** In ms: two frames and a half, from which a person begins to feel it. */
const SLOW = 40
const KEPT = 200
const SOON = 2_000

const Kept = z.array(z.object({ verb: z.string(), took: z.number(), at: z.string() }))

export class SlowAnswers {
  readonly #folder: string
  #answers: SlowAnswer[] | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(settingsFolder: string) {
    this.#folder = settingsFolder
  }

  /** A job is meant to take long, and says how far it is. */
  note(verb: VerbName, ms: number, now = new Date()): void {
    if (ms <= SLOW || contract[verb].kind === 'job') return
    this.#answers ??= readKept(this.#folder)
    this.#answers.unshift({ verb, took: ms, at: now.toISOString() })
    this.#answers.length = Math.min(this.#answers.length, KEPT)
    this.#timer ??= setTimeout(() => this.flush(), SOON).unref()
  }

  /** What cannot be written is let go: nobody's work hangs on it. */
  flush(): void {
    if (this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
    try {
      keepInSettings(this.#folder, SLOW_ANSWERS_FILE, JSON.stringify(this.#answers))
    } catch {
      // A full disk is said where something is saved.
    }
  }
}

function readKept(folder: string): SlowAnswer[] {
  try {
    return Kept.parse(JSON.parse(readFromSettings(folder, SLOW_ANSWERS_FILE) ?? '[]'))
  } catch {
    return []
  }
}
