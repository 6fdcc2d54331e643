/** Memos. */
import { getMemo, listMemos, memoSubject, sittingOf } from '../memos/memos.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const memosVerbs = ({ project, db, viewer }: Desk): VerbsOf<'memos'> => ({
  'memos.list': (query) => listMemos(db(), query, viewer()),
  'memos.get': ({ id }) => getMemo(db(), id, viewer()),
  'memos.add': ({ coderId, ...memo }) => {
    project().change(coderId, 'memo.add', memo)
    return getMemo(db(), memo.id)
  },
  'memos.update': ({ coderId, ...changes }) => {
    project().change(coderId, 'memo.update', changes, sittingOf(db(), coderId, changes.id, Date.now()))
    return getMemo(db(), changes.id)
  },
  'memos.remove': ({ coderId, id }) => {
    project().change(coderId, 'memo.remove', { id, about: memoSubject(db(), id) })
    return done
  },
})
