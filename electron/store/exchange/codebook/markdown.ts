/** A codebook as Markdown: plain enough for any editor, safe whatever the names are. */
import {
  type CodebookDocument,
  countWords,
  type DocumentCode,
  QUALIFIERS_INTRO,
  subtitle,
} from './document.ts'

/** Everything Markdown would take for a sign of its own. */
const escapeLine = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]<>#+!|~&]/g, '\\$&')
    .replace(/^(\s*)([-=.])/, '$1\\$2')
    .replace(/^(\s*\d+)\./, '$1\\.')

const inline = (text: string): string => escapeLine(text.replace(/\s+/g, ' ').trim())

/** Lines stay lines; a blank line stays a paragraph's end. */
const block = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => escapeLine(line.trim()))
    .join('  \n')
    .replace(/( {2}\n){2,}/g, '\n\n')

const quoted = (text: string): string =>
  block(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')

/** The document as Markdown, LF line ends. Headings go down to the sixth level and stay there. */
export function codebookMarkdown(document: CodebookDocument): string {
  const head = `# ${inline(document.title)}\n\n${inline(subtitle(document))}\n\n${inline(document.journal)}\n`
  const codes = document.codes.map((code) => section(code, document.notes))
  return [head, ...codes, ...qualifierSection(document)].join('\n')
}

function qualifierSection({ qualifiers }: CodebookDocument): string[] {
  if (qualifiers.length === 0) return []
  const lines = qualifiers.map(({ name, values }) => `- **${inline(name)}.** ${inline(values.join(', '))}`)
  return [`## Qualifiers\n\n${QUALIFIERS_INTRO}\n\n${lines.join('\n')}\n`]
}

function section(code: DocumentCode, notes: number | null): string {
  const level = '#'.repeat(Math.min(6, code.depth + 2))
  const retired = code.isRetired ? ' (retired)' : ''
  const lines = [`${level} ${code.number} ${inline(code.name)}${retired}`]
  if (code.counts && !code.isFolder) lines.push(countWords(code.counts, notes))
  for (const { label, text, from } of code.parts)
    lines.push(
      from === null ? `**${label}.** ${block(text)}` : `**${label} (${inline(from)}).**\n\n${quoted(text)}`,
    )
  return `${lines.join('\n\n')}\n`
}
