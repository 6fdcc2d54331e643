/** Where the keyboard is put on coming to a place, and what a screen reader hears of it. */
import { type RefObject, useEffect } from 'react'
import { announce, PLACE_NAMES, type Place } from '../state/session.ts'

const EMPTY = '.empty .button'

/** What a place is about, or what stands there while there is nothing of it. */
const MAIN: Record<Place, string> = {
  notes: `[role=table], ${EMPTY}`,
  identifiers: `[role=listbox], ${EMPTY}`,
  search: 'input',
  code: `.note-text, .note-pane ${EMPTY}`,
  codebook: `[role=tree], ${EMPTY}`,
  memos: `[role=listbox], ${EMPTY}`,
  retrieval: `[role=listbox], ${EMPTY}`,
  agreement: `[role=table], ${EMPTY}`,
  themes: `[role=table], ${EMPTY}`,
  journal: '[role=table]',
}

/**
 * Puts the keyboard into a place that has just come on screen: at first on the place itself, which says its name,
 * then on its list or text once that is there. Whatever takes the keyboard meanwhile keeps it.
 */
export function useArrival(host: RefObject<HTMLElement | null>, place: Place): void {
  useEffect(() => {
    const element = host.current
    if (!element) return
    const isFree = () => {
      const { activeElement } = document
      return activeElement === document.body || activeElement === element || activeElement === null
    }
    if (isFree() || document.activeElement?.closest('.rail')) element.focus({ preventScroll: true })
    announce(PLACE_NAMES[place])
    /** True when there is nothing left to wait for. */
    const settle = (): boolean => {
      if (!isFree()) return true
      const target = element.querySelector<HTMLElement>(MAIN[place])
      target?.focus({ preventScroll: true })
      return target !== null
    }
    if (settle()) return
    const observer = new MutationObserver(() => settle() && observer.disconnect())
    observer.observe(element, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [host, place])
}
