import { describe, expect, it } from 'vitest'
import { boundsFor } from '../../../electron/main/window-state.ts'

const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 }
const SECOND = { x: 1440, y: 0, width: 1920, height: 1080 }

describe('where the window opens', () => {
  it('is the middle of the first screen, the first time', () => {
    expect(boundsFor(null, [SECOND])).toEqual({ x: 1720, y: 110, width: 1360, height: 860 })
  })

  it('is where it was', () => {
    const saved = { x: 1500, y: 40, width: 1200, height: 900 }
    expect(boundsFor(saved, [LAPTOP, SECOND])).toEqual(saved)
  })

  it('is the first screen again when the other one has been unplugged', () => {
    const saved = { x: 1500, y: 40, width: 1200, height: 900 }
    expect(boundsFor(saved, [LAPTOP])).toEqual({ x: 40, y: 33, width: 1360, height: 860 })
  })

  it('is never where the title bar could not be reached', () => {
    const above = { x: 100, y: -200, width: 1200, height: 800 }
    const aside = { x: -1150, y: 100, width: 1200, height: 800 }
    expect(boundsFor(above, [LAPTOP])).toEqual(boundsFor(null, [LAPTOP]))
    expect(boundsFor(aside, [LAPTOP])).toEqual(boundsFor(null, [LAPTOP]))
  })

  it('may stand over the edge as the person left it', () => {
    const saved = { x: 900, y: 100, width: 1200, height: 800 }
    expect(boundsFor(saved, [LAPTOP])).toEqual(saved)
  })

  it('is where it was on a screen to the left of or above the first', () => {
    const left = { x: -1920, y: -200, width: 1920, height: 1080 }
    const saved = { x: -1800, y: -150, width: 1500, height: 900 }
    expect(boundsFor(saved, [LAPTOP, left])).toEqual(saved)
    expect(boundsFor(saved, [LAPTOP])).toEqual(boundsFor(null, [LAPTOP]))
  })

  it('keeps its size across two screens when most of it is on the larger', () => {
    const saved = { x: 1300, y: 40, width: 1800, height: 1000 }
    expect(boundsFor(saved, [LAPTOP, SECOND])).toEqual(saved)
  })

  it('fits the screen again when that has become smaller', () => {
    const saved = { x: 1500, y: 40, width: 1800, height: 1000 }
    const smaller = { ...SECOND, width: 1280, height: 720 }
    expect(boundsFor(saved, [LAPTOP, smaller])).toMatchObject({ width: 1280, height: 720 })
  })

  it('is no larger than the screen and no smaller than the least size', () => {
    expect(boundsFor({ x: 0, y: 25, width: 4000, height: 3000 }, [LAPTOP])).toMatchObject({
      width: 1440,
      height: 875,
    })
    expect(boundsFor({ x: 0, y: 25, width: 200, height: 100 }, [LAPTOP])).toMatchObject({
      width: 960,
      height: 600,
    })
    expect(boundsFor(null, [{ x: 0, y: 0, width: 800, height: 500 }])).toEqual({
      x: 0,
      y: 0,
      width: 960,
      height: 600,
    })
  })
})
