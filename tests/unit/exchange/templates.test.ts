import { describe, expect, it } from 'vitest'
import { readCodebookCsv, writeCodebookCsv } from '../../../electron/store/exchange/codebook/csv.ts'
import { readQdc, writeQdc } from '../../../electron/store/exchange/codebook/qdc.ts'
import { loadTemplate } from '../../../electron/store/exchange/codebook/templates.ts'
import { CodeChanges, Template } from '../../../shared/contract/codes.ts'
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

  it('hold the census factors in force in a year: 18A and 19A gave way in 2021, 24A came in 2022', () => {
    const inForce = (year: number) =>
      loadTemplate(resources, 'cin-factors', year)
        .filter(({ isFolder }) => !isFolder)
        .map(({ name }) => name.split(' ')[0])
    for (const [year, there, gone, count] of [
      [2017, ['18A', '19A'], ['18B', '18C', '19B', '19C', '24A'], 39],
      [2020, ['18A', '19A'], ['18B', '18C', '19B', '19C', '24A'], 39],
      [2021, ['18B', '18C', '19B', '19C'], ['18A', '19A', '24A'], 41],
      [2022, ['18B', '18C', '19B', '19C', '24A'], ['18A', '19A'], 42],
      [2026, ['18B', '18C', '19B', '19C', '24A'], ['18A', '19A'], 42],
    ] as const) {
      const codes = inForce(year)
      expect(codes).toEqual(expect.arrayContaining([...there]))
      for (const code of gone) expect(codes).not.toContain(code)
      expect(codes).toHaveLength(count)
    }
  })

  it('hold the ten adverse experiences, and the five of the expanded list', () => {
    expect(folders('aces')).toEqual(['Abuse', 'Neglect', 'Household challenges'])
    expect(load('aces').filter((entry) => !entry.isFolder)).toHaveLength(10)
    expect(folders('aces-expanded')).toEqual(['Expanded ACEs'])
    expect(load('aces-expanded').filter((entry) => !entry.isFolder)).toHaveLength(5)
  })

  it('hold the way of a referral', () => {
    expect(folders('referral')).toEqual([
      'Who refers',
      'Decision',
      'Reason for not accepting',
      'After the referral',
    ])
    expect(load('referral').filter((entry) => !entry.isFolder)).toHaveLength(19)
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
    for (const template of Template.options.filter((each) => each !== 'empty')) {
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
