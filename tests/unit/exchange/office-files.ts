/** Office files and PDFs put together by hand, so that a test can say exactly what is in them, or wrong with them. */
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

export type ZipEntry = {
  name: string
  data: string | Uint8Array
  /** What the directory says in place of the truth. */
  size?: number
  crc?: number
  isEncrypted?: boolean
}

/** Packing is what takes long in tests with large content, so the same content is packed once. */
const packedBefore = new WeakMap<Uint8Array, { packed: Buffer; sum: number }>()

function pack(bytes: Uint8Array): { packed: Buffer; sum: number } {
  const known = packedBefore.get(bytes) ?? { packed: deflateRawSync(bytes), sum: crc32(bytes) }
  packedBefore.set(bytes, known)
  return known
}

/** A zip file with these entries. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, data, size, crc, isEncrypted } of entries) {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    const { packed, sum } = pack(bytes)
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800 | (isEncrypted ? 1 : 0), 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc ?? sum, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size ?? bytes.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    files.push(Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, packed)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, rest, nameBytes)
    at += 30 + nameBytes.length + packed.length
  }
  const end = Buffer.alloc(18)
  const directoryBytes = Buffer.concat(directory)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directoryBytes.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...files, directoryBytes, Buffer.from('PK\x05\x06', 'latin1'), end])
}

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

const relations = (list: ReadonlyArray<readonly [type: string, target: string, mode?: string]>) =>
  `${HEAD}<Relationships xmlns="${RELATIONS}">${list
    .map(
      ([type, target, mode], index) =>
        `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`,
    )
    .join('')}</Relationships>`

export type BookParts = {
  /** Of each sheet its name, the XML inside `sheetData`, and if wanted its state and what stands before. */
  sheets: ReadonlyArray<{ name: string; data: string; state?: string; before?: string }>
  /** The XML inside `sst`. */
  strings?: string
  /** The XML inside `styleSheet`. */
  styles?: string
  is1904?: boolean
}

/** The parts of a workbook; a test may change them before it zips them. */
export function bookEntries({ sheets, strings, styles, is1904 }: BookParts): ZipEntry[] {
  const list = sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const)
  if (strings !== undefined) list.push(['sharedStrings', 'sharedStrings.xml'] as never)
  if (styles !== undefined) list.push(['styles', 'styles.xml'] as never)
  const named = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
  )
  return [
    { name: '[Content_Types].xml', data: `${HEAD}<Types/>` },
    { name: '_rels/.rels', data: relations([['officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      data: `${HEAD}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${named.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', data: relations(list) },
    ...sheets.map(({ data, before = '' }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: `${HEAD}<worksheet xmlns="${SHEET}">${before}<sheetData>${data}</sheetData></worksheet>`,
    })),
    ...(strings === undefined
      ? []
      : [{ name: 'xl/sharedStrings.xml', data: `${HEAD}<sst xmlns="${SHEET}">${strings}</sst>` }]),
    ...(styles === undefined
      ? []
      : [{ name: 'xl/styles.xml', data: `${HEAD}<styleSheet xmlns="${SHEET}">${styles}</styleSheet>` }]),
  ]
}

export const bookOf = (parts: BookParts): Buffer => zipOf(bookEntries(parts))

/** Rows of a sheet as XML, each cell an inline string. */
export const inlineRows = (rows: ReadonlyArray<readonly string[]>): string =>
  rows
    .map(
      (cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
    )
    .join('')

/** The parts of a Word document with this XML as its body, and further parts as relation type, name and XML. */
export function wordEntries(
  body: string,
  others: ReadonlyArray<readonly [type: string, name: string, data: string]> = [],
  outside: ReadonlyArray<readonly [type: string, target: string, mode: string]> = [],
): ZipEntry[] {
  const names = `xmlns:w="${WORD}" xmlns:r="${OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"`
  return [
    { name: '_rels/.rels', data: relations([['officeDocument', 'word/document.xml']]) },
    {
      name: 'word/_rels/document.xml.rels',
      data: relations([...others.map(([type, name]) => [type, name] as const), ...outside]),
    },
    { name: 'word/document.xml', data: `${HEAD}<w:document ${names}><w:body>${body}</w:body></w:document>` },
    ...others.map(([type, name, data]) => ({
      name: `word/${name}`,
      data: `${HEAD}<w:${type} ${names}>${data}</w:${type}>`,
    })),
  ]
}

export const wordOf = (...parts: Parameters<typeof wordEntries>): Buffer => zipOf(wordEntries(...parts))

/** A paragraph of one run. */
export const paragraph = (text: string): string =>
  `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`

/** A PDF of these objects, numbered from 1; the first is the catalogue. */
export function pdfOfObjects(objects: ReadonlyArray<string | Buffer>, trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const starts: number[] = []
  let at = parts[0]?.length ?? 0
  for (const [index, object] of objects.entries()) {
    const body = typeof object === 'string' ? Buffer.from(object, 'latin1') : object
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    starts.push(at)
    at += whole.length
    parts.push(whole)
  }
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${at}\n%%EOF\n`,
      'latin1',
    ),
  )
  return Buffer.concat(parts)
}

/** A stream object; packed when `filter` says so. */
export function pdfStream(content: string | Uint8Array, filter?: 'flate', entries = ''): Buffer {
  const plain = typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content)
  const data = filter ? deflateSync(plain) : plain
  const head = `<</Length ${data.length}${filter ? '/Filter/FlateDecode' : ''}${entries}>>\nstream\n`
  return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream')])
}

/** A PDF with a page for each content stream; `resources` goes into each page's resources, `more` are further objects. */
export function pdfOf(
  contents: ReadonlyArray<string | Buffer>,
  { resources = '', more = [] as Array<string | Buffer>, trailer = '' } = {},
): Buffer {
  const first = 4 + more.length
  const pages = contents.map(
    (_, index) =>
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>${resources}>>/Contents ${first + index * 2 + 1} 0 R>>`,
  )
  const kids = contents.map((_, index) => `${first + index * 2} 0 R`).join(' ')
  return pdfOfObjects(
    [
      '<</Type/Catalog/Pages 2 0 R>>',
      `<</Type/Pages/Kids[${kids}]/Count ${contents.length}>>`,
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
      ...more,
      ...contents.flatMap((content, index) => [
        pages[index] as string,
        typeof content === 'string' ? pdfStream(content) : content,
      ]),
    ],
    trailer,
  )
}

/** What draws these lines from the top of a page; `null` is a gap of an empty line. */
export function pdfText(lines: ReadonlyArray<string | null>): string {
  const drawn = lines.map((line) => (line === null ? 'T*' : `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`))
  return `BT /F1 12 Tf 14 TL 72 770 Td ${drawn.join(' ')} ET`
}
