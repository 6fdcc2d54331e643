/** The page or a part of it as React draws it, over a port to a real store with the sample project in a real encrypted file. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { cleanup, configure, render, screen } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { expect } from 'vitest'
import { createSample } from '../../electron/store/sample.ts'
import { startPreferences } from '../../renderer/preferences.ts'
import { App } from '../../renderer/shell/App.tsx'
import { arrive } from '../../renderer/shell/opening.ts'
import { goTo, leaveProject, type Place, useSession } from '../../renderer/state/session.ts'
import { client, store } from '../../renderer/store.ts'
import { temporaryFolder } from '../store/temporary-project.ts'
import { RESOURCES, StoreBeside } from '../store-beside.ts'

// The same as the end-to-end tests wait; and a page as text helps nobody who reads of a failure.
configure({
  asyncUtilTimeout: 15_000,
  getElementError: (message) => new Error(message?.split('\n\n')[0] ?? 'not found'),
})

const closings: (() => void)[] = []
/** After every test (`tidy.ts`): the page is gone, and its store is closed. */
export function closePage(): void {
  cleanup()
  for (const close of closings.splice(0)) close()
}

/** Opens the sample project as Amara, who leads, and draws a part of the page; without `part` all of it, in a place. */
export async function openPage(place: Place, part: ReactNode = <App />): Promise<UserEvent> {
  const folder = temporaryFolder()
  layDownSample(folder)
  const beside = new StoreBeside(folder)
  const { port1: ofStore, port2: ofPage } = new MessageChannel()
  ofStore.on(
    'message',
    beside.serve((message) => ofStore.postMessage(message)),
  )
  client.connect({
    postMessage: (message) => ofPage.postMessage(message),
    onMessage: (listener) => ofPage.on('message', listener),
  })
  closings.push(() => {
    leaveProject()
    client.disconnect()
    ofStore.close()
    beside.close()
  })
  Object.assign(window, { bridge: beside.bridge })
  await startPreferences()
  const opening = await store.project.openSample({})
  goTo(place)
  await arrive(opening, null)
  render(part)
  await expect.poll(() => useSession.getState().phase).toBe('open')
  return userEvent.setup()
}

const SAMPLE = 'Sample project.understory'
let sample: string | null = null

/** The sample is made once for all tests of a process: it takes as long as several of them. */
function layDownSample(folder: string): void {
  if (sample === null) {
    const home = mkdtempSync(path.join(tmpdir(), 'understory-sample-'))
    process.once('exit', () => rmSync(home, { recursive: true, force: true }))
    sample = path.join(home, SAMPLE)
    createSample(sample, RESOURCES).close(false)
  }
  copyFileSync(sample, path.join(folder, SAMPLE))
}

/** Waits for one element of a role and name. */
export const shown = <T extends HTMLElement = HTMLElement>(role: string, name: string | RegExp): Promise<T> =>
  screen.findByRole<T>(role, { name })
