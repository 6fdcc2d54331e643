/** Making a copy of the project from a package: the first meeting of a coder's laptop with the team. */
import { NEVER } from '../../../shared/cancel.ts'
import { CoderId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import type { PackageContent } from '../exchange/packages/lines.ts'
import type { WritableDb } from '../file/connection.ts'
import { readSetting, writeLocal } from '../file/values.ts'
import { addListedWords, noteWordsGone, wordsToTakeOver } from '../identifiers/words.ts'
import { kinds } from '../kinds.ts'
import { JOINED_FOR, SOME_TEXTS } from '../team/laptops.ts'
import { changeEntries } from './entry-set.ts'
import { incomingFrom } from './incoming.ts'
import { noteGaps } from './merge.ts'
import { takeTexts } from './redactions.ts'
import { packageSource } from './source.ts'

/** @throws Problem `bad-arguments` for a package that nobody can begin with */
export function assertBegins({ head, entries }: PackageContent, name: string): void {
  if (!head.hasTexts)
    throw new Problem(
      'bad-arguments',
      `${name} holds no texts of notes, so that there is nothing to code: it is for a laptop that has them. Ask for one with texts. Nothing was made.`,
    )
  if (entries[0]?.kind !== 'project.create')
    throw new Problem('bad-arguments', `${name} does not begin with the project. Nothing was made.`)
}

/**
 * Fills a new file, in one transaction.
 *
 * @returns whose copy it is
 * @throws Problem as `incomingFrom`
 */
export function fillFrom(db: WritableDb, content: PackageContent, name: string): CoderId {
  const source = packageSource(content, name)
  const receiver = CoderId.parse(content.head.for)
  db.transaction(() => {
    const incoming = incomingFrom(db, source, kinds)
    const words = wordsToTakeOver(db, source.words())
    takeTexts(db, source, incoming.entries)
    changeEntries(db, { added: incoming.entries }, { signal: NEVER, onProgress: () => {} })
    noteGaps(db, incoming.gaps)
    addListedWords(db, words)
    noteWordsGone(db)
    if (readSetting(db, 'id') !== content.head.project.id)
      throw new Problem('project-damaged', `${name} does not hold the project it says. Nothing was made.`)
    const lacks = db
      .prepare('SELECT 1 FROM note WHERE NOT EXISTS (SELECT 1 FROM note_text WHERE hash = text_hash) LIMIT 1')
      .get()
    if (lacks) writeLocal(db, SOME_TEXTS, 'on')
    writeLocal(db, JOINED_FOR, receiver)
    writeLocal(db, 'active-coder', receiver)
  })()
  return receiver
}
