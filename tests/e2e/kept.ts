/**
 * A process that is kept from test to test: its program quits after each and begins anew for the next, with its windows,
 * its store process and all it had in memory gone (tests/starter/main.js). Starting the process itself takes most of a start.
 */
import { rm } from 'node:fs/promises'
import type { ElectronApplication, Page } from '@playwright/test'

export type Started = {
  readonly app: ElectronApplication
  readonly page: Page
  /** What the process wrote to its output, also before this start. */
  readonly written: readonly string[]
}

type Quit = Omit<Started, 'page'>

type Starter = {
  begin(start: { userData: string; args: readonly string[] }): Promise<void>
  quit(): Promise<void>
}

export class KeptProcess {
  #waiting: Quit | null = null
  /** Chromium stays in the settings folders that processes were first started with. */
  readonly #homes = new Set<string>()
  readonly #leftToRemove = new Set<string>()

  /** Begins in the process that waits, or else in one that `startFirst` starts. */
  async start(
    userData: string,
    args: readonly string[],
    startFirst: (userData: string, args: readonly string[]) => Promise<Started>,
  ): Promise<Started> {
    const waiting = this.#waiting
    this.#waiting = null
    if (!waiting || hasEnded(waiting)) {
      this.#homes.add(userData)
      return startFirst(userData, args)
    }
    const window = waiting.app.waitForEvent('window')
    await waiting.app.evaluate(
      (_electron, start) => (globalThis as unknown as { starter: Starter }).starter.begin(start),
      { userData, args },
    )
    return { ...waiting, page: await window }
  }

  /** Has the program quit; its process waits for the next start, unless another waits already. */
  async quit({ app, written }: Quit): Promise<void> {
    if (this.#waiting || hasEnded({ app })) return app.close()
    await app.evaluate(() => (globalThis as unknown as { starter: Starter }).starter.quit())
    this.#waiting = { app, written }
  }

  /** Removes a settings folder; one that a process lives in, when that has ended. */
  async remove(userData: string): Promise<void> {
    if (this.#homes.has(userData)) this.#leftToRemove.add(userData)
    else await rm(userData, { recursive: true, force: true })
  }

  async end(): Promise<void> {
    await this.#waiting?.app.close()
    for (const folder of this.#leftToRemove) await rm(folder, { recursive: true, force: true })
  }
}

function hasEnded({ app }: Pick<Started, 'app'>): boolean {
  const { exitCode, signalCode } = app.process()
  return exitCode !== null || signalCode !== null
}
