import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { suggestedFileName, withExtension } from '../../../electron/main/file-names.ts'
import { headlessArguments, projectFileIn } from '../../../electron/main/launch-arguments.ts'
import { RestartAllowance } from '../../../electron/main/restart-allowance.ts'

describe('the name a save dialog proposes', () => {
  it.each([
    ['Neglect study', 'Neglect study.understory'],
    ['Neglect study.understory', 'Neglect study.understory'],
    ['a/b\\c: "d"?', 'a b c d.understory'],
    ['../../etc/passwd', 'etc passwd.understory'],
    ['...', 'Untitled.understory'],
    ['  ', 'Untitled.understory'],
    ['Ünïcode – 名前', 'Ünïcode – 名前.understory'],
  ])('for "%s" is "%s"', (suggestion, name) => {
    expect(suggestedFileName(suggestion, 'understory')).toBe(name)
  })

  it('is not endless', () => {
    expect(suggestedFileName('x'.repeat(500), 'csv')).toHaveLength(124)
  })

  it('gets the right extension when the person typed another or none', () => {
    expect(withExtension('/a/codes', 'qdc')).toBe('/a/codes.qdc')
    expect(withExtension('/a/codes.v2', 'qdc')).toBe('/a/codes.v2.qdc')
    expect(withExtension('/a/codes.QDC', 'qdc')).toBe('/a/codes.QDC')
  })
})

describe('the project file on the command line', () => {
  const here = path.resolve('/some/where')

  it('is the last one named, from the folder the program was started in', () => {
    expect(projectFileIn(['first.understory', 'second.understory'], here)).toBe(
      path.join(here, 'second.understory'),
    )
  })

  it('is not a switch, the application folder or another kind of file', () => {
    expect(projectFileIn(['/app', '--x=a.understory', 'notes.csv'], here)).toBeNull()
  })

  it('may be absolute and in capital letters', () => {
    const file = path.resolve('/data/STUDY.UNDERSTORY')
    expect(projectFileIn([file], here)).toBe(file)
  })
})

describe('the command line program', () => {
  it('is what follows --headless, word for word', () => {
    expect(headlessArguments(['understory', '--no-sandbox', '--headless', 'verify', 'p', '--json'])).toEqual([
      'verify',
      'p',
      '--json',
    ])
    expect(headlessArguments(['understory', '--headless'])).toEqual([])
  })

  it('is not asked for otherwise', () => {
    expect(headlessArguments(['understory', 'Study.understory'])).toBeNull()
  })
})

describe('starting again after a stop', () => {
  it('happens three times in a minute, then the person is asked', () => {
    const allowance = new RestartAllowance(3, 60_000)
    expect([0, 10, 20, 30].map((second) => allowance.take(second * 1_000))).toEqual([true, true, true, false])
  })

  it('is allowed again when a minute has passed', () => {
    const allowance = new RestartAllowance(3, 60_000)
    for (const second of [0, 10, 20]) allowance.take(second * 1_000)
    expect(allowance.take(60_000)).toBe(true)
    expect(allowance.take(61_000)).toBe(false)
  })

  it('begins anew when the person wants it', () => {
    const allowance = new RestartAllowance(1, 60_000)
    allowance.take(0)
    expect(allowance.take(1)).toBe(false)
    allowance.renew()
    expect(allowance.take(2)).toBe(true)
  })
})
