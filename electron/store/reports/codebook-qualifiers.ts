/** The project's qualifiers as they go out with its codebook, and what codings of each code are usually taken to say. */
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { QualifierDefinition, Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { saidOf } from '../../../shared/qualifiers.ts'
import { allCodes } from '../codebook/codes.ts'
import { readQualifiers } from '../codebook/qualifiers.ts'
import type { ReadableDb } from '../file/connection.ts'
import type { OutgoingText } from './export-check.ts'

export type QualifierSheet = {
  /** In the project's own order, each with its values. */
  defined: ReadonlyArray<{ name: string; values: readonly string[] }>
  /** By the code's id; only codes that say something. */
  usual: ReadonlyMap<string, Qualifiers>
}

export const NO_QUALIFIERS: QualifierSheet = { defined: [], usual: new Map() }

/** What a code is usually taken to say counts only as far as the project has such qualifiers. */
export function qualifierSheet(db: ReadableDb): QualifierSheet {
  const definitions = readQualifiers(db)
  if (definitions.length === 0) return NO_QUALIFIERS
  const usual = allCodes(db).flatMap(({ id, qualifiers }): Array<[string, Qualifiers]> => {
    const said = definedOnly(qualifiers, definitions)
    return Object.keys(said).length === 0 ? [] : [[id, said]]
  })
  return {
    defined: definitions.map(({ name, values }) => ({ name, values: values.map((value) => value.name) })),
    usual: new Map(usual),
  }
}

const definedOnly = (said: Qualifiers, definitions: readonly QualifierDefinition[]): Qualifiers =>
  Object.fromEntries(
    saidOf(said, definitions)
      .filter(({ qualifier }) => definitions.some(({ name }) => name === qualifier))
      .map(({ qualifier, value }) => [qualifier, value]),
  )

/** Every name and value once, for the check of what leaves. */
export function qualifierTexts({ defined, usual }: QualifierSheet): OutgoingText[] {
  const outgoing = new Map<string, OutgoingText>()
  for (const { name, values } of defined) {
    outgoing.set(name, { name: 'Name of a qualifier', text: name })
    for (const value of values) outgoing.set(value, { name: `Value of ${name}`, text: value })
  }
  for (const said of usual.values())
    for (const [name, value] of Object.entries(said))
      outgoing.set(value, { name: `Value of ${name}`, text: value })
  return [...outgoing.values()]
}

/** The sheet with its texts as the check gave them back, in the order of `qualifierTexts`. */
export function checkedSheet(sheet: QualifierSheet, texts: readonly string[]): QualifierSheet {
  const given = new Map(
    qualifierTexts(sheet).map((each, at) => ['text' in each ? each.text : '', texts[at] ?? '']),
  )
  const of = (text: string) => given.get(text) ?? text
  return {
    defined: sheet.defined.map(({ name, values }) => ({ name: of(name), values: values.map(of) })),
    usual: new Map(
      [...sheet.usual].map(([id, said]) => [
        id,
        Object.fromEntries(Object.entries(said).map(([name, value]) => [of(name), of(value)])),
      ]),
    ),
  }
}

/** Columns of a table of codes: what each is usually taken to say, and in every row which qualifiers there are. */
export function qualifierColumns({ defined, usual }: QualifierSheet): {
  columns: string[]
  cellsOf(codeId: CodeId | null): string[]
} {
  if (defined.length === 0) return { columns: [], cellsOf: () => [] }
  const all = defined.map(({ name, values }) => `${name}: ${values.join(', ')}`).join('; ')
  return {
    columns: [...defined.map(({ name }) => `qualifier.${name}`), 'qualifier_values'],
    cellsOf: (codeId) => {
      const said = (codeId === null ? undefined : usual.get(codeId)) ?? {}
      return [...defined.map(({ name }) => said[name] ?? ''), all]
    },
  }
}

/** What a .qdc file has no place for. */
export function leftOutOfQdc({ defined }: QualifierSheet): string[] {
  if (defined.length === 0) return []
  const names = defined.map(({ name }) => name).join(', ')
  return [
    `The qualifiers (${names}) are left out: a REFI-QDA codebook has no place for them. A .csv, .xlsx or document has.`,
  ]
}
