/**
 * A page without a window: happy-dom, with sizes, so that lists have room for rows, and Node's own of what the store
 * beside it shares with the page. Nothing is laid out or painted here: what is about that is tried in Electron.
 */
import { builtinEnvironments, type Environment } from 'vitest/runtime'

const NODES_OWN = [
  'URL',
  'URLSearchParams',
  'AbortController',
  'AbortSignal',
  'MessagePort',
  'fetch',
] as const
/** Of every element, in CSS pixels. */
const SIZE = { offsetWidth: 800, offsetHeight: 400, clientWidth: 800, clientHeight: 400 }

class Sheet {
  replaceSync(): void {}
}

/** What Chromium has and happy-dom not. */
const FROM_CHROMIUM = {
  CSSStyleSheet: Sheet,
  Highlight: class extends Set {},
  CSS: { highlights: new Map(), supports: () => false, escape: (text: string) => text },
}

/** A page's timers end with its window; what is returned ends them and gives Node's back. */
function keepTimers(global: typeof globalThis): () => void {
  const { setTimeout } = global
  const set = new Set<NodeJS.Timeout>()
  const kept = (...args: Parameters<typeof setTimeout>) => {
    const timer = setTimeout(...args)
    set.add(timer)
    return timer
  }
  global.setTimeout = Object.assign(kept, setTimeout)
  return () => {
    global.setTimeout = setTimeout
    for (const timer of set) clearTimeout(timer)
  }
}

const environment: Environment = {
  ...builtinEnvironments['happy-dom'],
  name: 'page',
  // Else Vite takes the files beside the store for parts of the page.
  viteEnvironment: 'ssr',
  async setup(global, options) {
    const endTimers = keepTimers(global)
    const own = NODES_OWN.map((name) => [name, global[name]] as const)
    const environment = await builtinEnvironments['happy-dom'].setup(global, options)
    for (const [name, value] of own) global[name] = value
    Object.assign(global, FROM_CHROMIUM)
    for (const [name, value] of Object.entries(SIZE))
      Object.defineProperty(global.HTMLElement.prototype, name, { configurable: true, get: () => value })
    for (const [name, value] of Object.entries({
      adoptedStyleSheets: [],
      fonts: { ready: Promise.resolve() },
    }))
      Object.defineProperty(global.document, name, { configurable: true, writable: true, value })
    return {
      teardown(torn) {
        endTimers()
        return environment.teardown(torn)
      },
    }
  },
}

// biome-ignore lint/style/noDefaultExport: as Vitest takes it
export default environment
