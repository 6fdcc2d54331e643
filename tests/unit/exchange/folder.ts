import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** A new folder for each test, removed after it; `file` writes a file there and gives its path. */
export function testFolder() {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'understory-exchange-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  return {
    get path() {
      return folder
    },
    file(name: string, content: string | Uint8Array): string {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      return path
    },
  }
}

export const fixture = (name: string) => new URL(`../../fixtures/exchange/${name}`, import.meta.url).pathname

export const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

/** Windows-1252 bytes of a text that has only such characters. */
export function cp1252(text: string): Buffer {
  const high = new Map(
    [...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((character, index) => {
      const bytes = [
        0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94,
        0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
      ]
      return [character, bytes[index] as number]
    }),
  )
  return Buffer.from([...text].map((character) => high.get(character) ?? character.charCodeAt(0)))
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** Milliseconds this process has computed so far: unlike the clock, not moved by whatever else the machine does. */
export const computed = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
