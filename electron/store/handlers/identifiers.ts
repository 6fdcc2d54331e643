/** Possible identifiers: looking for them, words to report or leave, redaction. */
import { readIdentifierWords, saveIdentifierWords } from '../identifiers/words.ts'
import { redactRanges } from '../notes/redactions.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const identifiersVerbs = ({ project, db, run }: Desk): VerbsOf<'identifiers'> => ({
  'identifiers.scan': (args, context) => run('identifiers', args, context),
  'identifiers.words': () => readIdentifierWords(db()),
  'identifiers.setWords': ({ coderId, words }) => {
    saveIdentifierWords(project(), coderId, words)
    return readIdentifierWords(db())
  },
  'identifiers.keep': ({ coderId, noteId, span }) => {
    project().change(coderId, 'identifier.keep', { note: noteId, start: span.start, end: span.end })
    return done
  },
  'identifiers.places': (args, context) => run('places', args, context),
  'identifiers.redact': ({ coderId, ranges, mask }) => redactRanges(project(), coderId, ranges, mask),
})
