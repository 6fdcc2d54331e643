/** Codings: applying, changing, and their history. */
import { emptyCode } from '../codebook/fields.ts'
import {
  assertWholeCharacters,
  codesOfCodings,
  codingsOfNote,
  getCoding,
  segmentsOfCode,
} from '../codings/codings.ts'
import { changeCodings, codingHistory } from '../codings/edits.ts'
import { applyByHand } from '../intake/codings.ts'
import { applyToFound, reopening } from '../intake/found-ranges.ts'
import { withoutBlindedTo } from '../team/rounds.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const codingsVerbs = ({ project, db, viewer }: Desk): VerbsOf<'codings'> => ({
  'codings.get': ({ id }) => getCoding(db(), id, viewer()),
  'codings.ofNote': ({ noteId, coderIds }) =>
    codingsOfNote(db(), noteId, withoutBlindedTo(db(), viewer(), noteId, coderIds)),
  'codings.apply': ({ coderId, noteId, span, codings, reopens = false }) => {
    assertWholeCharacters(db(), noteId, span)
    const range = { start: span?.start ?? null, end: span?.end ?? null }
    const applied = codings.map(({ id, codeId, memo, qualifiers }) => ({
      id,
      note: noteId,
      code: codeId,
      ...range,
      ...(memo === undefined ? {} : { memo }),
      ...(qualifiers === undefined ? {} : { qualifiers }),
    }))
    const before = reopens ? reopening(db(), coderId, [noteId]) : []
    return applyByHand(project(), coderId, applied, before)
  },
  'codings.applyNew': ({ coderId, noteId, span, id, code, reopens = false }) => {
    assertWholeCharacters(db(), noteId, span)
    const added = { ...emptyCode(code.id, code.name), colour: code.colour }
    const coding = { id, note: noteId, code: code.id, start: span?.start ?? null, end: span?.end ?? null }
    project().changeTogether(coderId, [
      ...(reopens ? reopening(db(), coderId, [noteId]) : []),
      { kind: 'codes.add', payload: { source: 'the words of a note', codes: [added] } },
      { kind: 'codings.apply', payload: { codings: [coding] } },
    ])
    return getCoding(db(), id)
  },
  'codings.applyToRanges': ({ coderId, codeId, ranges, finished = 'code' }) =>
    applyToFound(project(), coderId, codeId, ranges, finished),
  'codings.remove': ({ coderId, ids }) => {
    project().change(coderId, 'codings.remove', { codings: codesOfCodings(db(), ids) })
    return done
  },
  'codings.change': ({ coderId, changes }) => {
    changeCodings(project(), coderId, changes)
    return done
  },
  'codings.split': ({ coderId, id, at, newId }) => {
    const { noteId, span } = getCoding(db(), id)
    assertWholeCharacters(db(), noteId, span && { start: span.start, end: at })
    project().change(coderId, 'coding.split', { id, at, newId })
    return done
  },
  'codings.unite': ({ coderId, ids }) => {
    project().change(coderId, 'codings.unite', { ids })
    return done
  },
  'codings.history': ({ id }) => codingHistory(db(), project().history, id, viewer()),
  'codings.segments': (filter) => segmentsOfCode(db(), filter, viewer()),
})
