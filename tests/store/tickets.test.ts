import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { KnownTickets } from '../../electron/store/handlers/known-tickets.ts'
import type { TicketPurpose } from '../../shared/bridge.ts'
import { contract, type VerbName } from '../../shared/contract/index.ts'
import type { ProjectInfo } from '../../shared/contract/project.ts'
import { asking, openHandlers } from './open-handlers.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const SCOPE = { coderIds: ['one', 'two'], unit: 'note', codeIds: null }
const QUERY = {
  codeIds: [],
  includeChildren: true,
  relation: 'any',
  otherIds: [],
  distance: 0,
  withoutIds: [],
  coderIds: null,
  qualifiers: {},
  includeWholeNotes: true,
  filter: {},
}
const SEGMENTS = { coderId: 'one', query: QUERY, picked: null, groupBy: 'note' }
const MAP = { text: 'text' }
const THEMES = { by: null, coderIds: null, notes: 'finished', affirmedOnly: false, qualifiers: {} }

/** Every verb that takes a ticket, with what else it takes, and what the ticket must have been picked for. */
const VERBS: ReadonlyArray<readonly [VerbName, object, ...TicketPurpose[]]> = [
  ['project.create', { passphrase: PASSPHRASE, title: 'T', coderName: 'A', template: 'empty' }, 'project'],
  ['project.open', { passphrase: PASSPHRASE }, 'open-project'],
  ['project.backup', {}, 'backup'],
  ['backups.restoreClosed', { passphrase: PASSPHRASE, name: 'none.understory' }, 'open-project'],
  ['notes.previewImport', {}, 'import-notes'],
  ['notes.import', { coderId: 'one', map: MAP, dryRun: true }, 'import-notes'],
  ['codes.previewImport', {}, 'import-codebook', 'import-notes'],
  ['codes.import', { coderId: 'one', digest: '', take: null }, 'import-codebook', 'import-notes'],
  ...(['qdc', 'csv', 'xlsx', 'docx', 'html', 'md'] as const).map(
    (format) => ['codes.exportFile', { format }, `codebook-${format}`] as const,
  ),
  ...(['csv', 'xlsx', 'docx'] as const).map(
    (format) => ['retrieval.exportFile', { ...SEGMENTS, format }, `quotes-${format}`] as const,
  ),
  ['journal.exportFile', {}, 'journal-csv'],
  ...(['csv', 'xlsx', 'docx'] as const).map(
    (format) =>
      [
        'agreement.exportFile',
        { coderIds: SCOPE.coderIds, unit: 'note', format, replicates: 0, resampled: 'note', seed: 1 },
        `agreement-${format}`,
      ] as const,
  ),
  ['agreement.exportData', { ...SCOPE, form: 'long' }, 'reliability-csv'],
  ['agreement.exportDiagnosis', SCOPE, 'diagnosis-csv'],
  ['themes.exportFile', THEMES, 'themes-csv'],
]

const PURPOSES = [
  ...new Set(['open-project', ...VERBS.flatMap(([, , ...purposes]) => purposes)]),
] as TicketPurpose[]

function study() {
  const made = makeProject()
  const { path } = made
  made.close()
  const tickets = new KnownTickets()
  const handlers = openHandlers((ticket, purposes) => tickets.pathsOf(ticket, purposes))
  const call = (verb: VerbName, args: object) => asking(handlers)(verb, args as never)
  const ticketFor = (purpose: TicketPurpose, file: string) => {
    const ticket = `ticket-${purpose}`
    tickets.take({ type: 'ticket', ticket, paths: [file], purpose })
    return ticket
  }
  return { path, call, ticketFor, close: () => handlers.closeProject() }
}

it('every verb that takes a ticket is in this test', () => {
  const takes = (verb: VerbName) => {
    const shape = 'shape' in contract[verb].args ? Object.keys(contract[verb].args.shape) : []
    return shape.includes('ticket') || shape.includes('source')
  }
  const known = new Set(VERBS.map(([verb]) => verb))
  expect((Object.keys(contract) as VerbName[]).filter((verb) => takes(verb) && !known.has(verb))).toEqual([])
})

it('a verb takes no ticket that was picked for something else, and the file stays what it was', async () => {
  const { path, call, ticketFor, close } = study()
  const ticket = ticketFor('open-project', path)
  const project = await call('project.open', { ticket, passphrase: PASSPHRASE })
  // Only who works here is answered; that is another test's affair.
  const by = { coderId: (project as ProjectInfo).activeCoderId }
  const bytes = readFileSync(path)
  const file = join(temporaryFolder(), 'never.understory')
  for (const [verb, others, ...purposes] of VERBS) {
    for (const purpose of PURPOSES.filter((one) => !purposes.includes(one))) {
      const ticket = ticketFor(purpose, file)
      const args =
        verb.startsWith('codes.') && verb.endsWith('mport')
          ? { source: { ticket, isSplit: false } }
          : { ticket }
      await expect(
        call(verb, { ...others, ...('coderId' in others ? by : {}), ...args }),
        `${verb} with ${purpose}`,
      ).rejects.toMatchObject({
        code: 'bad-arguments',
        message: expect.stringContaining('chosen for something else'),
      })
    }
  }
  expect(existsSync(file)).toBe(false)
  expect(readFileSync(path).equals(bytes)).toBe(true)
  close()
})

it('an export to the open project under a ticket of its own kind is refused by the writer', async () => {
  const { path, call, ticketFor, close } = study()
  await call('project.open', { ticket: ticketFor('open-project', path), passphrase: PASSPHRASE })
  const ticket = ticketFor('themes-csv', path)
  await expect(call('themes.exportFile', { ticket, ...THEMES })).rejects.toMatchObject({
    code: 'bad-arguments',
  })
  close()
})
