/** Keys as the page writes them ("Mod+ArrowLeft") in the words of Electron's menus ("CmdOrCtrl+Left"). */
const WORDS: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
}

export function accelerator(keys: string): string {
  const parts = keys.endsWith('+') ? [...keys.slice(0, -1).split('+').filter(Boolean), '+'] : keys.split('+')
  return parts.map((part) => WORDS[part] ?? part).join('+')
}
