/** Which commands can be given now, and the one place where keys become commands. */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { CommandId } from './commands.ts'
import { commandFor } from './own-keys.ts'

type Registry = { handlers: Partial<Record<CommandId, () => void>> }
export const useCommands = create<Registry>(() => ({ handlers: {} }))

/** Offers a command while the component is on screen. */
export function useCommand(id: CommandId, run: () => void, isOffered = true): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    if (!isOffered) return
    const handler = () => latest.current()
    useCommands.setState((state) => ({ handlers: { ...state.handlers, [id]: handler } }))
    return () =>
      useCommands.setState((state) => {
        if (state.handlers[id] !== handler) return state
        const { [id]: _, ...handlers } = state.handlers
        return { handlers }
      })
  }, [id, isOffered])
}

export function runCommand(id: CommandId): boolean {
  const handler = useCommands.getState().handlers[id]
  handler?.()
  return handler !== undefined
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)) ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable
  )
}

/** In a field the field keeps its own undo and its letters. */
const belongsToField = (id: CommandId, event: KeyboardEvent) =>
  id === 'undo' || id === 'redo' || (!event.ctrlKey && !event.metaKey && !/^F\d/.test(event.key))

export function listenForKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const id = commandFor(event, 'anywhere')
    if (!id || (isTyping(event.target) && belongsToField(id, event))) return
    if (runCommand(id)) event.preventDefault()
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}
