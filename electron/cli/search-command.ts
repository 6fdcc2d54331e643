/** search: the places of words or of a pattern in all notes. */
import { type Command, InvalidArgumentError } from 'commander'
import { OffsetConverter } from '../../shared/offsets.ts'
import { search } from '../store/analysis/search.ts'
import { PROJECT_ACTOR } from '../store/journal/change.ts'
import { textOfNote } from '../store/notes/notes.ts'
import type { Project } from '../store/project.ts'
import {
  answer,
  type CommonOptions,
  context,
  textTable,
  wholeNumber,
  withCommonOptions,
  withProject,
} from './session.ts'

type Options = CommonOptions & { pattern?: boolean; matchCase?: boolean; limit: number }

const MOST_HITS = 100_000

function limit(text: string): number {
  const value = wholeNumber(text, MOST_HITS)
  if (value < 1) throw new InvalidArgumentError('a whole number from 1 is needed')
  return value
}

/** The window's own search; offsets in code points. */
function found({ db }: Project, query: string, { pattern, matchCase = false, limit }: Options) {
  const mode = pattern ? 'pattern' : 'words'
  const args = { query, mode, matchCase, filter: {}, coderId: PROJECT_ACTOR, limit } as const
  const { total, notes, hits } = search(db, args, { onProgress: context.progress })
  let current = { id: '', converter: new OffsetConverter('') }
  return {
    total,
    notes,
    hits: hits.map(({ noteId, span, words }) => {
      if (current.id !== noteId)
        current = { id: noteId, converter: new OffsetConverter(textOfNote(db, noteId)) }
      const { converter } = current
      return {
        note: noteId,
        start: converter.toCodePoints(span.start),
        end: converter.toCodePoints(span.end),
        quote: words,
      }
    }),
  }
}

async function runSearch(path: string, query: string, options: Options): Promise<void> {
  const report = await withProject(path, options, (project) => found(project, query, options))
  const { total, notes, hits } = report
  answer(options, report, () => {
    const rows = hits.map(({ note, start, end, quote }) => [note, start, end, quote.replaceAll('\n', ' ')])
    const shown = hits.length < total ? `, the first ${hits.length} of them here` : ''
    const counts = `${total} places in ${notes} notes${shown}.`
    return hits.length === 0 ? counts : `${textTable(['note', 'start', 'end', 'quote'], rows)}\n${counts}`
  })
}

export function addSearchCommand(program: Command): void {
  withCommonOptions(program.command('search').argument('<project>').argument('<query>'))
    .description('find words in all notes: words, "a phrase", begin*, AND, OR, NOT, NEAR(two words, 5)')
    .option('--pattern', 'the query is a regular expression')
    .option('--match-case', 'capitals matter (with --pattern)')
    .option('--limit <number>', 'list so many places at most; all are counted', limit, 1_000)
    .action(runSearch)
}
