/** Which colour a new code gets. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadTemplate } from '../../electron/store/exchange/codebook/templates.ts'
import { distance } from '../../shared/colour-vision.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { type ColouredCode, nextColour, PALETTE } from '../../shared/palette.ts'
import { codeId } from '../ids.ts'

const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url))
/** Two neighbours of the palette are about .03 from each other. */
const TOLD_APART = 0.055

function coloured(codes: readonly Omit<ColouredCode, 'colour'>[]): ColouredCode[] {
  const given: ColouredCode[] = []
  for (const code of codes) given.push({ ...code, colour: nextColour(given, code.parentId) })
  return given
}

const nearestIn = (codes: readonly ColouredCode[]): number =>
  Math.min(
    ...codes.flatMap((one, at) =>
      codes.slice(at + 1).map((other) => distance(one.colour as string, other.colour as string, 'usual')),
    ),
  )

describe('the colour of a new code', () => {
  it('tells the codes of one folder apart, in every folder of the template', () => {
    const entries = loadTemplate(RESOURCES, 'safeguarding')
    const codes = entries
      .filter(({ isFolder }) => !isFolder)
      .map((entry) => ({ id: entry.id as CodeId, parentId: entry.parentId as CodeId | null }))
    const given = coloured(codes)
    const folders = [...new Set(given.map(({ parentId }) => parentId))]
    expect(folders.length).toBeGreaterThan(4)
    for (const folder of folders) {
      const members = given.filter(({ parentId }) => parentId === folder)
      // Twelve are as many as stand two steps of the circle apart.
      if (members.length <= 12) expect(nearestIn(members)).toBeGreaterThanOrEqual(TOLD_APART)
      expect(new Set(members.map(({ colour }) => colour)).size).toBe(members.length)
    }
  })

  it('is not near the colour of the code it is put under', () => {
    const parent = { id: 'neglect', parentId: null, colour: '#17bac8' }
    expect(distance(nextColour([parent], codeId('neglect')), '#17bac8', 'usual')).toBeGreaterThanOrEqual(
      TOLD_APART,
    )
  })

  it('uses every colour once before any twice, where folders leave the choice', () => {
    const given = coloured(
      Array.from({ length: 24 }, (_, at) => ({ id: `code-${at}`, parentId: codeId(`folder-${at}`) })),
    )
    expect(given.map(({ colour }) => colour)).toEqual(PALETTE.map(({ hex }) => hex))
  })
})
