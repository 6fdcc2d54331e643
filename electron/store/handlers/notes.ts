/** Notes, their cases and attributes, their import, and where each coder was reading. */
import {
  attributeValues,
  listCases,
  noteOrder,
  noteProgress,
  noteRow,
  noteRows,
  noteToResume,
} from '../notes/list.ts'
import { getNote, listAttributeValues, ownersWithValue } from '../notes/notes.ts'
import { keepReadingPosition, keepView, readingPosition, takeView } from '../notes/reading.ts'
import { previewRemoval, removeNotes } from '../notes/removal.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const notesVerbs = ({
  project,
  db,
  viewer,
  pathsOf,
  keeper,
  screeningWorker,
}: Desk): VerbsOf<'notes' | 'cases' | 'attributes' | 'reading'> => ({
  'notes.order': (args) => noteOrder(db(), args),
  'notes.rows': ({ coderId, nums, columns }) => noteRows(db(), coderId, nums, columns),
  'notes.row': ({ coderId, noteId }) => noteRow(db(), coderId, noteId),
  'notes.resume': ({ coderId }) => ({ noteId: noteToResume(db(), coderId) }),
  'notes.progress': ({ coderId }) => noteProgress(db(), coderId),
  'notes.get': ({ noteId }) => getNote(db(), noteId),
  'notes.setStatus': ({ coderId, noteId, status }) => {
    project().change(coderId, 'note.setStatus', { notes: [noteId], status })
    return done
  },
  'notes.previewRemoval': ({ nums }) => previewRemoval(db(), viewer(), nums),
  'notes.remove': ({ coderId, nums }) => {
    removeNotes(project(), coderId, nums)
    return done
  },
  'notes.previewImport': async ({ ticket, sheet, heading }, { signal, progress }) => {
    const { previewNotes } = await import('../exchange/notes/read.ts')
    return previewNotes(pathsOf(ticket, ['import-notes']), {
      signal,
      onProgress: progress,
      ...(sheet === undefined ? {} : { sheet }),
      ...(heading === undefined ? {} : { heading }),
    })
  },
  'notes.import': async ({ coderId, ticket, map, dryRun, identifiers = 'report' }, { signal, progress }) => {
    const { importNotes } = await import('../intake/notes.ts')
    return importNotes(project(), coderId, pathsOf(ticket, ['import-notes']), {
      map,
      dryRun,
      identifiers,
      screeningWorker,
      beforeFirst: () => keeper()?.before('import'),
      signal,
      onProgress: progress,
    })
  },
  'cases.list': ({ query, limit }) => listCases(db(), query, limit),
  'attributes.list': () => listAttributeValues(db()),
  'attributes.add': ({ coderId, attribute }) => {
    project().change(coderId, 'attribute.add', attribute)
    return done
  },
  'attributes.setValue': ({ coderId, of, name, id, value }) => {
    project().change(coderId, 'attribute.setValues', { of, name, values: [{ id, value }] })
    return done
  },
  'attributes.groupValues': ({ coderId, of, name, from, to }) => {
    const ids = ownersWithValue(
      db(),
      of,
      name,
      from.filter((value) => value !== to),
    )
    if (ids.length > 0) {
      project().change(coderId, 'attribute.setValues', {
        of,
        name,
        values: ids.map((id) => ({ id, value: to })),
      })
    }
    return { changed: ids.length }
  },
  'attributes.values': ({ of, name, limit }) => attributeValues(db(), { of, name }, limit),
  'reading.position': ({ coderId, noteId }) => ({ position: readingPosition(db(), coderId, noteId) }),
  'reading.keep': ({ coderId, noteId, position }) => {
    keepReadingPosition(project().db, coderId, noteId, position)
    return done
  },
  'reading.keepView': ({ view }) => {
    keepView(project().db, view)
    return done
  },
  'reading.takeView': () => ({ view: takeView(project().db) }),
})
