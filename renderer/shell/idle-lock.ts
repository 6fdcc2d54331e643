/** Locks the project when nobody has pressed or moved anything for a while, and asks for its passphrase again. */
import { useEffect } from 'react'
import { usePreferences } from '../preferences.ts'
import { lockProject } from '../state/leaving.ts'
import { useSession } from '../state/session.ts'
import { client } from '../store.ts'

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
/** How often is looked, in ms; the lock comes at most so much late. */
const LOOK = 5_000
/** Time for what is typed to be saved before the lock waits for the next look, in ms. */
const PATIENCE = 5_000

let lastSign = 0

/** Fields save when they are left; the lock waits until no change is on its way. */
async function isSettled(): Promise<boolean> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  const end = Date.now() + PATIENCE
  let quiet = 0
  while (quiet < 3) {
    if (Date.now() > end) return false
    await new Promise((resolve) => window.setTimeout(resolve, 50))
    quiet = client.isSaving || useSession.getState().unsaved > 0 ? 0 : quiet + 1
  }
  return true
}

async function lock(minutes: number): Promise<void> {
  if (!(await isSettled())) return
  await lockProject('clock', `Locked after ${minutes} minutes without activity.`)
}

export function useIdleLock(): void {
  const minutes = usePreferences((state) => state.lockAfter)
  useEffect(() => {
    if (minutes === 0) return
    lastSign = Date.now()
    const onSign = () => {
      lastSign = Date.now()
    }
    let isLocking = false
    const look = async () => {
      // Work that goes on by itself keeps nobody in: a search that never ends would keep the lock away for ever.
      if (isLocking || useSession.getState().phase !== 'open') return
      if (Date.now() - lastSign < minutes * 60_000) return
      isLocking = true
      await lock(minutes).catch(() => {})
      isLocking = false
      lastSign = Date.now()
    }
    const timer = window.setInterval(() => void look(), LOOK)
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { capture: true, passive: true })
    return () => {
      window.clearInterval(timer)
      for (const sign of SIGNS) window.removeEventListener(sign, onSign, { capture: true })
    }
  }, [minutes])
}
