/** import, identifiers, notes, show. */
import { statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { IdentifierWords } from '../../shared/contract/identifiers.ts'
import { ImportMap } from '../../shared/contract/note-import.ts'
import type { AttributeValues } from '../../shared/contract/notes.ts'
import { findIdentifiers } from '../../shared/identifiers/index.ts'
import { NOTE_ENDINGS } from '../../shared/note-endings.ts'
import { OffsetConverter } from '../../shared/offsets.ts'
import { allCodes } from '../store/codebook/codes.ts'
import { codePaths } from '../store/codebook/tree.ts'
import { codingsOfNote } from '../store/codings/codings.ts'
import { readProblem } from '../store/exchange/decode.ts'
import { readNotes } from '../store/exchange/notes/read.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { fromJson, type Json } from '../store/file/json.ts'
import { readIdentifierWords } from '../store/identifiers/words.ts'
import { importNotes } from '../store/intake/notes.ts'
import type { IdentifierMode } from '../store/intake/screening.ts'
import { PROJECT_ACTOR } from '../store/journal/change.ts'
import { ownerCalled } from '../store/notes/names.ts'
import { getNote, titleGivenOut } from '../store/notes/notes.ts'
import { listCoders } from '../store/team/coders.ts'
import { backUpFirst, type ImportOptions, withBackupOption } from './backup-first.ts'
import { codingForPeople } from './codings-table.ts'
import {
  answer,
  type CommonOptions,
  readJson,
  showProgress,
  textTable,
  UsageError,
  withCommonOptions,
  withProject,
} from './session.ts'

type NoteImportOptions = ImportOptions & { map?: string; identifiers: IdentifierMode; dryRun?: boolean }

function readMap(path: string): ImportMap {
  const checked = ImportMap.safeParse(readJson(path, (words) => new UsageError(words)))
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  throw new UsageError(`${path}: ${issue?.path.join('.') || 'the map'}: ${issue?.message}`)
}

async function runImport(path: string, files: string[], options: NoteImportOptions): Promise<void> {
  const map = options.map ? readMap(options.map) : null
  const report = await withProject(path, options, (project) =>
    importNotes(
      project,
      PROJECT_ACTOR,
      files.map((file) => resolve(file)),
      {
        map,
        dryRun: options.dryRun ?? false,
        identifiers: options.identifiers,
        isAlone: true,
        screeningWorker: new URL('./screening-worker.js', import.meta.url),
        beforeFirst: () => backUpFirst(project, options),
        onProgress: showProgress,
      },
    ),
  )
  answer(options, report, () => {
    const { added, duplicate, duplicates, sameText, rejected, leftOut, warnings } = report.notes
    const toCheck = warnings.filter(({ row }) => row > 0)
    const found = Object.entries(report.identifiers).map(([kind, count]) => `${count} ${kind}`)
    return [
      `${options.dryRun ? 'Would add' : 'Added'} ${added} notes of ${report.cases} new cases; ${duplicate} duplicates skipped, ${rejected.length} rows refused.`,
      ...rejected.map(rowLine),
      ...firstLines(duplicates),
      leftOut.length > 0 ? `Rows that are no notes, left out: ${leftOut.length}.` : '',
      ...leftOut.map(rowLine),
      sameText.length > 0 ? `Added with a text that another note has too: ${sameText.length}.` : '',
      ...firstLines(sameText),
      ...warnings.filter(({ row }) => row === 0).map(({ reason }) => `warning: ${reason}`),
      toCheck.length > 0 ? `To check: ${toCheck.length}.` : '',
      ...toCheck.map(rowLine),
      found.length > 0 ? `Possible identifiers found: ${found.join(', ')}.` : '',
    ]
      .filter((line) => line !== '')
      .join('\n')
  })
}

type RowReason = { row: number; reason: string }

const rowLine = ({ row, reason }: RowReason): string => `  row ${row}: ${reason}`

/** Importing a file again makes as many duplicates as it has rows. */
const MOST_LINES = 20

function firstLines(rows: readonly RowReason[]): string[] {
  const more = rows.length - MOST_LINES
  return [
    ...rows.slice(0, MOST_LINES).map(rowLine),
    ...(more > 0 ? [`  and ${more} more; --json lists all`] : []),
  ]
}

type FoundIdentifier = {
  note: string
  kind: string
  start: number
  end: number
  text: string
  confidence: string
}

function identifiersIn(note: string, text: string, words?: IdentifierWords): FoundIdentifier[] {
  const converter = new OffsetConverter(text)
  return findIdentifiers(text, words).map(({ kind, start, end, text: found, confidence }) => ({
    note,
    kind,
    start: converter.toCodePoints(start),
    end: converter.toCodePoints(end),
    text: found,
    confidence,
  }))
}

function identifiersInProject(db: ReadableDb): FoundIdentifier[] {
  const notes = db
    .prepare<[], { id: string; body: string }>(
      'SELECT note.id, note_text.body FROM note JOIN note_text ON note_text.hash = note.text_hash ORDER BY note.num',
    )
    .iterate()
  const words = readIdentifierWords(db)
  const found: FoundIdentifier[] = []
  for (const { id, body } of notes) found.push(...identifiersIn(id, body, words))
  return found
}

async function identifiersInFiles(path: string): Promise<FoundIdentifier[]> {
  const found: FoundIdentifier[] = []
  for await (const note of readNotes([resolve(path)], null)) {
    const { problem = note.leftOut, remark } = note
    if (remark !== undefined) process.stderr.write(`${note.source}: ${remark}\n`)
    else if (problem !== undefined) process.stderr.write(`row ${note.row} was not read: ${problem}\n`)
    else found.push(...identifiersIn(note.id ?? `${note.source}:${note.row}`, note.text))
  }
  return found
}

/** @throws Problem `file-not-found` */
function isNoteFile(path: string): boolean {
  try {
    const isFolder = statSync(resolve(path)).isDirectory()
    return isFolder || NOTE_ENDINGS.some((ending) => ending === extname(path).toLowerCase())
  } catch (error) {
    throw readProblem(path, error)
  }
}

async function runIdentifiers(path: string, options: CommonOptions): Promise<void> {
  const found = isNoteFile(path)
    ? await identifiersInFiles(path)
    : await withProject(path, options, ({ db }) => identifiersInProject(db))
  answer(options, found, () =>
    found.length === 0
      ? 'No possible identifiers found. That does not mean there are none.'
      : `${textTable(
          ['note', 'kind', 'start', 'end', 'confidence', 'text'],
          found.map(({ note, kind, start, end, confidence, text }) => [
            note,
            kind,
            start,
            end,
            confidence,
            text,
          ]),
        )}\n${found.length} possible identifiers found.`,
  )
}

type ListedNote = {
  id: string
  title: string
  case: string | null
  date: string | null
  characters: number
  codings: number
}

function runNotes(db: ReadableDb, options: CommonOptions): void {
  const notes = db
    .prepare<[], ListedNote & { finished: Json<string[]>; attributes: Json<AttributeValues> }>(
      `SELECT note.id, note.title, casefile.id AS "case", note.date, note.characters,
              (SELECT count(*) FROM coding JOIN coder ON coder.num = coding.coder
               WHERE coding.note = note.num AND coder.layer = 'own') AS codings,
              (SELECT json_group_array(coder.name) FROM note_status JOIN coder ON coder.num = note_status.coder
               WHERE note_status.note = note.num AND note_status.status = 'finished') AS finished,
              note.attributes
       FROM note LEFT JOIN casefile ON casefile.num = note.casefile ORDER BY note.num`,
    )
    .all()
  const rows = notes.map((note) => ({
    ...note,
    finished: fromJson(note.finished),
    attributes: fromJson(note.attributes),
  }))
  answer(options, rows, () =>
    textTable(
      ['id', 'case', 'date', 'characters', 'codings', 'finished by', 'title'],
      rows.map(({ id, case: caseId, date, characters, codings, finished, title }) => [
        id,
        caseId ?? '',
        date ?? '',
        characters,
        codings,
        finished.join(', '),
        title,
      ]),
    ),
  )
}

function runShow(db: ReadableDb, words: string, options: CommonOptions): void {
  const noteId = ownerCalled(db, 'note', words)
  const note = getNote(db, noteId)
  const title = titleGivenOut(db, noteId)
  const coders = new Map(listCoders(db).map((coder) => [coder.id, coder.name]))
  const paths = codePaths(allCodes(db))
  const codings = codingsOfNote(db, noteId, [...coders.keys()]).map((coding) =>
    codingForPeople(
      coding,
      note.text,
      note.caseId,
      { note: note.attributes, case: note.caseAttributes },
      coders,
      paths,
    ),
  )
  const value = {
    id: note.id,
    title,
    case: note.caseId,
    date: note.date,
    text: note.text,
    textHash: note.textHash,
    attributes: note.attributes,
    caseAttributes: note.caseAttributes,
    codings,
  }
  answer(options, value, () =>
    [
      `${note.id}  ${title}  ${note.caseId ?? ''}  ${note.date ?? ''}`,
      '',
      note.text,
      '',
      textTable(
        ['coder', 'start', 'end', 'code', 'quote'],
        codings.map(({ coder, start, end, code, quote }) => [
          coder,
          start ?? 'whole',
          end ?? 'note',
          code,
          quote.length > 60 ? `${quote.slice(0, 59)}…` : quote,
        ]),
      ),
    ].join('\n'),
  )
}

export function addNoteCommands(program: Command): void {
  withBackupOption(
    withCommonOptions(
      program.command('import').argument('<project>').argument('<files...>', 'CSV or text files, or folders'),
    ),
  )
    .description('add notes')
    .option('--map <file>', 'JSON that says which column is what')
    .addOption(
      new Option('--identifiers <what>', 'possible identifiers: count, take out, or do not look')
        .choices(['report', 'redact', 'off'])
        .default('report'),
    )
    .option('--dry-run', 'say what would happen and change nothing')
    .action(runImport)

  withCommonOptions(program.command('identifiers').argument('<project-or-file>'))
    .description('list possible identifiers left in the notes')
    .action(runIdentifiers)

  withCommonOptions(program.command('notes').argument('<project>'))
    .description('list the notes')
    .action((path: string, options: CommonOptions) =>
      withProject(path, options, ({ db }) => runNotes(db, options)),
    )

  withCommonOptions(program.command('show').argument('<project>').argument('<note>', 'a note’s id'))
    .description('show one note with its text, attributes and codings')
    .action((path: string, note: string, options: CommonOptions) =>
      withProject(path, options, ({ db }) => runShow(db, note, options)),
    )
}
