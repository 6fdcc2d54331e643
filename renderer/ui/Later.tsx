import { type ReactNode, useEffect, useState } from 'react'

/** In ms: shown by then even where the page never rests. */
const LONGEST = 200

/** What takes long to draw and may come a moment after the rest: not drawn at all where the keyboard only passes by. */
export function Later({ children }: { children: ReactNode }) {
  const [isTime, setTime] = useState(false)
  useEffect(() => {
    const idle = requestIdleCallback(() => setTime(true), { timeout: LONGEST })
    return () => cancelIdleCallback(idle)
  }, [])
  return isTime ? children : null
}
