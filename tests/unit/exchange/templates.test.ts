import { describe, expect, it } from 'vitest'
import { readCodebookCsv, writeCodebookCsv } from '../../../electron/store/exchange/codebook-csv.ts'
import { readQdc, writeQdc } from '../../../electron/store/exchange/codebook-qdc.ts'
import { loadTemplate } from '../../../electron/store/exchange/templates.ts'
import { CodeChanges, Template } from '../../../shared/model.ts'
import { testFolder } from './folder.ts'

const resources = new URL('../../../resources', import.meta.url).pathname
const load = (template: Template) => loadTemplate(resources, template)
const folders = (template: Template) =>
  load(template)
    .filter((entry) => entry.isFolder)
    .map((entry) => entry.name)
const folder = testFolder()

describe('the templates', () => {
  it('hold safeguarding with 61 codes in 8 folders', () => {
    const entries = load('safeguarding')
    expect(folders('safeguarding')).toHaveLength(8)
    expect(entries.filter((entry) => !entry.isFolder)).toHaveLength(61)
    expect(entries[1]).toMatchObject({
      name: 'Neglect',
      parentId: entries[0]?.id,
      source: 'M-NEG; WT; CIN 16A',
    })
    expect(entries.every((entry) => !entry.source.includes('?'))).toBe(true)
  })

  it('hold the 44 census factors, alike numbers in folders, with their years', () => {
    const entries = load('cin-factors')
    expect(folders('cin-factors')).toHaveLength(9)
    expect(entries.filter((entry) => !entry.isFolder)).toHaveLength(44)
    expect(entries.find((entry) => entry.name.startsWith('18A'))?.source).toBe(
      '18A; Children in Need census, seen 2017-2020; replaced by 18B and 18C in 2021',
    )
  })

  it('hold ten and five adverse experiences', () => {
    expect(folders('aces')).toEqual(['Abuse', 'Neglect', 'Household challenges', 'Expanded ACEs'])
    expect(load('aces').filter((entry) => !entry.isFolder)).toHaveLength(15)
  })

  it('can be empty', () => {
    expect(load('empty')).toEqual([])
  })

  it.each(Template.options)('%s is complete, fits a project and always has the same ids', (template) => {
    const entries = load(template)
    expect(load(template)).toEqual(entries)
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length)
    const seen = new Set<string | null>([null])
    for (const { id, parentId, ...fields } of entries) {
      expect(seen.has(parentId)).toBe(true)
      seen.add(id)
      CodeChanges.parse({ ...fields, shortcut: null })
      if (!fields.isFolder) {
        for (const field of ['definition', 'useWhen', 'doNotUseWhen', 'example', 'source'] as const) {
          expect(fields[field], `${fields.name}: ${field}`).not.toBe('')
        }
      }
    }
  })

  it('travel through .qdc and CSV unchanged', () => {
    for (const template of ['safeguarding', 'cin-factors', 'aces'] as const) {
      const entries = load(template)
      expect(readQdc(Buffer.from(writeQdc(entries, 'x').xml)).entries).toEqual(entries)
      expect(readCodebookCsv(Buffer.from(writeCodebookCsv(entries))).entries).toEqual(entries)
    }
  })

  it('say so when a file of the program is missing or damaged', () => {
    expect(() => loadTemplate(folder.path, 'aces')).toThrow(/template aces is missing or damaged/)
    folder.file('templates/aces.json', '{"codes": [1]}')
    expect(() => loadTemplate(folder.path, 'aces')).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})
