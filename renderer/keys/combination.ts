/** Keys as they are pressed and as they are written: "Mod+Alt+Z". */
export type KeyLike = {
  key: string
  code?: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform)

type Combination = { mod: boolean; alt: boolean; shift: boolean; key: string }

const read = new Map<string, Combination>()
/** "Mod+Alt+Z" in parts; the key itself may be a plus. */
export function parseCombination(combination: string): Combination {
  const known = read.get(combination)
  if (known) return known
  const [, modifiers = '', key = ''] = /^((?:(?:Mod|Alt|Shift)\+)*)(.+)$/.exec(combination) ?? []
  const parts = modifiers.split('+')
  const parsed = {
    mod: parts.includes('Mod'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
    key: key.toLowerCase(),
  }
  read.set(combination, parsed)
  return parsed
}

/** A character such as "?" or "[" may need Shift on some keyboards; it is asked for by itself. */
export const isSymbol = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key)

/** The key itself in small letters. With Alt held a Mac types another character, so there the place counts. */
function keyOf(event: KeyLike): string {
  const place = event.altKey && isMac ? /^(?:Key|Digit)(.)$/.exec(event.code ?? '')?.[1] : undefined
  return place?.toLowerCase() ?? (event.key === ' ' ? 'space' : event.key.toLowerCase())
}

export function matchesKey(event: KeyLike, combination: string): boolean {
  const wanted = parseCombination(combination)
  if (keyOf(event) !== wanted.key) return false
  const isMod = isMac ? event.metaKey : event.ctrlKey
  if (isMod !== wanted.mod || event.altKey !== wanted.alt) return false
  return isSymbol(wanted.key) || event.shiftKey === wanted.shift
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified'])

/** What was pressed, as the table writes it: "Mod+Alt+Z". Null for a modifier alone. */
export function combinationOf(event: KeyLike): string | null {
  if (MODIFIERS.has(event.key) || (isMac ? event.ctrlKey : event.metaKey)) return null
  const key = keyOf(event)
  const name = key.length === 1 ? key.toUpperCase() : key === 'space' ? 'Space' : event.key
  const parts = [
    (isMac ? event.metaKey : event.ctrlKey) && 'Mod',
    event.altKey && 'Alt',
    event.shiftKey && !isSymbol(key) && 'Shift',
    name,
  ]
  return parts.filter(Boolean).join('+')
}

export const KEY_NAMES: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'Page up',
  PageDown: 'Page down',
  ContextMenu: 'Menu',
}

/** "Mod+Alt+Z" as what stands on the keys: Ctrl, Alt, Z. */
export const keyParts = (combination: string): string[] => {
  const parts = combination.endsWith('+')
    ? [...combination.slice(0, -1).split('+').filter(Boolean), '+']
    : combination.split('+')
  return parts.map((part) => KEY_NAMES[part] ?? part)
}
