/** File names as the save dialog proposes them and as the person may have typed them. */
import path from 'node:path'

/** Not allowed in a name on Windows; a project travels between systems, so not allowed on any. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}]/gu
const LONGEST = 120

/** A name fit to propose: no folders, no characters a file system refuses, with exactly this extension. */
export function suggestedFileName(suggestion: string, extension: string): string {
  const words = suggestion.replace(FORBIDDEN, ' ').split(/\s+/)
  // Words of dots alone are what is left of folders; a leading dot would hide the file.
  const bare = words
    .filter((word) => /[^.]/.test(word))
    .join(' ')
    .replace(/^\.+|\.+$/g, '')
  const stem = withoutExtension(bare, extension).slice(0, LONGEST).trim()
  return `${stem || 'Untitled'}.${extension}`
}

/** Adds the extension when the person left it off; a different ending is kept and followed by the right one. */
export function withExtension(file: string, extension: string): string {
  return path.extname(file).toLowerCase() === `.${extension}` ? file : `${file}.${extension}`
}

function withoutExtension(name: string, extension: string): string {
  return name.toLowerCase().endsWith(`.${extension}`) ? name.slice(0, -extension.length - 1) : name
}
