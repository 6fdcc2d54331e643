/** Agreement as files a person takes away: the whole table as CSV or workbook, or a page for a paper. */
import type { AgreementFormat, AgreementReport } from '../../shared/model.ts'
import { codebookVersion } from './codes.ts'
import type { Db } from './database.ts'
import { agreementDocx } from './exchange/agreement-docx.ts'
import type { AgreementAbout } from './exchange/agreement-methods.ts'
import { agreementSheets, agreementTable } from './exchange/agreement-table.ts'
import { toCsv, writeFileAtomically } from './exchange/table-csv.ts'
import { toWorkbook } from './exchange/table-xlsx.ts'
import { getRound } from './rounds.ts'
import { readSetting } from './settings.ts'
import { programVersion } from './version.ts'

/** What the files say besides the report, as the project is now. */
const aboutReport = (db: Db, { scope }: AgreementReport): AgreementAbout => ({
  project: readSetting(db, 'title') ?? '',
  program: programVersion(),
  codebookVersion: codebookVersion(db),
  round: scope.roundId ? getRound(db, scope.roundId) : null,
  date: new Date().toISOString(),
})

/** Writes the report as the format says; the file is whole or not there. */
export async function writeAgreement(
  db: Db,
  path: string,
  format: AgreementFormat,
  report: AgreementReport,
): Promise<void> {
  await writeFileAtomically(path, await bytesOf(format, report, aboutReport(db, report)))
}

async function bytesOf(
  format: AgreementFormat,
  report: AgreementReport,
  about: AgreementAbout,
): Promise<string | Uint8Array> {
  if (format === 'docx') return agreementDocx(report, about)
  if (format === 'xlsx') return (await toWorkbook(agreementSheets(report, about))).bytes
  const { header, rows } = agreementTable(report)
  return toCsv(header, rows)
}
