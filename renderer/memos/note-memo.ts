/** The memo on the note that is open: it stands in the drawer in place of a coding while it is asked for. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { useCommand } from '../keys/use-command.ts'
import { setPreferences } from '../preferences.ts'
import { useCoding } from '../state/on-screen.ts'
import { askForMemo } from './navigate.ts'

export const useNoteMemo = create<{ isOpen: boolean }>(() => ({ isOpen: false }))

/** Shows the memo on the open note and gives it the keyboard. */
export function openNoteMemo(): void {
  const { note } = useCoding.getState()
  if (!note) return
  setPreferences({ isDetailsOpen: true })
  useNoteMemo.setState({ isOpen: true })
  askForMemo({ kind: 'note', id: note.id })
}

/** Shows the memo on the coding that is looked at and gives it the keyboard. */
export function openCodingMemo(): void {
  const { activeId } = useCoding.getState()
  if (activeId === null) return
  setPreferences({ isDetailsOpen: true })
  useNoteMemo.setState({ isOpen: false })
  askForMemo({ kind: 'coding', id: activeId })
}

export function useNoteMemoCommand(): void {
  useCommand('noteMemo', openNoteMemo)
  const activeId = useCoding((state) => state.activeId)
  const noteId = useCoding((state) => state.noteId)
  // Who looks at a coding, or at another note, is done with the memo on this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: any change of these closes it
  useEffect(() => useNoteMemo.setState({ isOpen: false }), [activeId, noteId])
}
