/**
 * A document on paper: a page that was written to stand alone (the HTML export) is laid out in this window for the
 * printer only, and goes when the printer's dialog is closed. So nothing of it is ever on the disk, and its rules for
 * style, which the policy for content would refuse, are those of an adopted sheet.
 */
import { useSession } from '../state/session.ts'

const sheet = new CSSStyleSheet()
const AROUND = `
  @media screen { .print-document { display: none; } }
  @media print {
    html, body { height: auto !important; overflow: visible !important; background: #fff !important; color-scheme: light; }
    body > :not(.print-document) { display: none !important; }
  }
`

let shown: HTMLElement | null = null

function clear(): void {
  shown?.remove()
  shown = null
  sheet.replaceSync('')
}

/** Opens the printer's dialog for a whole HTML page without scripts. */
export function printPage(html: string): void {
  clear()
  const page = new DOMParser().parseFromString(html, 'text/html')
  const rules = [...page.querySelectorAll('style')].map((style) => style.textContent).join('\n')
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet)
  sheet.replaceSync(`${AROUND} @media print { ${rules} }`)
  const host = document.createElement('div')
  host.className = 'print-document'
  for (const element of page.querySelectorAll<HTMLElement>('[style]')) {
    const own = element.getAttribute('style') ?? ''
    element.removeAttribute('style')
    element.style.cssText = own
  }
  host.append(...page.body.childNodes)
  document.body.append(host)
  shown = host
  window.print()
}

window.addEventListener('afterprint', clear)
useSession.subscribe((now, before) => {
  if (now.phase !== before.phase) clear()
})
