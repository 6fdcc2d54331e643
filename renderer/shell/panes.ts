/** F6 goes around the panes of the screen; each is entered at what has the keyboard in it. */
const FIRST =
  '[role=listbox], [role=tree], [role=textbox][tabindex="0"], [role=table], input, button, [tabindex="0"]'

export function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')]
  if (panes.length === 0) return
  const at = panes.findIndex((pane) => pane.contains(document.activeElement))
  for (let tried = 1; tried <= panes.length; tried++) {
    const index =
      at === -1 && step === -1 ? panes.length - tried : (at + step * tried + panes.length * 2) % panes.length
    const target = panes[index]?.querySelector<HTMLElement>(FIRST)
    if (!target) continue
    target.focus()
    return
  }
}
