/** A study with people, codings, a round and a backup, and beside it every kind of file that a command may be given. */
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { sha256 } from '../../electron/store/file/hash.ts'
import { headOf } from '../../electron/store/file/journal-head.ts'
import { makeBackup } from '../../electron/store/file/make-backup.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { makePackage } from '../../electron/store/merging/package.ts'
import { Project } from '../../electron/store/project.ts'
import { setOwnPin } from '../../electron/store/team/chairs.ts'
import { findCoder } from '../../electron/store/team/coders.ts'
import { fingerprint } from '../../electron/store/verify/verify.ts'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from '../store/project-content.ts'
import { PASSPHRASE } from './command.ts'
import { giveToNobody } from './other-user.ts'

export const P = 'study.understory'

/** As the window leaves it: sealed by the person who worked there, with a codebook that is frozen. */
export function makeStudy(folder: string): { project: string; backup: string } {
  const path = join(folder, P)
  const project = Project.create(path, PASSPHRASE, { title: 'A study' })
  const [amara, ben, cleo] = ['Amara', 'Ben', 'Cleo'].map(
    (name) => project.addCoder(name, PROJECT_ACTOR).id,
  ) as [CoderId, CoderId, CoderId]
  project.signer = () => amara
  project.activate(amara)
  project.change(PROJECT_ACTOR, 'coder.setRole', { id: ben, role: 'reader' })
  addNotes(project, amara, { N1: 'Mum shouted. Police came twice.', N2: 'A quiet week.' })
  const code = addCode(project, amara, 'Neglect')
  for (const coder of [amara, cleo]) {
    applyCode(project, coder, 'N1', code, [0, 3])
    project.change(coder, 'note.setStatus', { notes: ['N1', 'N2'], status: 'finished' })
  }
  const round = {
    id: newId<RoundId>(),
    name: 'Pilot',
    coders: [amara, cleo],
    notes: ['N1'],
    isBlind: false,
    drawn: null,
  }
  project.change(amara, 'round.add', round)
  project.change(amara, 'codebook.freeze', { isFrozen: true })
  setOwnPin(project, { current: null, pin: 'grey heron 41' })
  const now = new Date(2026, 10, 30, 9, 0, 0).getTime()
  const backup = makeBackup(project.db, { path, reason: 'hourly', now }, PASSPHRASE)?.name ?? ''
  applyCode(project, amara, 'N2', code, [0, 1])
  project.close()
  return { project: path, backup: join(folder, 'study backups', backup) }
}

/** A package of that study for Cleo. */
export async function packStudy(path: string): Promise<string> {
  const project = Project.open(path, PASSPHRASE)
  const cleo = findCoder(project.db, 'Cleo')?.id as CoderId
  const { file } = await makePackage(project, { receiver: cleo, hasTexts: true, passphrase: PASSPHRASE })
  project.close()
  const packed = join(dirname(path), 'packed.age')
  writeFileSync(packed, file)
  return packed
}

const PAGE = 4_096
const AGREED = JSON.stringify([
  {
    id: 'x',
    type: 'matrix',
    data: {
      coders: ['a', 'b'],
      units: 2,
      categories: [0, 1],
      level: 'nominal',
      positive: 1,
      values: [
        [1, 0],
        [0, 0],
      ],
    },
  },
])

const FILES: Readonly<Record<string, string>> = {
  'notes.csv': 'note_id,text\nN3,School rang.\n',
  'map.json': '{"text": "text", "noteId": "note_id", "attributes": {}}',
  'wrong-map.json': '{"text": 5}',
  'map-of-others.json': '{"text": "words", "noteId": "id", "attributes": {}}',
  'no.json': '{',
  'broken.csv': 'note_id,text\nN3,"School rang.\n',
  'broken.docx': 'PK no zip',
  'broken.pdf': '%PDF-1.4 no pdf',
  'broken.xlsx': 'PK no zip',
  'broken.jsonl': '{"note_id": "N3", "text": "School rang."}\n{"note_id"',
  'empty.csv': '',
  'codings.csv': 'note,code,start,end\nN2,Neglect,0,7\n',
  'wrong-range.csv': 'note,code,start,end\nN2,Neglect,0,7\nN2,Neglect,0,9999\n',
  'wrong-order.csv': 'note,code,start,end\nN2,Neglect,7,0\n',
  'wrong-note.csv': 'note,code,start,end\nN2,Neglect,0,7\nN9,Neglect,0,7\n',
  'wrong-code.csv': 'note,code,start,end\nN2,Neglect,0,7\nN2,Nothing,0,7\n',
  'wrong-number.csv': 'note,code,start,end\nN2,Neglect,0,seven\n',
  'decisions.csv': 'disagreement,decision\n0123456789abcdef,\n',
  'no-columns.csv': 'a,b\n1,2\n',
  'book.csv': 'name\nViolence\n',
  'no-codes.csv': 'name\n',
  'wrong-parent.csv': 'name,parent\nViolence,Nowhere\n',
  'broken.qdc': '<CodeBook',
  'agree.json': AGREED,
  'wrong-agree.json': '[{"id": 5}]',
  'plain.txt': 'School rang.',
  'plain.understory': 'no project '.repeat(PAGE),
  'open.understory': `SQLite format 3\0${'x'.repeat(PAGE)}`,
  'locked.understory': 'x'.repeat(PAGE),
  'locked.csv': 'x',
  'read-only.understory': 'x'.repeat(PAGE),
  'taken.understory-wal': 'what is left of another project',
  'key.txt': PASSPHRASE,
}
const FOLDERS = [
  'a-folder',
  'locked-folder',
  ...['.understory', '.csv', '.age'].map((ending) => `folder${ending}`),
]
const RIGHTS: Readonly<Record<string, number>> = {
  'locked.understory': 0,
  'locked.csv': 0,
  'read-only.understory': 0o444,
  'locked-folder': 0o555,
}

/** The study and the files in a folder of their own, which is somebody's who may not do everything. */
export function layOut(
  folder: string,
  { project, backup, team }: { project: string; backup: string; team: string },
): void {
  const backups = join(folder, basename(dirname(backup)))
  for (const each of [folder, backups, ...FOLDERS.map((name) => join(folder, name))]) mkdirSync(each)
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  for (const copy of [P, 'other.understory']) copyFileSync(project, join(folder, copy))
  copyFileSync(team, join(folder, 'team.age'))
  copyFileSync(backup, join(backups, basename(backup)))
  giveToNobody([folder, ...namesIn(folder).map((name) => join(folder, name))])
  for (const [name, rights] of Object.entries(RIGHTS)) chmodSync(join(folder, name), rights)
}

const namesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()

/** What a command that is refused leaves as it was: every file and folder, and all that the project holds. */
export function stateOf(folder: string, kept: { bytes: string; content: unknown }) {
  const files = namesIn(folder).map((name) => {
    const found = lstatSync(join(folder, name))
    return [name, found.isFile() && name !== P ? digest(join(folder, name)) : found.isDirectory(), found.mode]
  })
  const path = join(folder, P)
  // A file that is the same byte for byte holds the same.
  const content = statSync(path).isFile() && digest(path) === kept.bytes ? kept.content : contentOf(path)
  return { files, content }
}

export const digest = (path: string): string => sha256(readFileSync(path, 'latin1'))

export function contentOf(path: string) {
  const db = openReadOnly(path, PASSPHRASE)
  try {
    return {
      tables: fingerprint(db),
      head: headOf(db),
      seals: db.prepare('SELECT * FROM seal ORDER BY hash').all(),
      texts: db.prepare('SELECT hash FROM note_text ORDER BY hash').pluck().all(),
      // Each session marks its log (log-mark.ts), also one whose only change is refused.
      kept: db.prepare(`SELECT name, value FROM local WHERE name NOT LIKE 'mark.%' ORDER BY name`).all(),
    }
  } finally {
    db.close()
  }
}
