/** A codebook as one HTML file without scripts, pictures or addresses: it can be opened, printed and archived. */
import { TextPen, xmlText } from '../office/xml-text.ts'
import {
  type CodebookDocument,
  countWords,
  type DocumentCode,
  QUALIFIERS_INTRO,
  subtitle,
} from './document.ts'

const asHtml = (text: string): string => escaped(xmlText(text))

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Blank lines part paragraphs; single line ends stay. */
const paragraphs = (pen: TextPen, text: string): string =>
  pen
    .text(text)
    .split(/\n\s*\n/)
    .map((part) => `<p>${escaped(part.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('')

const STYLE = `
  body { font: 11pt/1.5 Georgia, "Times New Roman", serif; color: #1a1a1a; max-width: 46rem; margin: 3rem auto; padding: 0 1.5rem; }
  h1 { font-size: 1.6rem; margin: 0; } h2, h3, h4, h5, h6 { margin: 1.8rem 0 .4rem; font-size: 1.05rem; break-after: avoid; }
  h2 { font-size: 1.25rem; border-bottom: 1px solid #bbb; padding-bottom: .2rem; }
  .under { color: #555; margin: .3rem 0 2rem; } .count { color: #555; margin: 0 0 .4rem; }
  nav ol { list-style: none; padding: 0; columns: 2; } nav li { break-inside: avoid; } nav .number { color: #777; display: inline-block; min-width: 3.2em; }
  nav a { color: inherit; text-decoration: none; } nav a:hover, nav a:focus { text-decoration: underline; }
  dl { display: grid; grid-template-columns: 8.5rem 1fr; gap: .35rem 1rem; margin: 0; } dt { color: #555; } dd { margin: 0; } dd p { margin: 0 0 .4rem; }
  blockquote { margin: 0; font-style: italic; } blockquote p { margin: 0; } cite { color: #555; font-style: normal; font-size: .9em; }
  .swatch { display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-right: .5em; }
  .retired { color: #555; font-weight: normal; }
  @media print { body { margin: 0; max-width: none; } section { break-inside: avoid-page; } }
`

/** The document as HTML 5, UTF-8, with a table of contents; `leftOut` counts the characters it cannot hold. */
export function codebookHtml(document: CodebookDocument): { html: string; leftOut: number } {
  const pen = new TextPen()
  const { codes, title, notes } = document
  const contents = codes.map(
    ({ number, name, depth }) =>
      `<li style="padding-left:${Math.min(depth, 8)}em"><span class="number">${number}</span><a href="#c${number}">${asHtml(name)}</a></li>`,
  )
  const html = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(pen.text(title))}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${asHtml(title)}</h1><p class="under">${asHtml(subtitle(document))}<br><small>${asHtml(document.journal)}</small></p></header>
<nav aria-label="Contents"><ol>
${contents.join('\n')}
</ol></nav>
<main>
${[...codes.map((code) => section(pen, code, notes)), ...qualifierSection(pen, document)].join('\n')}
</main>
</body>
</html>
`
  return { html, leftOut: pen.leftOut }
}

function qualifierSection(pen: TextPen, { qualifiers }: CodebookDocument): string[] {
  if (qualifiers.length === 0) return []
  const rows = qualifiers.map(
    ({ name, values }) =>
      `<dt>${escaped(pen.text(name))}</dt><dd>${escaped(pen.text(values.join(', ')))}</dd>`,
  )
  return [
    `<section aria-labelledby="qualifiers"><h2 id="qualifiers">Qualifiers</h2><p class="count">${QUALIFIERS_INTRO}</p><dl>${rows.join('')}</dl></section>`,
  ]
}

function section(pen: TextPen, code: DocumentCode, notes: number | null): string {
  const level = Math.min(6, code.depth + 2)
  const swatch = code.colour === null ? '' : `<span class="swatch" style="background:${code.colour}"></span>`
  const retired = code.isRetired ? ' <span class="retired">(retired)</span>' : ''
  const heading = `<h${level} id="c${code.number}">${swatch}${code.number} ${escaped(pen.text(code.name))}${retired}</h${level}>`
  const count =
    code.counts && !code.isFolder ? `<p class="count">${asHtml(countWords(code.counts, notes))}</p>` : ''
  const rows = code.parts.map(({ label, text, from }) => {
    const words = paragraphs(pen, text)
    const quote =
      from === null ? words : `<blockquote>${words}</blockquote><cite>${escaped(pen.text(from))}</cite>`
    return `<dt>${asHtml(label)}</dt><dd>${quote}</dd>`
  })
  const list = rows.length > 0 ? `<dl>${rows.join('')}</dl>` : ''
  return `<section aria-labelledby="c${code.number}">${heading}${count}${list}</section>`
}
