/** Who may know whom. The house rules of the source, read off its import statements; no linter plug-in needed. */
import { builtinModules } from 'node:module'
import { describe, expect, it } from 'vitest'
import { filesUnder, type Import, sources } from './sources.ts'

const isIn = (file: string, ...folders: string[]) => folders.some((folder) => file.startsWith(`${folder}/`))
const isNode = (target: string) =>
  target.startsWith('node:') || builtinModules.includes(target.split('/')[0] ?? '')
const isPackage = (target: string, name: string) => target === name || target.startsWith(`${name}/`)

/** "file -> what it must not have", for every import of `folder` that breaks the rule. */
function breaches(folder: string, isAllowed: (imported: Import, file: string) => boolean): string[] {
  return sources
    .filter(({ file }) => isIn(file, folder))
    .flatMap(({ file, imports }) =>
      imports.filter((imported) => !isAllowed(imported, file)).map(({ target }) => `${file} -> ${target}`),
    )
}

const filesWith = (pattern: RegExp) =>
  sources.filter(({ code }) => pattern.test(code)).map(({ file }) => file)

describe('direction of dependencies', () => {
  it('reads the sources it is to judge', () => {
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.find(({ file }) => file === 'shared/rpc.ts')?.imports).toContainEqual({
      names: expect.stringContaining('contract'),
      target: 'shared/contract/index.ts',
      isOwn: true,
      isTypeOnly: false,
    })
  })

  it('shared imports itself and zod, nothing of Node, Electron or a page', () => {
    expect(
      breaches('shared', ({ target, isOwn }) => (isOwn ? isIn(target, 'shared') : isPackage(target, 'zod'))),
    ).toEqual([])
  })

  it('the store runs in plain Node: no Electron, no main, no page', () => {
    // The entry speaks to Electron's ports; types of them leave nothing behind at run time.
    const isTypeInEntry = (file: string, imported: Import) =>
      file === 'electron/store/store.ts' && imported.isTypeOnly
    expect(
      breaches('electron/store', (imported, file) =>
        imported.isOwn
          ? isIn(imported.target, 'electron/store', 'electron/guard', 'shared', 'resources')
          : !isPackage(imported.target, 'electron') || isTypeInEntry(file, imported),
      ),
    ).toEqual([])
  })

  it('main knows the store by its file path only', () => {
    expect(
      breaches('electron/main', ({ target, isOwn }) =>
        isOwn
          ? isIn(target, 'electron/main', 'electron/guard', 'shared') ||
            target === 'electron/preload/channel.ts'
          : isNode(target) || target === 'electron',
      ),
    ).toEqual([])
  })

  it('preload takes from Electron what a sandbox has, and names and types of ours', () => {
    expect(
      breaches('electron/preload', ({ target, isOwn }) =>
        isOwn ? isIn(target, 'electron/preload') || target === 'shared/bridge.ts' : target === 'electron',
      ),
    ).toEqual([])
  })

  it('the network guard stands on Node alone', () => {
    expect(
      breaches('electron/guard', ({ target, isOwn }) =>
        isOwn ? isIn(target, 'electron/guard') : isNode(target),
      ),
    ).toEqual([])
  })

  it('one file of the store writes, renames and removes files, one sets a log aside and one keeps marks in the settings; nothing else does', () => {
    const names =
      'writeFile|appendFile|createWriteStream|rename|rm|unlink|copyFile|cp|truncate|symlink|link|chmod'
    const writes = new RegExp(`\\b(?:${names})(?:Sync)?\\b`)
    const written = sources.filter(({ code, file, imports }) => {
      const isNamed = imports.some(({ target, names }) => /^node:fs/.test(target) && writes.test(names))
      return (
        isIn(file, 'electron/store', 'electron/cli') &&
        (isNamed || /\bfs\.(?!open|stat|readdir|readFile|lstat|realpath)/.test(code))
      )
    })
    expect(written.map(({ file }) => file)).toEqual([
      'electron/store/file/settings-folder.ts',
      'electron/store/file/written-file.ts',
      'electron/store/verify/leftover-log.ts',
    ])
  })

  it('the command line uses the store and shared', () => {
    expect(
      breaches('electron/cli', ({ target, isOwn }) =>
        isOwn
          ? isIn(target, 'electron/cli', 'electron/store', 'electron/guard', 'shared', 'resources')
          : !isPackage(target, 'electron'),
      ),
    ).toEqual([])
  })

  it('the page imports itself, shared and packages that run in a page', () => {
    expect(
      breaches('renderer', ({ target, isOwn }) =>
        isOwn
          ? isIn(target, 'renderer', 'shared', 'resources')
          : !isNode(target) && !isPackage(target, 'electron'),
      ),
    ).toEqual([])
  })
})

describe('nothing reaches for a network', () => {
  const NETWORK = [
    'http',
    'http2',
    'https',
    'net',
    'tls',
    'dgram',
    'dns',
    'undici',
    'ws',
    'axios',
    'node-fetch',
    'got',
  ]

  it('only the guard imports network modules, to close them', () => {
    const users = sources
      .filter(({ imports }) => imports.some(({ target }) => isNetwork(target)))
      .map(({ file }) => file)
    expect(users).toEqual(['electron/guard/network-guard.ts'])
  })

  it('every process and thread of ours with Node in it closes them', () => {
    const starts = sources.filter(
      ({ code, file }) => file.startsWith('electron/') && /\bforbidNetwork\(\)/.test(code),
    )
    const THREADS = sources.filter(({ imports }) =>
      imports.some(({ target, names }) => target === 'node:worker_threads' && /\bparentPort\b/.test(names)),
    )
    expect(THREADS.length).toBeGreaterThan(1)
    const wanted = [
      'electron/cli/cli.ts',
      'electron/main/main.ts',
      'electron/store/store.ts',
      ...THREADS.map(({ file }) => file),
    ]
    expect(wanted.filter((file) => !starts.some((start) => start.file === file))).toEqual([])
  })

  it('of Electron nobody takes what fetches, opens a browser, updates or reports', () => {
    const FORBIDDEN = /\b(net|shell|autoUpdater|crashReporter|inAppPurchase|pushNotifications)\b/
    const users = sources.flatMap(({ file, imports }) =>
      imports
        .filter(({ target, names }) => target === 'electron' && (FORBIDDEN.test(names) || /\*/.test(names)))
        .map(({ names }) => `${file}: ${names.trim()}`),
    )
    expect(users).toEqual([])
    expect(sources.flatMap(({ imports }) => imports).map(({ target }) => target)).not.toContain(
      '@electron/remote',
    )
  })

  const isNetwork = (target: string) => {
    const bare = target.replace(/^node:/, '')
    return NETWORK.some((name) => isPackage(bare, name))
  }
})

describe('each mechanism has one place', () => {
  it('one file at most paints highlights', () => {
    expect(filesWith(/\bCSS\s*\.\s*highlights\b/).length).toBeLessThanOrEqual(1)
  })

  it('only lockdown and protocol touch the session', () => {
    const users = sources
      .filter(({ imports }) =>
        imports.some(({ target, names }) => target === 'electron' && /\bsession\b/.test(names)),
      )
      .map(({ file }) => file)
      .sort()
    expect(users).toEqual(['electron/main/lockdown.ts', 'electron/main/protocol.ts'])
    expect(filesWith(/\.session\b/).filter((file) => isIn(file, 'electron'))).toEqual([])
  })

  it('only preload exposes anything to the page', () => {
    expect(filesWith(/\bexposeInMainWorld\b/)).toEqual(['electron/preload/preload.ts'])
  })

  it('every handler of main stands behind the check of its sender', () => {
    expect(filesWith(/\bipcMain\b/)).toEqual(['electron/main/verbs.ts'])
  })
})

describe('names', () => {
  it('no folder is called utils, helpers, common or misc', () => {
    const folders = new Set(
      [...sources.map(({ file }) => file), ...filesUnder('tests')].flatMap((file) =>
        file.split('/').slice(0, -1),
      ),
    )
    expect(
      ['utils', 'util', 'helpers', 'helper', 'common', 'misc'].filter((name) => folders.has(name)),
    ).toEqual([])
  })

  it('exports have names, except where a tool wants a default', () => {
    const isConfiguration = (file: string) => /(^|\/)[^/]*\.?config\.[mc]?ts$/.test(file)
    expect(
      filesWith(/\bexport\s+default\b|\bas\s+default\b/).filter((file) => !isConfiguration(file)),
    ).toEqual([])
  })

  it('imports of our own files say their whole name', () => {
    const bare = sources.flatMap(({ file, imports }) =>
      imports
        .filter(({ target, isOwn }) => isOwn && !/\.(ts|tsx|css|json|svg|png|md)(\?\w+)?$/.test(target))
        .map(({ target }) => `${file} -> ${target}`),
    )
    expect(bare).toEqual([])
  })
})
