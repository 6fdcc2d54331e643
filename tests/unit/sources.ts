/** The source of the program, with what each file imports, read off its import statements. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SOURCE = /\.(ts|tsx|mts|cts)$/

export type SourceFile = { file: string; text: string; code: string; imports: Import[] }
/** `target` is a path from the root for our own files, else the name of the package or module as written. */
export type Import = { target: string; isOwn: boolean; names: string; isTypeOnly: boolean }

/** Paths from the root, with `/`. */
export function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
}

/** Comments may speak of anything; strings are kept, for they name modules. */
const withoutComments = (text: string) =>
  text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_all, kept) => kept ?? ' ',
  )

const STATIC = /\b(?:import|export)\b\s*([\w$*{},\s]*?)\s*\bfrom\s*['"]([^'"\n]+)['"]/g
const FOR_EFFECT = /^\s*import\s*['"]([^'"\n]+)['"]/gm
const CALLED = /\b(?:import|require|getBuiltinModule)\s*\(\s*['"`]([^'"`\n]+)['"`]/g
const ADDRESSED = /new URL\(\s*['"](\.[^'"\n]+\.ts)['"]\s*,\s*import\.meta\.url/g

function importsOf(file: string, code: string): Import[] {
  const found = [
    ...[...code.matchAll(STATIC)].map((match) => ({ names: match[1] ?? '', target: match[2] ?? '' })),
    ...[...code.matchAll(FOR_EFFECT)].map((match) => ({ names: '', target: match[1] ?? '' })),
    ...[...code.matchAll(CALLED)].map((match) => ({ names: '', target: match[1] ?? '' })),
    ...[...code.matchAll(ADDRESSED)].map((match) => ({ names: '', target: match[1] ?? '' })),
  ]
  return found.map(({ names, target }) => {
    const isOwn = target.startsWith('.')
    return {
      names,
      target: isOwn ? path.posix.join(path.posix.dirname(file), target) : target,
      isOwn,
      isTypeOnly: names.startsWith('type '),
    }
  })
}

/** Every file of the program. */
export const sources: SourceFile[] = ['electron', 'renderer', 'shared'].flatMap(filesUnder).map((file) => {
  const text = readFileSync(path.join(root, file), 'utf8')
  const code = withoutComments(text)
  return { file, text, code, imports: importsOf(file, code) }
})
