/** Which file of the built page answers a request, and with which headers; pure, so that refusals can be listed in a test. */
import path from 'node:path'
import { isOurAddress } from './page-address.ts'

/** Only what a built page consists of; anything else in the folder is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/**
 * No inline script, no eval, no inline style, nothing from anywhere else. Styles that change at run time go into
 * adopted style sheets, which need no 'unsafe-inline'. `frame-src` and `object-src` stand here in words although
 * `default-src` covers them: they are what one looks for.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export type BundleFile = { file: string; contentType: string } | { refusal: 403 | 404 | 405 }

/** The file under `folder` that answers this request, or the status it is refused with. */
export function bundleFileFor(folder: string, method: string, address: string): BundleFile {
  if (method !== 'GET' && method !== 'HEAD') return { refusal: 405 }
  if (!isOurAddress(address)) return { refusal: 403 }
  const wanted = decodedPath(new URL(address).pathname)
  if (wanted === null) return { refusal: 403 }
  const root = path.resolve(folder)
  const file = path.resolve(root, `.${wanted}`)
  if (!file.startsWith(root + path.sep)) return { refusal: 403 }
  const contentType = CONTENT_TYPES[path.extname(file).toLowerCase()]
  return contentType === undefined ? { refusal: 404 } : { file, contentType }
}

/** `..%2f` only becomes a way up after decoding, hence the check here as well as on the resolved path. */
function decodedPath(pathname: string): string | null {
  try {
    const decoded = decodeURIComponent(pathname)
    return /\0|\\|(^|\/)\.\.(\/|$)/.test(decoded) ? null : decoded
  } catch {
    return null
  }
}

export function headersFor(contentType: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}
