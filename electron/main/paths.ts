/** Where things lie: the built parts beside this file, what ships with the program, and the person's own folder. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** `out/` of the checkout or of the package; this file is built to `out/main/`. */
const built = fileURLToPath(new URL('..', import.meta.url))

export const PRELOAD_FILE = path.join(built, 'preload', 'preload.cjs')
export const STORE_FILE = path.join(built, 'store', 'store.js')
export const CLI_FILE = path.join(built, 'cli', 'cli.js')
export const PAGE_FOLDER = path.join(built, 'renderer')

/** The folder `appFolder` is Electron's app path: the checkout, or the package. */
export const resourcesFolder = (appFolder: string): string => path.join(appFolder, 'resources')

/** Linux shows this in its window lists; elsewhere the program's own icon is used. */
export const iconFile = (appFolder: string): string =>
  path.join(resourcesFolder(appFolder), 'icons', 'understory.png')

export const sampleFile = (userData: string): string => path.join(userData, 'Sample project.understory')
