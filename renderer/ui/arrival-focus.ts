import { type RefObject, useEffect, useRef } from 'react'

type Focusable = { focus(): void }

/**
 * The keyboard on arriving at a place: whoever comes back to a list has it there, and everybody else at the first
 * thing to set. A list that is still awaited has it once it comes, unless something was done meanwhile.
 */
export function useArrivalFocus(
  list: RefObject<Focusable | null>,
  first: RefObject<HTMLElement | null>,
  listIs: 'there' | 'awaited' | 'none',
  /** Asked on arriving. */
  comesBack: () => boolean,
): void {
  const isWaiting = useRef(false)
  const arrived = useRef({ listIs, comesBack })
  useEffect(() => {
    const { listIs, comesBack } = arrived.current
    const isBack = comesBack()
    if (isBack && listIs === 'there') return list.current?.focus()
    if (first.current instanceof HTMLInputElement) first.current.select()
    else first.current?.focus()
    isWaiting.current = isBack && listIs === 'awaited'
    const stop = () => {
      isWaiting.current = false
    }
    window.addEventListener('keydown', stop, true)
    window.addEventListener('pointerdown', stop, true)
    return () => {
      window.removeEventListener('keydown', stop, true)
      window.removeEventListener('pointerdown', stop, true)
    }
  }, [list, first])
  useEffect(() => {
    if (listIs === 'awaited' || !isWaiting.current) return
    isWaiting.current = false
    if (listIs === 'there') list.current?.focus()
  }, [listIs, list])
}
