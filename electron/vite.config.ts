/**
 * How each part of the application becomes one bundle in `out/`. Used by
 * scripts/build.mjs, which picks a part by Vite's mode: `main`, `preload`,
 * `store`, `cli`, `renderer` (and `bench`, whose inputs scripts/bench.mjs gives).
 *
 * Bundles lie two folders below the root (`out/main/main.js`), in development
 * and in the packed app alike: the root, and `resources/` in it, is
 * `path.join(import.meta.dirname, '..', '..')`. Chunks lie beside their entry,
 * so that this holds wherever a module ends up.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = (...parts: string[]) => path.join(root, ...parts)

type Packages = { dependencies: Record<string, string> }
const { dependencies } = JSON.parse(readFileSync(source('package.json'), 'utf8')) as Packages

/** Loaded at run time: what is installed beside the app, Node's own modules, Electron. */
const external = [
  /^node:/,
  /^electron(\/|$)/,
  ...Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
]

/** Electron 33, the oldest runtime the project is developed in, has Node 20 and Chromium 130. */
const NODE = 'node20'
const CHROMIUM = 'chrome130'

const shared = (name: string): UserConfig => ({
  root,
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: source('out', name),
    emptyOutDir: true,
    sourcemap: true,
    // Sizes are of no interest to an app that is read from disk.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 5000,
    // What of other people's is in the bundle, for scripts/sbom.mjs.
    license: { fileName: 'licences.json' },
  },
})

/** An ES module for Node: packages of `devDependencies` are bundled, `dependencies` are not. */
function forNode(
  name: string,
  input: Record<string, string>,
  left: readonly RegExp[] = external,
): UserConfig {
  const config = shared(name)
  return {
    ...config,
    ssr: { target: 'node', noExternal: true },
    build: {
      ...config.build,
      ssr: true,
      target: NODE,
      minify: false,
      rolldownOptions: {
        input,
        external: [...left],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  }
}

/** A sandboxed preload is one CommonJS file that may require nothing but Electron. */
function forPreload(): UserConfig {
  const config = forNode('preload', { preload: source('electron/preload/preload.ts') })
  return {
    ...config,
    build: {
      ...config.build,
      rolldownOptions: {
        input: { preload: source('electron/preload/preload.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  }
}

type Graph = { getModuleInfo(id: string): { importedIds: readonly string[] } | null }

/** Whether the page cannot begin without a module: what its entry imports, and what that does. */
function isAmongFirst(entry: string): (id: string, graph: Graph) => boolean {
  const first = new Set<string>()
  const add = (id: string, graph: Graph): void => {
    if (first.has(id)) return
    first.add(id)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) add(imported, graph)
  }
  return (id, graph) => {
    if (first.size === 0) add(entry, graph)
    return first.has(id)
  }
}

/**
 * The page, under a Content-Security-Policy of `'self'` only: nothing inline,
 * no `data:` addresses, every address relative.
 */
function forRenderer(): UserConfig {
  const config = shared('renderer')
  const isFirst = isAmongFirst(source('renderer', 'index.html'))
  return {
    ...config,
    root: source('renderer'),
    base: './',
    plugins: [react()],
    build: {
      ...config.build,
      target: CHROMIUM,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          // As one file: each more is asked for, read and handed over while the window waits.
          codeSplitting: {
            groups: [{ debugName: 'first', name: (id, graph) => (isFirst(id, graph) ? 'first' : null) }],
          },
        },
      },
    },
  }
}

/** The workers lie beside both programs that start them: `new URL('./analysis-worker.js', import.meta.url)`. */
const withWorkers = (input: Record<string, string>): Record<string, string> => ({
  ...input,
  'analysis-worker': source('electron/store/jobs/worker.ts'),
  'screening-worker': source('electron/store/intake/screening-worker.ts'),
})

export default defineConfig(({ mode }) => {
  switch (mode) {
    case 'main':
      return forNode('main', { main: source('electron/main/main.ts') })
    case 'preload':
      return forPreload()
    case 'store':
      return forNode('store', {
        ...withWorkers({ store: source('electron/store/store.ts') }),
        'make-sample': source('electron/store/make-sample.ts'),
      })
    case 'cli':
      return forNode('cli', withWorkers({ cli: source('electron/cli/cli.ts') }))
    case 'renderer':
      return forRenderer()
    case 'bench':
      // What drives the window finds its own files beside itself and cannot be bundled.
      return forNode('bench', {}, [...external, /^@playwright\//])
    default:
      throw new Error(`No part of the application is called "${mode}".`)
  }
})
