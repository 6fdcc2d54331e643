/**
 * `npm run sbom`: what of other people's is in the program that leaves the house, in out/sbom:
 *
 * - understory.cdx.json, a bill of materials in CycloneDX 1.5, made by npm from the lock file and cut down to what ships
 * - LICENCES.txt, the licence of each part with its text
 *
 * What ships is what the bundler says it put into the bundles, what is packed beside them (`dependencies`), and
 * Electron. A part without a licence, or with one that nobody has looked at, is an error. The same lock file gives the
 * same bytes.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ALL_TARGETS, build } from './build.mjs'
import { asProgram, isProgram, root, run, SetupError, say } from './house.mjs'

const out = path.join(root, 'out', 'sbom')

/** Licences under which a program may be given to others with no more than their text beside it. */
const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
])

/** Packed out by electron-builder.yml: native drawing of PDF pages, and headers that only compiling needs. */
const LEFT_OUT = /^(@napi-rs\/|node-addon-api$)/

/** In the bundles too, but no code: the bundler's list says nothing of fonts. */
const FONTS = /^@fontsource/

/** @typedef {{ name: string, version: string, identifier?: string | null, text?: string | null }} Bundled */
/** @typedef {{ 'bom-ref': string, name: string, version: string, scope?: string, licenses?: Array<{ license?: { id?: string, name?: string }, expression?: string }>, properties?: Array<{ name: string, value: string }> }} Component */

/** Makes both files. @returns how many parts there are */
export async function writeSbom() {
  await build({ quiet: true })
  const bundled = bundledPackages()
  const bom = JSON.parse(await npmSbom())
  const packed = new Set(
    JSON.parse(await npmSbom('--omit', 'dev')).components.map(
      (/** @type {Component} */ one) => one['bom-ref'],
    ),
  )
  const shipped = bom.components.filter(
    (/** @type {Component} */ one) =>
      !LEFT_OUT.test(fullName(one)) &&
      (bundled.has(one['bom-ref']) ||
        packed.has(one['bom-ref']) ||
        FONTS.test(fullName(one)) ||
        fullName(one) === 'electron'),
  )
  const refs = new Set(shipped.map((/** @type {Component} */ one) => one['bom-ref']))
  for (const ref of bundled.keys())
    if (!refs.has(ref)) throw new SetupError(`${ref} is in a bundle, but not in package-lock.json.`)
  for (const one of shipped) {
    assertLicence(one)
    // npm calls optional what only development needs; here it is what ships.
    one.scope = 'required'
    one.properties = [{ name: 'understory:how', value: howItShips(one, bundled, packed) }]
  }
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  const { timestamp: _when, ...metadata } = bom.metadata
  metadata.component.name = 'understory'
  const own = metadata.component['bom-ref']
  const made = {
    ...bom,
    serialNumber: `urn:uuid:${lock.slice(0, 8)}-${lock.slice(8, 12)}-5${lock.slice(13, 16)}-8${lock.slice(17, 20)}-${lock.slice(20, 32)}`,
    metadata,
    components: shipped,
    dependencies: bom.dependencies
      .filter(({ ref = '' }) => ref === own || refs.has(ref))
      .map(({ ref = '', dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  }
  await mkdir(out, { recursive: true })
  await writeFile(path.join(out, 'understory.cdx.json'), `${JSON.stringify(made, null, 2)}\n`)
  await writeFile(path.join(out, 'LICENCES.txt'), licencesOf(shipped, bundled))
  return shipped.length
}

/** @returns {Promise<string>} */
async function npmSbom(/** @type {string[]} */ ...more) {
  const { code, stdout, output } = await run('npm', [
    ...['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'],
    ...more,
  ])
  if (code !== 0) throw new SetupError(`npm could not list the packages. ${output}`)
  return stdout
}

/** What the bundler says is in the bundles, by name@version. */
function bundledPackages() {
  /** @type {Map<string, Bundled>} */
  const found = new Map()
  for (const target of ALL_TARGETS) {
    const file = path.join(root, 'out', target, 'licences.json')
    if (!existsSync(file)) continue
    for (const one of /** @type {Bundled[]} */ (JSON.parse(readFileSync(file, 'utf8'))))
      found.set(`${one.name}@${one.version}`, one)
  }
  return found
}

/** @param {Component} one */
const fullName = (one) => one['bom-ref'].slice(0, one['bom-ref'].lastIndexOf('@'))

/** @param {Component} one */
const licenceOf = ({ licenses = [] }) =>
  licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '').join(' AND ')

/** One of several to choose from is enough. @param {Component} one */
function assertLicence(one) {
  const licence = licenceOf(one)
  const isAccepted = licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => ACCEPTED.has(part.trim())))
  if (!isAccepted)
    throw new SetupError(
      `${one['bom-ref']} ships under ${licence || 'no licence'}, which is not among those looked at (scripts/sbom.mjs).`,
    )
}

/**
 * @param {Component} one
 * @param {Map<string, Bundled>} bundled
 * @param {Set<string>} packed
 */
function howItShips(one, bundled, packed) {
  if (fullName(one) === 'electron') return 'runtime'
  if (FONTS.test(fullName(one))) return 'bundled'
  return [packed.has(one['bom-ref']) ? 'packed' : '', bundled.has(one['bom-ref']) ? 'bundled' : '']
    .filter(Boolean)
    .join(', ')
}

/**
 * @param {Component[]} shipped
 * @param {Map<string, Bundled>} bundled
 */
function licencesOf(shipped, bundled) {
  const parts = shipped.map((one) => {
    const text =
      bundled.get(one['bom-ref'])?.text ?? licenceFile(fullName(one)) ?? `See its licence, ${licenceOf(one)}.`
    return `${one['bom-ref']}\n${licenceOf(one)}\n\n${text.trim()}\n`
  })
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

/** The text beside a package; null where it has none, or lies under another name. */
function licenceFile(/** @type {string} */ name) {
  // The cipher build of the database module is installed in the place of the module it stands for.
  const place = [name, name.replace(/-multiple-ciphers$/, '')]
    .map((each) => path.join(root, 'node_modules', each))
    .find((each) => existsSync(each))
  const file = place && readdirSync(place).find((each) => /^licen[cs]e(\.|$)/i.test(each))
  return file ? readFileSync(path.join(place, file), 'utf8') : null
}

if (isProgram(import.meta.url))
  await asProgram(async () => {
    const count = await writeSbom()
    say(`${count} parts of others in out/sbom/understory.cdx.json, their licences in out/sbom/LICENCES.txt`)
  })
