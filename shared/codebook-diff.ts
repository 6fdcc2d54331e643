/** Two states of a codebook told apart in words. */
import type { CodeId } from './contract/basics.ts'
import type { VersionedCode } from './contract/codebook.ts'

export type CodebookChange = {
  readonly codeId: CodeId
  /** As it is called in the later version, or was called if it is gone. */
  readonly name: string
  readonly kind:
    | 'added'
    | 'removed'
    | 'renamed'
    | 'moved'
    | 'reworded'
    | 'retired'
    | 'restored'
    | 'recoloured'
  readonly words: string
  /** The text before and after, where a written field changed. */
  readonly before?: string
  readonly after?: string
}

const quote = (name: string) => `“${name}”`

/** What changed from one version to another, in the order of the later tree, then what is gone. */
export function compareCodebooks(
  before: readonly VersionedCode[],
  after: readonly VersionedCode[],
): CodebookChange[] {
  const old = new Map(before.map((code) => [code.id, code]))
  const now = new Map(after.map((code) => [code.id, code]))
  const nameIn = (codes: ReadonlyMap<string, VersionedCode>, id: string | null) =>
    id === null ? 'the top level' : quote(codes.get(id)?.name ?? 'a removed code')
  const changes = after.flatMap((code) => {
    const was = old.get(code.id)
    return was
      ? compareCode(was, code, nameIn(now, code.parentId))
      : [added(code, nameIn(now, code.parentId))]
  })
  const gone = before.filter((code) => !now.has(code.id))
  return [
    ...changes,
    ...gone.map(({ id, name }) => ({
      codeId: id,
      name,
      kind: 'removed' as const,
      words: `${quote(name)} was removed`,
    })),
  ]
}

const one = (field: string) =>
  field.endsWith('s') ? field : `${/^[aeiou]/.test(field) ? 'an' : 'a'} ${field}`

const added = (code: VersionedCode, where: string): CodebookChange => ({
  codeId: code.id,
  name: code.name,
  kind: 'added',
  words: `${quote(code.name)} was added ${where === 'the top level' ? 'at the top level' : `in ${where}`}`,
})

function compareCode(was: VersionedCode, code: VersionedCode, where: string): CodebookChange[] {
  const changes: CodebookChange[] = []
  const say = (
    kind: CodebookChange['kind'],
    words: string,
    texts: { before?: string; after?: string } = {},
  ) => changes.push({ codeId: code.id, name: code.name, kind, words, ...texts })
  if (was.name !== code.name) say('renamed', `${quote(was.name)} is now called ${quote(code.name)}`)
  if (was.parentId !== code.parentId) say('moved', `${quote(code.name)} was moved to ${where}`)
  if (was.isRetired !== code.isRetired)
    say(
      code.isRetired ? 'retired' : 'restored',
      `${quote(code.name)} was ${code.isRetired ? 'retired' : 'restored'}`,
    )
  if (was.colour !== code.colour) say('recoloured', `${quote(code.name)} has another colour`)
  for (const field of new Set([...Object.keys(was.fields), ...Object.keys(code.fields)])) {
    const before = was.fields[field] ?? ''
    const after = code.fields[field] ?? ''
    if (before === after) continue
    const how =
      before === ''
        ? `was given ${one(field)}`
        : after === ''
          ? `lost its ${field}`
          : `has ${field.endsWith('s') ? 'other' : 'another'} ${field}`
    say('reworded', `${quote(code.name)} ${how}`, { before, after })
  }
  return changes
}
