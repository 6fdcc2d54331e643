import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { filesAndFolders, isPathList } from '../../../electron/main/dropped-paths.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'understory-dropped-'))
const file = path.join(folder, 'notes.csv')
writeFileSync(file, 'text\none')
afterAll(() => rmSync(folder, { recursive: true }))

describe('what was dropped on the window', () => {
  it('is a list of absolute paths and nothing else', () => {
    expect(isPathList([file, folder])).toBe(true)
    expect(isPathList([])).toBe(true)
    for (const value of [undefined, null, file, {}, [7], [file, null], ['notes.csv'], ['../notes.csv'], ['']])
      expect(isPathList(value)).toBe(false)
    expect(isPathList(Array.from({ length: 10_001 }, () => file))).toBe(false)
  })

  it('is taken where it is a file or a folder, each once', () => {
    expect(filesAndFolders([file, folder, file])).toEqual([file, folder])
    expect(filesAndFolders([path.join(folder, 'gone.csv'), file])).toEqual([file])
  })

  it('is nothing where there is no file or folder', () => {
    expect(filesAndFolders([])).toBeNull()
    expect(filesAndFolders([path.join(folder, 'gone.csv')])).toBeNull()
    if (process.platform !== 'win32') expect(filesAndFolders(['/dev/null'])).toBeNull()
  })
})
