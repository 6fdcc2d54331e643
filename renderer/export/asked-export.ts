/** An export that was asked for from elsewhere, as from the palette: its place opens it once it has something to export. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { goTo, type Place, useSession } from '../state/session.ts'

const useAsked = create<{ place: Place | null }>(() => ({ place: null }))

export function askForExport(place: Place): void {
  goTo(place)
  if (useSession.getState().place === place) useAsked.setState({ place })
}

/** Whoever goes on elsewhere does not want it any more. */
useSession.subscribe((now, before) => {
  if (now.place !== before.place || now.phase !== before.phase) useAsked.setState({ place: null })
})

/** Opens the export of a place when it was asked for; `isReady` says whether there is something to export. */
export function useAskedExport(place: Place, open: () => void, isReady = true): void {
  const isAsked = useAsked((state) => state.place === place)
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once for each time it is asked for
  useEffect(() => {
    if (!isAsked || !isReady) return
    useAsked.setState({ place: null })
    open()
  }, [isAsked, isReady])
}
