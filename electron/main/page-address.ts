/** The one address pages are served from, and what counts as being there. */

export const PAGE_SCHEME = 'app'
export const PAGE_HOST = 'bundle'
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/index.html`

/**
 * True when `address` is served by our own protocol handler. Protocol and host are compared, because in Node the
 * `origin` of a URL with a custom scheme is the string "null", and a substring can occur anywhere in a hostile URL.
 */
export function isOurAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST
}

/** True for the page itself, whatever its query or fragment: the only place a window may be navigated to. */
export function isOurPage(address: string): boolean {
  return isOurAddress(address) && new URL(address).pathname === new URL(PAGE_URL).pathname
}
