import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { allCodings } from '../../electron/store/codings/codings.ts'
import { readPdf } from '../../electron/store/exchange/notes/pdf.ts'
import { textOfNote } from '../../electron/store/notes/notes.ts'
import type { Project } from '../../electron/store/project.ts'
import { exportCodebook } from '../../electron/store/reports/codebook.ts'
import { createSample } from '../../electron/store/sample.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { asPdf, cannotSet } from './office.ts'
import { temporaryFolder } from './temporary-project.ts'

const resources = new URL('../../resources', import.meta.url).pathname

/** Words without how a page breaks them. */
const squeezed = (text: string) => text.replace(/\s+/g, ' ')

/** Links the first coding of each of the first codes as its example; answers their quotes. */
function linkExamples(project: Project, coderId: CoderId, most: number): string[] {
  const { db } = project
  return listCodes(db)
    .flatMap((code) => {
      const coding = [...allCodings(db, { coderId: null, codeId: code.id })].find(({ span }) => span !== null)
      return coding?.span ? [{ code, coding, span: coding.span }] : []
    })
    .slice(0, most)
    .map(({ code, coding, span }) => {
      project.change(coderId, 'codes.update', {
        changes: [{ id: code.id, fields: { exampleCodingId: coding.id } }],
      })
      return textOfNote(db, coding.noteId).slice(span.start, span.end)
    })
}

/** The pages by their feet, which count them. */
function pagesOf(text: string): string[] {
  const pages = text.split(/^Codebook: .* \d+ \/ \d+$/m).slice(0, -1)
  const feet = [...text.matchAll(/^Codebook: .* (\d+) \/ (\d+)$/gm)].map(([, page, of]) => `${page} of ${of}`)
  expect(feet).toEqual(pages.map((_, at) => `${at + 1} of ${pages.length}`))
  expect(pages.length).toBeGreaterThan(10)
  return pages
}

it.skipIf(cannotSet)(
  'LibreOffice sets the codebook of the sample project with all codes and quotes (skipped where soffice is missing)',
  async () => {
    const folder = temporaryFolder()
    const project = createSample(join(folder, 'sample.understory'), resources)
    try {
      const quotes = linkExamples(project, project.addCoder('Chloe').id, 5)
      const path = join(folder, 'codebook.docx')
      const parts = { examples: true, counts: true }
      await exportCodebook(project.db, path, 'docx', 'asIs', { parts })

      const pages = pagesOf((await readPdf(await asPdf(path, folder))).text)
      const words = squeezed(pages.join('\n'))

      expect(words).toContain('Codebook: Sample project: safeguarding in CAMHS notes Version 6, ')
      for (const { name } of listCodes(project.db)) expect(words).toContain(name)
      expect(quotes).toHaveLength(5)
      for (const quote of quotes) expect(words).toContain(squeezed(quote))
      // What is said about a code stands together: its first row and its last are on one page.
      for (const page of pages)
        expect(page.match(/^Definition /gm)?.length).toBe(
          page.match(/\d codings? in \d+ of 73 notes/g)?.length,
        )
    } finally {
      project.close()
    }
  },
)
