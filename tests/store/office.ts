/** What our documents look like once an office program has set them. */
import { execFile, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const hasOffice = spawnSync('soffice', ['--version']).status === 0

/** Where LibreOffice is missing such tests are skipped, but not in CI, where they would only seem to pass. */
export const cannotSet = !hasOffice && process.env.CI !== 'true'

/** Sets a document with LibreOffice; answers the path of the PDF, in the same folder. */
export async function asPdf(docx: string, folder: string): Promise<string> {
  if (!hasOffice) throw new Error('soffice is missing: install libreoffice-writer-nogui, as .ci/run does')
  const profile = join(folder, 'profile')
  await promisify(execFile)('soffice', [
    `-env:UserInstallation=${pathToFileURL(profile).href}`,
    ...['--headless', '--convert-to', 'pdf', '--outdir', folder, docx],
  ])
  rmSync(profile, { recursive: true, force: true })
  return docx.replace(/docx$/, 'pdf')
}
