/** The one table of keys, and a person's own over it. */
import { afterEach, describe, expect, it } from 'vitest'
import { clashOf } from '../../../renderer/keys/clashes.ts'
import { combinationOf, keyParts, matchesKey } from '../../../renderer/keys/combination.ts'
import { COMMAND_IDS, COMMANDS, type CommandId, commandOf } from '../../../renderer/keys/commands.ts'
import {
  canChange,
  commandFor,
  keyLabel,
  keysOf,
  reservedCodeKeys,
  useOwnKeys,
} from '../../../renderer/keys/own-keys.ts'
import { PLACES } from '../../../renderer/state/session.ts'

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})
const CTRL = { ctrlKey: true }

afterEach(() => useOwnKeys.setState({ own: {} }))

describe('the table of keys', () => {
  it('gives no key two meanings in one place', () => {
    const clashes = COMMAND_IDS.filter(canChange).flatMap((id) =>
      COMMANDS[id].keys.flatMap((keys) => {
        const clash = clashOf(id, keys)
        return clash ? [`${id} ${keys}: ${clash.kind === 'command' ? clash.id : clash.words}`] : []
      }),
    )
    expect(clashes).toEqual([])
  })

  it('numbers the places as they stand on the rail', () => {
    const numbered = PLACES.flatMap((place) => {
      const id = `place${place.charAt(0).toUpperCase()}${place.slice(1)}` as CommandId
      return COMMANDS[id].keys.filter((keys) => /\d$/.test(keys))
    })
    expect(numbered).toEqual(numbered.map((_, index) => `Mod+${index + 1}`))
  })

  it('writes every key that can be changed as it is pressed', () => {
    for (const id of COMMAND_IDS.filter(canChange)) {
      for (const keys of COMMANDS[id].keys) expect(keyParts(keys).every((part) => part !== '')).toBe(true)
    }
  })

  it('knows the plus and the minus key', () => {
    expect(matchesKey(press('+', { ...CTRL, shiftKey: true }), 'Mod++')).toBe(true)
    expect(matchesKey(press('=', CTRL), 'Mod+=')).toBe(true)
    expect(matchesKey(press('-', CTRL), 'Mod+-')).toBe(true)
    expect(matchesKey(press('-'), 'Mod+-')).toBe(false)
    expect(keyParts('Mod++')).toEqual(['Ctrl', '+'])
  })

  it('does not take other modifiers for the ones asked for', () => {
    expect(matchesKey(press('z', { ...CTRL, altKey: true }), 'Mod+Z')).toBe(false)
    expect(matchesKey(press('z', { ...CTRL, altKey: true }), 'Mod+Alt+Z')).toBe(true)
    expect(matchesKey(press('Z', { ...CTRL, shiftKey: true }), 'Mod+Z')).toBe(false)
  })
})

describe('what was pressed', () => {
  it('is written as the table writes it', () => {
    expect(combinationOf(press('u', CTRL))).toBe('Mod+U')
    expect(combinationOf(press('U', { ...CTRL, shiftKey: true }))).toBe('Mod+Shift+U')
    expect(combinationOf(press('?', { shiftKey: true }))).toBe('?')
    expect(combinationOf(press('+', { ...CTRL, shiftKey: true }))).toBe('Mod++')
    expect(combinationOf(press(' '))).toBe('Space')
    expect(combinationOf(press('F7'))).toBe('F7')
    expect(combinationOf(press('ArrowLeft', { altKey: true }))).toBe('Alt+ArrowLeft')
  })
  it('is nothing while only modifiers are held', () => {
    for (const key of ['Control', 'Shift', 'Alt', 'Meta', 'Dead'])
      expect(combinationOf(press(key))).toBeNull()
  })
  it('comes back to the same command', () => {
    for (const id of COMMAND_IDS.filter(canChange)) {
      const [keys]: readonly string[] = COMMANDS[id].keys
      // Some are found by name alone until a person gives them keys.
      if (keys === undefined) continue
      const parts = keys === 'Mod++' ? ['Mod', '+'] : keys.split('+')
      const key = parts.at(-1) as string
      const event = press(key === 'Space' ? ' ' : key, {
        ctrlKey: parts.includes('Mod'),
        altKey: parts.includes('Alt'),
        shiftKey: parts.includes('Shift'),
      })
      expect(combinationOf(event)).toBe(keys)
      expect(commandFor(event, commandOf(id).scope)).toBe(id)
    }
  })
})

describe("a person's own keys", () => {
  it('go over those of the table, in what is pressed and in what is shown', () => {
    useOwnKeys.setState({ own: { undo: ['Mod+U'] } })
    expect(commandFor(press('u', CTRL), 'anywhere')).toBe('undo')
    expect(commandFor(press('z', CTRL), 'anywhere')).toBeNull()
    expect(keyLabel('undo')).toBe('Ctrl+U')
  })

  it('may be none at all', () => {
    useOwnKeys.setState({ own: { lock: [] } })
    expect(commandFor(press('l', CTRL), 'anywhere')).toBeNull()
    expect(keyLabel('lock')).toBe('')
  })

  it('never change what a list or the caret does by itself', () => {
    useOwnKeys.setState({ own: { caretPage: ['Mod+U'] } })
    expect(keysOf('caretPage')).toEqual(['PageUp', 'PageDown'])
    expect(canChange('caretMove')).toBe(false)
    expect(canChange('codeKey')).toBe(false)
  })

  it('clash with what holds in the same place, and say with what', () => {
    expect(clashOf('undo', 'Mod+K')).toEqual({ kind: 'command', id: 'palette' })
    // A key of the note would be missing there if it worked everywhere too.
    expect(clashOf('undo', 'Mod+Enter')).toEqual({ kind: 'command', id: 'finishAndNext' })
    expect(clashOf('treeNew', 'F')).toBeNull()
    expect(clashOf('undo', 'Mod+C')).toMatchObject({ kind: 'taken' })
    expect(clashOf('undo', 'U')).toMatchObject({ kind: 'taken' })
    expect(clashOf('memo', 'ArrowLeft')).toMatchObject({ kind: 'taken' })
  })

  it('leave to codes the letters they do not use', () => {
    expect(reservedCodeKeys().get('m')).toBe(COMMANDS.memo.label)
    useOwnKeys.setState({ own: { memo: ['X'] } })
    expect(reservedCodeKeys().has('m')).toBe(false)
    expect(reservedCodeKeys().get('x')).toBe(COMMANDS.memo.label)
  })
})
