import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isJsonObject, JsonFile, openPagePreferences } from '../../../electron/main/preferences.ts'
import { RecentProjects } from '../../../electron/main/recent-projects.ts'
import { openWindowState } from '../../../electron/main/window-state.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'understory-preferences-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a small file of settings', () => {
  const open = () =>
    new JsonFile(path.join(folder, 'some.json'), (value) => (isJsonObject(value) ? value : null), {
      fresh: true,
    })

  it('starts with the defaults and writes nothing by being read', () => {
    expect(open().value).toEqual({ fresh: true })
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps what was written, for the next start as well', () => {
    const file = open()
    file.write({ size: 3 })
    expect(file.value).toEqual({ size: 3 })
    expect(open().value).toEqual({ size: 3 })
  })

  it('makes its folder when it is not there yet', () => {
    const file = new JsonFile(path.join(folder, 'a', 'b', 'c.json'), () => null, {})
    file.write({ x: 1 })
    expect(existsSync(path.join(folder, 'a', 'b', 'c.json'))).toBe(true)
  })

  it('leaves no half-written file behind and lets nobody else read it', () => {
    open().write({ size: 3 })
    expect(readdirSync(folder)).toEqual(['some.json'])
    if (process.platform !== 'win32')
      expect(statSync(path.join(folder, 'some.json')).mode & 0o777).toBe(0o600)
  })

  it.each(['{"size": 3', '', '[1, 2]', 'null'])(
    'sets a damaged file (%s) aside and goes on with the defaults',
    (text) => {
      writeFileSync(path.join(folder, 'some.json'), text)
      expect(open().value).toEqual({ fresh: true })
      expect(readFileSync(path.join(folder, 'some.json.bad'), 'utf8')).toBe(text)
      expect(existsSync(path.join(folder, 'some.json'))).toBe(false)
    },
  )

  it('says so when it cannot write, and the old file is still there', () => {
    open().write({ size: 3 })
    const blocked = new JsonFile(path.join(folder, 'some.json', 'under-a-file.json'), () => null, {})
    expect(() => blocked.write({ size: 4 })).toThrow()
    expect(open().value).toEqual({ size: 3 })
  })
})

describe('recent projects', () => {
  const at = (minute: number) => new Date(Date.UTC(2025, 0, 1, 9, minute))

  it('are none at first', () => {
    expect(new RecentProjects(folder).entries).toEqual([])
  })

  it('come newest first, each once, across starts', () => {
    const recent = new RecentProjects(folder)
    recent.remember('/a/one.understory', at(1))
    recent.remember('/a/two.understory', at(2))
    recent.remember('/a/one.understory', at(3))
    expect(new RecentProjects(folder).entries).toEqual([
      { file: '/a/one.understory', openedAt: '2025-01-01T09:03:00.000Z' },
      { file: '/a/two.understory', openedAt: '2025-01-01T09:02:00.000Z' },
    ])
  })

  it('are twelve at most', () => {
    const recent = new RecentProjects(folder)
    for (let minute = 0; minute < 20; minute++) recent.remember(`/a/${minute}.understory`, at(minute))
    expect(recent.entries).toHaveLength(12)
    expect(recent.entries[0]?.file).toBe('/a/19.understory')
  })

  it('forget entries that are not understood and keep the others', () => {
    const good = { file: '/a/one.understory', openedAt: '2025-01-01T09:03:00.000Z' }
    const rows = [
      good,
      { file: 'relative.understory', openedAt: good.openedAt },
      { file: '/b', openedAt: 'soon' },
      4,
    ]
    writeFileSync(path.join(folder, 'recent.json'), JSON.stringify(rows))
    expect(new RecentProjects(folder).entries).toEqual([good])
  })
})

describe('the window', () => {
  it('remembers bounds and theme, and mends what it does not understand', () => {
    writeFileSync(
      path.join(folder, 'window.json'),
      JSON.stringify({ bounds: { x: 1, y: 2, width: 'wide', height: 4 }, isMaximised: 'yes', theme: 'dark' }),
    )
    expect(openWindowState(folder).value).toEqual({
      bounds: null,
      isMaximised: false,
      theme: 'dark',
      scale: 1,
    })
  })
})

it('preferences of the page are kept as they are given', () => {
  openPagePreferences(folder).write({ panes: { left: 240 } })
  expect(openPagePreferences(folder).value).toEqual({ panes: { left: 240 } })
})
