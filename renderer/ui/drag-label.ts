import type { DragEvent } from 'react'

/** A small label that goes with the pointer. */
export function carriedLabel(words: string): HTMLElement {
  const label = document.createElement('div')
  label.className = 'drop-words'
  label.textContent = words.length > 40 ? `${words.slice(0, 40).trimEnd()}…` : words
  return label
}

/** A small label under the pointer in place of a picture of the page. */
export function showCarried(event: DragEvent, words: string): void {
  const label = carriedLabel(words)
  label.style.top = '-100px'
  document.body.append(label)
  event.dataTransfer.setDragImage(label, -12, -8)
  window.setTimeout(() => label.remove())
}
