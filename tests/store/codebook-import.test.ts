import { describe, expect, it } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { codePaths } from '../../electron/store/codebook/tree.ts'
import type { CodebookEntry } from '../../electron/store/exchange/codebook/entry.ts'
import { readQdc, writeQdc } from '../../electron/store/exchange/codebook/qdc.ts'
import {
  addTemplate,
  importCodebook,
  previewCodebook,
  type ReadCodebook,
  readTemplate,
} from '../../electron/store/intake/codebook.ts'
import type { Project } from '../../electron/store/project.ts'
import { codebookEntries } from '../../electron/store/reports/codebook-entries.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { entry, uuid } from '../unit/exchange/codebooks.ts'
import { computed } from '../unit/exchange/folder.ts'
import { makeProject } from './temporary-project.ts'

const resources = new URL('../../resources', import.meta.url).pathname

const BOOK = [
  entry('Harm', { isFolder: true }),
  entry('Neglect', { parentId: uuid('Harm'), definition: 'Needs not met.', colour: '#a1b2c3' }),
  entry('Hit', { parentId: uuid('Harm'), definition: 'Struck.', colour: '#c3b2a1' }),
  entry('Sleep', { definition: 'Sleeps badly.', colour: '#b2a1c3' }),
]
const file = (entries: readonly CodebookEntry[]): ReadCodebook => ({
  name: 'book.qdc',
  entries,
  warnings: [],
})

function study(): { project: Project; amara: CoderId } {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  importCodebook(project, amara, file(BOOK))
  return { project, amara }
}

const changed = (name: string, more: Partial<CodebookEntry>): CodebookEntry => ({
  ...(BOOK.find((each) => each.name === name) as CodebookEntry),
  ...more,
})
const paths = ({ db }: Project) => [...codePaths(listCodes(db)).values()]
const kinds = ({ db }: Project, entries: readonly CodebookEntry[]) =>
  previewCodebook(db, file(entries)).items.map(({ name, kind }) => [name, kind])

describe('a codebook shown before it is taken in', () => {
  it('tells new, changed, same and uncertain codes apart, field by field in words, and changes nothing', () => {
    const { project } = study()
    const before = fingerprint(project.db)
    const { items, source } = previewCodebook(
      project.db,
      file([
        changed('Harm', {}),
        changed('Neglect', { definition: 'Needs persistently not met.', colour: null }),
        changed('Sleep', { parentId: uuid('Harm'), isRetired: true }),
        entry('Mood', { useWhen: 'Said.' }),
        entry('Neglect', { id: uuid('other'), parentId: uuid('Harm') }),
        changed('Hit', { isFolder: true }),
      ]),
    )
    expect(source).toBe('book.qdc')
    expect(items.map(({ name, kind, changes }) => [name, kind, changes])).toEqual([
      ['Harm', 'same', []],
      [
        'Neglect',
        'changed',
        [{ field: 'definition', now: 'Needs not met.', inFile: 'Needs persistently not met.' }],
      ],
      [
        'Sleep',
        'changed',
        [
          { field: 'place', now: 'the top level', inFile: 'Harm' },
          { field: 'state', now: 'in use', inFile: 'retired' },
        ],
      ],
      ['Mood', 'new', [{ field: 'rule when to use', now: '', inFile: 'Said.' }]],
      ['Neglect', 'conflict', []],
      ['Hit', 'conflict', []],
    ])
    expect(items[4]?.conflict).toBe('“Neglect” of the file is this code of the project already.')
    expect(items[5]?.conflict).toMatch(/^It is a folder in the file and a code here/)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('does not take a table that knows no folders for another opinion on them', () => {
    const { project } = study()
    expect(kinds(project, [changed('Harm', { isFolder: false })])).toEqual([['Harm', 'same']])
    expect(kinds(project, [changed('Harm', { isFolder: false, definition: 'Any.' })])).toEqual([
      ['Harm', 'conflict'],
    ])
  })

  it('says where the id is that of one code and the name that of another', () => {
    const { project } = study()
    const [, item] = previewCodebook(
      project.db,
      file([changed('Harm', {}), changed('Neglect', { name: 'Hit' })]),
    ).items
    expect(item).toMatchObject({
      kind: 'conflict',
      codeId: uuid('Neglect'),
      conflict: 'Its id is that of “Neglect”, but its name and place are those of another code.',
    })
  })

  it('finds a codebook of its own unchanged, whatever way it went', () => {
    const { project } = study()
    const { xml } = writeQdc(codebookEntries(project.db), 'Understory')
    const back = readQdc(Buffer.from(xml)).entries
    expect(new Set(kinds(project, back).map(([, kind]) => kind))).toEqual(new Set(['same']))
  })
})

describe('a codebook taken in', () => {
  it('brings what was chosen alone, as one step that undo takes back', () => {
    const { project, amara } = study()
    const before = fingerprint(project.db)
    const codebook = file([
      changed('Harm', { definition: 'Of any kind.' }),
      changed('Neglect', { definition: 'Other.', isRetired: true }),
      changed('Sleep', { parentId: uuid('Harm') }),
      entry('Mood', { isFolder: true }),
      entry('Low', { parentId: uuid('Mood') }),
    ])
    const { digest } = previewCodebook(project.db, codebook)
    const report = importCodebook(project, amara, codebook, {
      digest,
      take: [uuid('Neglect'), uuid('Sleep'), uuid('Low')],
    })
    expect(report).toEqual({ added: 1, same: 0, updated: 2, warnings: [] })
    // The folder of the new code was not chosen, so that it stands at the top.
    expect(paths(project)).toEqual(['Harm', 'Harm > Neglect', 'Harm > Hit', 'Harm > Sleep', 'Low'])
    const [harm, neglect] = listCodes(project.db)
    expect(harm?.definition).toBe('')
    expect(neglect).toMatchObject({ definition: 'Other.', isRetired: true })
    expect(verify(project.db).ok).toBe(true)
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('is refused when the file is another than was shown', () => {
    const { project, amara } = study()
    const before = fingerprint(project.db)
    const { digest } = previewCodebook(project.db, file([entry('Mood')]))
    expect(() => importCodebook(project, amara, file([entry('Moods')]), { digest, take: null })).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    )
    expect(() => previewCodebook(project.db, file([]))).toThrow(/no codes in book.qdc/)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('may have 10,000 codes, shown and taken in within seconds', () => {
    const { project, amara } = study()
    const codebook = file(
      Array.from({ length: 10_000 }, (_, i) =>
        entry(`code ${i}`, i % 10 === 0 ? {} : { parentId: uuid(`code ${i - (i % 10)}`) }),
      ),
    )
    const before = computed()
    const { items, digest } = previewCodebook(project.db, codebook)
    expect(items).toHaveLength(10_000)
    expect(importCodebook(project, amara, codebook, { digest, take: null }).added).toBe(10_000)
    expect(computed() - before).toBeLessThan(20_000)
  })

  it('may be some branches of a template, and the rest later without anything twice', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const template = readTemplate(resources, 'referral')
    const { items, digest } = previewCodebook(project.db, template)
    const decision = items.find(({ name }) => name === 'Decision')?.key
    const take = items
      .filter(({ key, parentKey }) => key === decision || parentKey === decision)
      .map(({ key }) => key)
    importCodebook(project, amara, template, { digest, take })
    expect(paths(project)).toHaveLength(6)
    expect(addTemplate(project, amara, 'referral', resources)).toMatchObject({ added: 17, same: 6 })
  })
})
