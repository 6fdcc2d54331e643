/**
 * The text of a page of HTML as it reads: what stands in blocks on lines of its own, cells of a row with tabs between.
 * Nothing it refers to is looked at, nothing in it runs, and the work grows with its length alone.
 */

/** What is in these is no text of the page. */
const UNSEEN = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'object',
  'iframe',
  'svg',
])
const BLOCKS = new Set([
  ...['address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'div', 'dl', 'dt', 'fieldset'],
  ...['figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'legend'],
  ...['li', 'main', 'nav', 'ol', 'p', 'section', 'table', 'tr', 'ul'],
])
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const ENTITIES = new Map<string, string>([
  ...LATIN.split(' ').map((name, at) => [name, String.fromCodePoint(160 + at)] as const),
  ...Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
    ...{ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„' },
    ...{ hellip: '…', bull: '•', dagger: '†', permil: '‰', lsaquo: '‹', rsaquo: '›', euro: '€', trade: '™' },
    ...{ OElig: 'Œ', oelig: 'œ', Scaron: 'Š', scaron: 'š', Yuml: 'Ÿ', fnof: 'ƒ', circ: 'ˆ', tilde: '˜' },
    ...{ ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', zwnj: '\u200c', zwj: '\u200d', minus: '−' },
    ...{ rarr: '→', larr: '←', ge: '≥', le: '≤', ne: '≠' },
  }),
])

/** The text of the page, without empty lines at its ends. */
export function textOfHtml(html: string): string {
  const page = new Page()
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at)
    const isTag = open !== -1 && /[a-z/!?]/i.test(html.charAt(open + 1))
    const end = open === -1 ? html.length : isTag ? open : open + 1
    page.text(html.slice(at, end))
    at = end
    if (isTag) at = tagAt(html, open, page)
  }
  return page.end()
}

/** Reads the tag that starts at `open`; returns where it ends. */
function tagAt(html: string, open: number, page: Page): number {
  if (html.startsWith('<!--', open)) return endOf(html, '-->', open + 4)
  const close = endOfTag(html, open + 1)
  const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9:]*)/i.exec(html.slice(open, open + 64)) ?? []
  const tag = name.toLowerCase()
  if (slash === '' && UNSEEN.has(tag) && !html.startsWith('/>', close - 2)) {
    const end = new RegExp(`</${tag}\\b`, 'gi')
    end.lastIndex = close
    const found = end.exec(html)
    return found ? endOfTag(html, found.index + 1) : html.length
  }
  if (slash === '') page.open(tag)
  else page.close(tag)
  return close
}

function endOf(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from)
  return at === -1 ? html.length : at + mark.length
}

/** A ">" inside a quoted attribute ends no tag. */
function endOfTag(html: string, from: number): number {
  const sign = /["'>]/g
  sign.lastIndex = from
  for (let found = sign.exec(html); found !== null; found = sign.exec(html)) {
    if (found[0] === '>') return found.index + 1
    const quote = html.indexOf(found[0], found.index + 1)
    if (quote === -1) return endOf(html, '>', found.index)
    sign.lastIndex = quote + 1
  }
  return html.length
}

class Page {
  readonly #lines: string[] = []
  readonly #line: string[] = []
  #isAfterSpace = true
  #cells = 0
  #isBlockOver = false
  #preformatted = 0

  text(raw: string): void {
    if (raw === '') return
    const text = raw.includes('&') ? withoutEntities(raw) : raw
    if (this.#preformatted > 0) {
      const [first = '', ...others] = text.split(/\r\n?|\n/)
      this.#add(first)
      for (const line of others) {
        this.#endLine()
        this.#add(line)
      }
      return
    }
    // White space is one blank, and none at the start of a line; blanks that do not break are text.
    const words = text.replace(/[ \t\r\n\f]+/g, ' ')
    this.#add(this.#isAfterSpace && words.startsWith(' ') ? words.slice(1) : words)
  }

  open(tag: string): void {
    if (tag === 'br') {
      this.#flush()
      this.#endLine()
    } else if (tag === 'tr') {
      this.#endBlock()
      this.#cells = 0
    } else if (tag === 'td' || tag === 'th') this.#startCell()
    else if (BLOCKS.has(tag) || tag === 'pre') this.#endBlock()
    if (tag === 'pre') this.#preformatted++
  }

  close(tag: string): void {
    if (tag === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1)
    if (BLOCKS.has(tag) || tag === 'pre') this.#endBlock()
  }

  end(): string {
    this.#flush()
    if (this.#line.length > 0) this.#endLine()
    const first = this.#lines.findIndex((line) => line !== '')
    return first === -1
      ? ''
      : this.#lines.slice(first, this.#lines.findLastIndex((line) => line !== '') + 1).join('\n')
  }

  #startCell(): void {
    if (this.#cells === 0) this.#flush()
    else {
      // Paragraphs end inside cells; the row goes on.
      this.#isBlockOver = false
      this.#line.push('\t')
    }
    this.#cells++
    this.#isAfterSpace = true
  }

  #add(text: string): void {
    if (text === '') return
    if (this.#isBlockOver && text.trim() === '') return
    this.#flush()
    this.#line.push(text)
    this.#isAfterSpace = this.#preformatted === 0 && text.endsWith(' ')
  }

  /** The line ends when more text comes, as blocks end in each other. */
  #endBlock(): void {
    if (this.#line.some((part) => part.trim() !== '')) this.#isBlockOver = true
    else this.#line.length = 0
    this.#isAfterSpace = true
  }

  #flush(): void {
    if (this.#isBlockOver) this.#endLine()
  }

  #endLine(): void {
    this.#lines.push(this.#line.join('').trimEnd())
    this.#line.length = 0
    this.#isAfterSpace = true
    this.#isBlockOver = false
  }
}

const withoutEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,7}));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : '\ufffd'
  })
