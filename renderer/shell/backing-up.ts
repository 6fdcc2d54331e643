/** An encrypted copy of the project, asked for from the settings or by name. One at a time. */
import { create } from 'zustand'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { complain, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'

type Work = { token: CancelToken; progress: Progress | null }
const useWork = create<{ work: Work | null }>(() => ({ work: null }))

export function useBackup(): { work: Work | null; backUp(): Promise<void> } {
  return { work: useWork((state) => state.work), backUp }
}

async function backUp(): Promise<void> {
  const { project } = useSession.getState()
  if (!project || useWork.getState().work) return
  const day = new Date().toISOString().slice(0, 10)
  const picked = await window.bridge.pickSave('backup', `${project.title} backup ${day}`)
  if (!picked) return
  const token = new CancelToken()
  const show = (progress: Progress | null) => useWork.setState({ work: { token, progress } })
  show(null)
  try {
    await store.project.backup({ ticket: picked.ticket }, { signal: token, onProgress: show })
    const note = { name: picked.name, folder: picked.folder, at: new Date().toISOString() }
    setPreferences({ backups: { ...usePreferences.getState().backups, [project.id]: note } })
    say(`A backup was written to ${picked.name}`)
  } catch (error) {
    complain(error)
  } finally {
    useWork.setState({ work: null })
  }
}
