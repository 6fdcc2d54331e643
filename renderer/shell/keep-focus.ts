/**
 * The keyboard never falls out of the page. Where the control that has it goes away, with the row it removed or the
 * notice it answered, what stands beside it has the keyboard then; a screen that says itself where it goes is asked first.
 */
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"], [contenteditable="true"]'
/** What stands for itself: nobody looks for the keyboard outside it. */
const ROOM = '[data-pane], [role="dialog"], main'
/** Notices come and go beside the work; the keyboard goes back to the work. */
const PASSING = '.toasts'

/** Where something was removed. */
type Gap = { parent: Element; next: Node | null; previous: Node | null }

const isInSight = (element: HTMLElement) => element.checkVisibility({ visibilityProperty: true })

function firstIn(node: Node | null): HTMLElement | null {
  if (!(node instanceof HTMLElement)) return null
  const all = [...(node.matches(FOCUSABLE) ? [node] : []), ...node.querySelectorAll<HTMLElement>(FOCUSABLE)]
  return all.find(isInSight) ?? null
}

/** The first control after the gap, else the nearest before it; then the same around what held it, within its room. */
function besideGap({ parent, next, previous }: Gap): HTMLElement | null {
  for (let node = next; node; node = node.nextSibling) {
    const found = firstIn(node)
    if (found) return found
  }
  for (let node = previous; node; node = node.previousSibling) {
    const found = firstIn(node)
    if (found) return found
  }
  if (parent.matches(FOCUSABLE) && parent instanceof HTMLElement) return parent
  if (parent.matches(ROOM) || !parent.parentElement) return null
  return besideGap({
    parent: parent.parentElement,
    next: parent.nextSibling,
    previous: parent.previousSibling,
  })
}

function gapOf(records: readonly MutationRecord[], gone: Node): Gap | null {
  for (const { target, removedNodes, nextSibling, previousSibling } of records)
    if (
      target instanceof Element &&
      target.isConnected &&
      [...removedNodes].some((node) => node.contains(gone))
    )
      return { parent: target, next: nextSibling, previous: previousSibling }
  return null
}

export function keepFocus(): () => void {
  let last: HTMLElement | null = null
  /** What had the keyboard last in the work itself. */
  let work: HTMLElement | null = null
  const onFocusIn = (event: FocusEvent) => {
    last = event.target instanceof HTMLElement ? event.target : null
    if (last && !last.closest(PASSING)) work = last
  }
  /** Who presses a blank place lets go of the keyboard; what is removed while it has it does not. */
  const onFocusOut = (event: FocusEvent) => {
    if (event.relatedTarget !== null) return
    queueMicrotask(() => {
      if (last?.isConnected && document.activeElement === document.body && document.hasFocus()) last = null
    })
  }
  const restore = (gap: Gap) => {
    if (document.activeElement !== document.body) return
    const home = gap.parent.closest(PASSING) ? work : besideGap(gap)
    const found = home?.isConnected ? home : firstIn(document.querySelector(ROOM))
    found?.focus({ preventScroll: true })
  }
  const observer = new MutationObserver((records) => {
    if (!last || last.isConnected || document.activeElement !== document.body) return
    const gap = gapOf(records, last)
    last = null
    if (gap) requestAnimationFrame(() => restore(gap))
  })
  document.addEventListener('focusin', onFocusIn)
  document.addEventListener('focusout', onFocusOut)
  observer.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', onFocusIn)
    document.removeEventListener('focusout', onFocusOut)
    observer.disconnect()
  }
}
