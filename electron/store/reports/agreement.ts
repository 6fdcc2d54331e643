/** Agreement as files a person takes away: the whole table as CSV or workbook, or a page for a paper. */
import type { AgreementFormat, AgreementReport } from '../../../shared/contract/agreement.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { codebookVersion } from '../codebook/codes.ts'
import type { AgreementAbout } from '../exchange/agreement/methods.ts'
import { agreementSheets, agreementTable } from '../exchange/agreement/table.ts'
import { fileWarnings } from '../exchange/office/xml-text.ts'
import { toCsv } from '../exchange/tables/csv.ts'
import { toWorkbook } from '../exchange/tables/xlsx.ts'
import type { ReadableDb } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import { assertMayWrite, writeFileAtomically } from '../file/written-file.ts'
import { beginningOfRound, getRound } from '../team/rounds.ts'
import { programVersion } from '../version.ts'
import { journalLine } from './document-head.ts'

/** What the files say besides the report, as the project is now. */
const aboutReport = (db: ReadableDb, { scope }: AgreementReport, viewer: CoderId | null): AgreementAbout => ({
  project: readSetting(db, 'title') ?? '',
  program: programVersion(),
  codebookVersion: codebookVersion(db),
  round: scope.roundId ? { ...getRound(db, scope.roundId), ...beginningOfRound(db, scope.roundId) } : null,
  date: new Date().toISOString(),
  journal: journalLine(db, viewer),
})

/** Writes the report as the format says; the file is whole or not there. Returns what the file could not hold, in words. */
export async function writeAgreement(
  db: ReadableDb,
  path: string,
  format: AgreementFormat,
  report: AgreementReport,
  /** Who takes the file; null: nobody who codes. */
  viewer: CoderId | null = null,
): Promise<string[]> {
  assertMayWrite(path, [`.${format}`])
  const { data, warnings } = await fileOf(format, report, aboutReport(db, report, viewer))
  await writeFileAtomically(path, `.${format}`, data)
  return warnings
}

async function fileOf(
  format: AgreementFormat,
  report: AgreementReport,
  about: AgreementAbout,
): Promise<{ data: string | Uint8Array; warnings: string[] }> {
  if (format === 'csv') {
    const { header, rows } = agreementTable(report)
    return { data: toCsv(header, rows), warnings: [] }
  }
  const file = await (format === 'docx'
    ? (await import('../exchange/agreement/docx.ts')).agreementDocx(report, about)
    : toWorkbook(agreementSheets(report, about)))
  return { data: file.bytes, warnings: fileWarnings(file) }
}
