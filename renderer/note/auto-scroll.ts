/** Following the pointer while its button is held: at the rim of the pane the text moves on under it. */

/** In pixels. */
const RIM = 28
const STEP = 12

/** How far the text moves in a frame while the pointer is at this height; 0 away from the rim. */
export const rollBy = (view: DOMRect, y: number): number =>
  y < view.top + RIM ? -STEP : y > view.bottom - RIM ? STEP : 0

/**
 * From the press on, calls `onMove` with every movement, and whenever the text has moved under a pointer that rests (by
 * itself at the rim, or by the wheel); at the end `onUp`.
 */
export function rollWhile(
  view: HTMLElement,
  start: MouseEvent,
  onMove: (event: MouseEvent, isScrolled: boolean) => void,
  onUp: (event: MouseEvent) => void,
): void {
  let last = start
  let frame = 0
  const again = () => onMove(last, true)
  const roll = () => {
    const step = rollBy(view.getBoundingClientRect(), last.clientY)
    if (step !== 0) view.scrollTop += step
    frame = requestAnimationFrame(roll)
  }
  const move = (event: MouseEvent) => {
    // Released where the page did not hear of it.
    if ((event.buttons & 1) === 0) return end(event)
    last = event
    onMove(event, false)
    if (frame === 0) frame = requestAnimationFrame(roll)
  }
  const end = (event: MouseEvent) => {
    cancelAnimationFrame(frame)
    window.removeEventListener('mousemove', move, true)
    window.removeEventListener('mouseup', up, true)
    view.removeEventListener('scroll', again)
    onUp(event)
  }
  const up = (event: MouseEvent) => {
    if (event.button !== 0) return
    // Where it was released counts, though no movement may have told of it.
    onMove(event, false)
    end(event)
  }
  window.addEventListener('mousemove', move, true)
  window.addEventListener('mouseup', up, true)
  view.addEventListener('scroll', again)
}
