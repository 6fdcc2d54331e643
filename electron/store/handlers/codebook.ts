/** The codebook as a whole: its versions, proposals to change it, its qualifiers. */
import { codebookVersion } from '../codebook/codes.ts'
import { codingsToRecheck } from '../codebook/edits.ts'
import { isCodebookFrozen } from '../codebook/freeze.ts'
import { listProposals } from '../codebook/proposals.ts'
import { defineQualifiers, qualifierUse, readQualifiers } from '../codebook/qualifiers.ts'
import { codebookAt, compareVersions, listVersions } from '../codebook/versions.ts'
import { newId } from '../file/new-id.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const codebookVerbs = ({
  project,
  db,
  run,
}: Desk): VerbsOf<'codebook' | 'proposals' | 'qualifiers'> => ({
  'codebook.state': () => ({ version: codebookVersion(db()), isFrozen: isCodebookFrozen(db()) }),
  'codebook.freeze': ({ coderId, isFrozen }) => {
    project().change(coderId, 'codebook.freeze', { isFrozen })
    return done
  },
  'codebook.versions': (args) => listVersions(db(), project().history, args),
  'codebook.nameVersion': ({ coderId, version, name }) => {
    project().change(coderId, 'codebook.nameVersion', { version, name })
    return done
  },
  'codebook.at': ({ version }) => codebookAt(db(), version),
  'codebook.compare': ({ from, to }) => compareVersions(db(), from, to),
  'codebook.toRecheck': (args) => codingsToRecheck(db(), args),
  'codebook.confirm': ({ coderId, ids }) => {
    project().change(coderId, 'codings.confirm', { ids })
    return done
  },
  'codebook.overview': (args, context) => run('codebook', args, context),
  'proposals.list': () => listProposals(db()),
  'proposals.add': ({ coderId, id, codeId, fields, reason }) => {
    project().change(coderId, 'proposal.add', { id, code: codeId, fields, reason })
    return done
  },
  'proposals.decide': ({ coderId, id, isAccepted, answer }) => {
    project().change(coderId, 'proposal.decide', { id, isAccepted, answer, newCode: newId() })
    return done
  },
  'qualifiers.list': () => readQualifiers(db()),
  'qualifiers.define': ({ coderId, qualifiers, renamed }) => {
    defineQualifiers(project(), coderId, qualifiers, renamed)
    return readQualifiers(db())
  },
  'qualifiers.use': () => qualifierUse(db()),
})
