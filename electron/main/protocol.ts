/** Serves the built page under app://bundle/, the only origin there is. */
import { readFile } from 'node:fs/promises'
import { protocol, session } from 'electron'
import { bundleFileFor, headersFor } from './bundle-file.ts'
import { PAGE_SCHEME } from './page-address.ts'

/** Must run before Electron is ready. `standard` gives the page an origin, `codeCache` a faster second start. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Must run after Electron is ready. `folder` is where the built page lies. */
export function servePage(folder: string): void {
  session.defaultSession.protocol.handle(PAGE_SCHEME, (request) => answer(folder, request))
}

async function answer(folder: string, request: Request): Promise<Response> {
  const found = bundleFileFor(folder, request.method, request.url)
  if ('refusal' in found) return refusal(found.refusal)
  try {
    const content = await readFile(found.file)
    const body = request.method === 'HEAD' ? null : new Uint8Array(content)
    return new Response(body, { headers: headersFor(found.contentType) })
  } catch {
    return refusal(404)
  }
}

/** An error document is a document as well: it gets the same policy. */
const refusal = (status: 403 | 404 | 405): Response =>
  new Response(`${status}`, { status, headers: headersFor('text/plain; charset=utf-8') })
