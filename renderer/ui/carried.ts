import type { DragEvent } from 'react'

/** A small label under the pointer in place of a picture of the page. */
export function showCarried(event: DragEvent, words: string): void {
  const label = document.createElement('div')
  label.className = 'drop-words'
  label.style.top = '-100px'
  label.textContent = words.length > 40 ? `${words.slice(0, 40).trimEnd()}…` : words
  document.body.append(label)
  event.dataTransfer.setDragImage(label, -12, -8)
  window.setTimeout(() => label.remove())
}
