/** Which version of the program this is. */
import { readFileSync } from 'node:fs'

/** As in package.json, which lies two folders above this module, bundled or not. */
export const programVersion = (): string => {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
