/** Where the details of a coding stand, below the note or beside it, and whether they are open. */
import { type RefObject, useLayoutEffect, useState } from 'react'
import { create } from 'zustand'
import { useCommand } from '../keys/use-command.ts'
import { keepingPlace, noteHandle } from '../note/handle.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { announce, say } from '../state/session.ts'

/** In px: what the note needs to be read, in width and height, and the details to be of use beside or below it. */
export const LEAST = { note: 400, noteHeight: 280, beside: 240, below: 96 }

export type DrawerPlace = {
  /** How note and details share their room now. */
  layout: 'below' | 'beside'
  isOpen: boolean
  /** Whether there is room for both next to each other. */
  hasRoom: boolean
  /** In px: the most the details may take. */
  most: number
}

/** What of a coding is shown besides; it stays so from one coding to the next. */
export const useShownParts = create<{ isHistory: boolean; isMeaning: boolean }>(() => ({
  isHistory: false,
  isMeaning: false,
}))

export const toggleHistory = (): void =>
  useShownParts.setState(({ isHistory }) => ({ isHistory: !isHistory }))
export const toggleMeaning = (): void =>
  useShownParts.setState(({ isMeaning }) => ({ isMeaning: !isMeaning }))

/** `host` holds both. In a narrow window the details go below, whatever was chosen: the note is what is read. */
export function useDrawerPlace(host: RefObject<HTMLElement | null>): DrawerPlace {
  const { isDetailsOpen, detailsPlace } = usePreferences()
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = host.current
    if (!element) return
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [host])
  const hasRoom = room.width >= LEAST.note + LEAST.beside
  const isBeside = isDetailsOpen && hasRoom && detailsPlace === 'beside'
  const most = isBeside ? room.width - LEAST.note : Math.max(LEAST.below, room.height - LEAST.noteHeight)
  useDrawerCommands(hasRoom)
  return { layout: isBeside ? 'beside' : 'below', isOpen: isDetailsOpen, hasRoom, most }
}

export const NO_ROOM = 'No room beside the note: hide a pane or widen the window.'

function useDrawerCommands(hasRoom: boolean): void {
  useCommand('toggleDetails', toggleDetails)
  useCommand('detailsPlace', () => moveDetails(hasRoom))
  useCommand('codingHistory', () => showPart(toggleHistory))
  useCommand('codingMeaning', () => showPart(toggleMeaning))
}

export function toggleDetails(): void {
  const { isDetailsOpen } = usePreferences.getState()
  // What is put away had the keyboard, perhaps.
  if (isDetailsOpen && hasKeyboard()) noteHandle.current?.focus()
  keepingPlace(() => setPreferences({ isDetailsOpen: !isDetailsOpen }))
  announce(isDetailsOpen ? 'Details of codings hidden' : 'Details of codings shown')
}

/** Below, or beside. */
export function moveDetails(hasRoom: boolean): void {
  const { detailsPlace } = usePreferences.getState()
  if (detailsPlace !== 'beside' && !hasRoom) {
    say(NO_ROOM)
    return
  }
  const next = detailsPlace === 'beside' ? 'below' : 'beside'
  keepingPlace(() => setPreferences({ detailsPlace: next, isDetailsOpen: true }))
  announce(next === 'beside' ? 'Details are beside the note' : 'Details are below the note')
}

function showPart(toggle: () => void): void {
  toggle()
  if (!usePreferences.getState().isDetailsOpen) toggleDetails()
}

const hasKeyboard = (): boolean => document.activeElement?.closest('[data-pane="coding"]') != null
