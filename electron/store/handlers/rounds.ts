/** Rounds of coding. */
import { addRound, blindTo, getRound, getRoundRow, listRounds, previewRound } from '../team/rounds.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const roundsVerbs = ({ project, db, viewer }: Desk): VerbsOf<'rounds'> => ({
  'rounds.list': () => listRounds(db()),
  'rounds.preview': ({ draw }) => previewRound(db(), draw, viewer()),
  'rounds.add': ({ coderId, ...round }) => {
    addRound(project(), coderId, round)
    return getRoundRow(db(), round.id)
  },
  'rounds.rename': ({ coderId, id, name }) => {
    project().change(coderId, 'round.rename', { id, name })
    return done
  },
  'rounds.remove': ({ coderId, id }) => {
    project().change(coderId, 'round.remove', { id, name: getRound(db(), id).name })
    return done
  },
  'rounds.blindTo': ({ coderId, noteId }) => blindTo(db(), coderId, noteId),
})
