/** What was done: undo, redo, and the journal as people read it. */
import { writeFileAtomically } from '../file/written-file.ts'
import { entryParts, journalCsv } from '../history/list.ts'
import { EntryPlaces } from '../history/places.ts'
import type { Committed } from '../journal/journal.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

/** What an undo or redo went back to, and where it can be seen. */
const stepDone = ({ project, db, viewer }: Desk, committed: Committed) => ({
  label: project().journal.labels.ofStep(committed.entry.undoes as string),
  where: new EntryPlaces(db(), viewer()).of(committed.entry).where,
  noteId: committed.noteIds?.length === 1 ? (committed.noteIds[0] as string) : null,
})

export const historyVerbs = (desk: Desk): VerbsOf<'history' | 'journal'> => {
  const { project, db, viewer, pathOf } = desk
  return {
    'history.steps': ({ coderId, limit }) => project().history.steps(coderId, limit, viewer()),
    'history.state': ({ coderId }) => project().journal.state(coderId),
    'history.undo': ({ coderId }) => stepDone(desk, project().undo(coderId)),
    'history.redo': ({ coderId }) => stepDone(desk, project().redo(coderId)),
    'history.goTo': ({ coderId, step, isBefore }) => ({
      steps: project().goToStep(coderId, step, isBefore),
    }),
    'journal.list': ({ before, limit, ...filter }) => project().history.list(before, limit, filter, viewer()),
    'journal.parts': (page) => entryParts(db(), viewer(), page),
    'journal.exportFile': async ({ ticket }, context) => {
      const journal = journalCsv(db(), project().journal, viewer(), context)
      await writeFileAtomically(pathOf(ticket, 'journal-csv'), '.csv', journal)
      return done
    },
  }
}
