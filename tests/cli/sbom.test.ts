import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (...parts: string[]) => readFileSync(join(root, ...parts), 'utf8')

type Component = { 'bom-ref': string; licenses?: unknown[]; hashes?: unknown[] }

describe('the bill of materials', () => {
  let components: Component[] = []
  let written = ''
  const refs = () => components.map((one) => one['bom-ref'])
  const make = () => promisify(execFile)(process.execPath, [join('scripts', 'sbom.mjs')], { cwd: root })

  beforeAll(async () => {
    await make()
    written = read('out', 'sbom', 'understory.cdx.json')
    const bom = JSON.parse(written) as { bomFormat: string; specVersion: string; components: Component[] }
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' })
    components = bom.components
  }, 120_000)

  it('lists what is packed, what is bundled, the fonts and the runtime, each with a licence', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    for (const [name, version] of Object.entries(dependencies)) {
      const [, alias] = /^npm:(.+)$/.exec(version) ?? []
      expect(refs()).toContain(alias ?? `${name}@${version}`)
    }
    for (const name of ['react-dom', 'lexical', 'docx', 'electron', '@fontsource-variable/inter'])
      expect(
        refs().some((ref) => ref.startsWith(`${name}@`)),
        name,
      ).toBe(true)
    for (const one of components) {
      expect(one.licenses, one['bom-ref']).not.toHaveLength(0)
      expect(one.hashes, one['bom-ref']).toHaveLength(1)
    }
  })

  it('lists nothing that only building and testing need', () => {
    for (const name of ['vite', 'vitest', 'typescript', '@playwright/test', 'electron-builder', 'axe-core'])
      expect(refs().filter((ref) => ref.startsWith(`${name}@`))).toEqual([])
  })

  it('gives the licence of each part, with its text', () => {
    const parts = read('out', 'sbom', 'LICENCES.txt').split(`\n${'-'.repeat(80)}\n\n`)
    expect(parts.map((part) => part.slice(0, part.indexOf('\n')))).toEqual(refs())
    const without = parts.filter(
      (part) => !/permission|licen[cs]e/i.test(part.split('\n').slice(3).join('\n')),
    )
    expect(without).toEqual([])
  })

  it('is the same for the same lock file, to the byte', async () => {
    await make()
    expect(read('out', 'sbom', 'understory.cdx.json')).toBe(written)
  }, 120_000)
})
