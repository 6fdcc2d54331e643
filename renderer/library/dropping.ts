/** Files and folders dropped anywhere on the window. Dropping never leads away from the page. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { lookAt } from '../codebook/files/importing.ts'
import { complain, say, useSession } from '../state/session.ts'
import { isImportRunning, prepareImport } from './importing.ts'

/** How many things are held over the window; 0 for none. */
export const useDropping = create<{ held: number }>(() => ({ held: 0 }))
const hold = (held: number) => {
  if (useDropping.getState().held !== held) useDropping.setState({ held })
}

export type DroppedKind = 'notes' | 'codebook' | 'mixed' | 'project' | 'exchange'

/** What a drop is, by the names alone. */
export function kindOfDrop(names: readonly string[]): DroppedKind {
  const endings = names.map((name) => /\.(qdc|qdpx|understory)$/i.exec(name)?.[1]?.toLowerCase())
  if (endings.includes('understory')) return 'project'
  if (endings.includes('qdpx')) return 'exchange'
  if (!endings.includes('qdc')) return 'notes'
  return names.length === 1 ? 'codebook' : 'mixed'
}

const REFUSED: Record<Exclude<DroppedKind, 'notes' | 'codebook'>, string> = {
  mixed:
    'Drop a codebook (.qdc) by itself: notes and codebooks are imported separately. Nothing was imported.',
  project:
    'That is a whole project. Lock this one (Ctrl+L) and open it from the first screen. Nothing was read.',
  exchange:
    'Whole projects of other programs (.qdpx) cannot be dropped here. Drop the notes and the codebook (.qdc). Nothing was read.',
}

async function receive(files: readonly File[]): Promise<void> {
  if (useSession.getState().phase !== 'open') {
    say('Open a project first, then drop the notes on it. Nothing was read.')
    return
  }
  const kind = kindOfDrop(files.map((file) => file.name))
  if (kind !== 'notes' && kind !== 'codebook') {
    say(REFUSED[kind])
    return
  }
  const picked = await window.bridge.ticketForFiles(files)
  if (!picked)
    say('What was dropped is not a file or folder of this computer. Save it first, then drop it again.')
  else if (kind === 'notes') prepareImport(picked)
  else lookAt({ ticket: picked.ticket, isSplit: false }, picked.name)
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

function onDrag(event: DragEvent): void {
  if (!event.dataTransfer || !hasFiles(event)) return
  event.preventDefault()
  // What lies under the pointer, such as the codebook's tree, takes codes and not files.
  event.stopPropagation()
  const canTake = useSession.getState().phase === 'open' && !isImportRunning()
  event.dataTransfer.dropEffect = canTake ? 'copy' : 'none'
  hold(Math.max(1, [...event.dataTransfer.items].filter((item) => item.kind === 'file').length))
}

function onLeave(event: DragEvent): void {
  // Within the window one element is left for another.
  if (event.relatedTarget === null) hold(0)
}

function onDrop(event: DragEvent): void {
  if (!event.dataTransfer || !hasFiles(event)) return
  event.preventDefault()
  event.stopPropagation()
  hold(0)
  const files = [...event.dataTransfer.files]
  if (files.length > 0) receive(files).catch(complain)
}

/** Takes drops while the component is on screen. */
export function useDrops(): void {
  useEffect(() => {
    const gone = new AbortController()
    const options = { capture: true, signal: gone.signal }
    window.addEventListener('dragenter', onDrag, options)
    window.addEventListener('dragover', onDrag, options)
    window.addEventListener('dragleave', onLeave, options)
    window.addEventListener('drop', onDrop, options)
    return () => gone.abort()
  }, [])
}
