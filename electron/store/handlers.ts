/** The contract's verbs, each in a line or two over the modules that do the work. */
import { existsSync } from 'node:fs'
import { v7 as uuid } from 'uuid'
import type { TicketPurpose } from '../../shared/bridge.ts'
import { NEVER } from '../../shared/cancel.ts'
import type { ChangeEvent, CodebookSource } from '../../shared/contract.ts'
import type { Opening, ProjectInfo } from '../../shared/model.ts'
import { nextColour } from '../../shared/palette.ts'
import { Problem } from '../../shared/problem.ts'
import type { CallContext, Handlers } from '../../shared/rpc.ts'
import { writeAgreement } from './agreement-export.ts'
import type { Analyst } from './analysis/analyst.ts'
import { assertNothingKept } from './analysis/compared.ts'
import { guardedAnalyst } from './analysis/guarded-analyst.ts'
import type { JobArgs, JobName, JobResult } from './analysis/jobs.ts'
import { BackupKeeper, type Clock } from './backups/keeper.ts'
import type { BackupOrder } from './backups/make.ts'
import { backupVerbs } from './backups/verbs.ts'
import { chairsFor, clearPinOf, setOwnPin, sitDown, sitsAtOnce, takeWordOfRemoval } from './chairs.ts'
import { codeUseOf } from './code-use.ts'
import { codingsToRecheck, whatGoes } from './codebook-edits.ts'
import { exportCodebook, printableCodebook, readCodebookFile } from './codebook-file.ts'
import { isCodebookFrozen } from './codebook-freeze.ts'
import {
  addTemplate,
  importCodebook,
  previewCodebook,
  type ReadCodebook,
  readTemplate,
  withSplitNames,
} from './codebook-import.ts'
import { codebookAt, compareVersions, listVersions } from './codebook-versions.ts'
import { getCoder, listCoders } from './coders.ts'
import { allCodes, codebookVersion, emptyCode, getCode, listCodes } from './codes.ts'
import { changeCodings, codingHistory } from './coding-edits.ts'
import { assertWholeCharacters, codesOfCodings, codingsOfNote, getCoding, quotesOfCode } from './codings.ts'
import { exportDiagnosis } from './diagnosis-export.ts'
import { sealingExports } from './document-head.ts'
import { previewNotes } from './exchange/read-notes.ts'
import { applyToFound, reopening } from './found-ranges.ts'
import { readIdentifierWords, saveIdentifierWords } from './identifier-settings.ts'
import { applyByHand } from './import-codings.ts'
import { importNotes } from './import-notes.ts'
import type { Committed } from './journal.ts'
import { entryParts, journalCsv } from './journal-list.ts'
import { EntryPlaces } from './journal-places.ts'
import { getMemo, listMemos, memoSubject, sittingOf } from './memos.ts'
import {
  attributeValues,
  listCases,
  noteOrder,
  noteProgress,
  noteRow,
  noteRows,
  noteToResume,
} from './note-list.ts'
import { removeNotes, whatNotesTake } from './note-removal.ts'
import { getNote, listAttributeValues, ownersWithValue } from './notes.ts'
import { Project } from './project.ts'
import { listProposals } from './proposals.ts'
import { defineQualifiers, qualifierUse, readQualifiers } from './qualifiers.ts'
import { exportQuotes } from './quotes-export.ts'
import { keepReadingPosition, keepView, readingPosition, takeView } from './reading.ts'
import { keepRecentCodes, recentCodes } from './recent-codes.ts'
import { redactRanges } from './redactions.ts'
import { writeThemesCsv } from './reports.ts'
import {
  addRound,
  blindTo,
  getRound,
  getRoundRow,
  listRounds,
  previewRound,
  withoutBlindedTo,
} from './rounds.ts'
import { createSample, SAMPLE_PASSPHRASE } from './sample.ts'
import { NOBODY, seated } from './seat.ts'
import { assertWholeCopy } from './whole-copy.ts'
import { dropProjectFile, startProjectFile, writeFileAtomically } from './written-file.ts'

/** What the store process knows about its surroundings; main tells it. */
export type Surroundings = {
  resourcesFolder: string
  sampleFile: string
  /** The person's own folder of the program; without it nothing is remembered of how far a project had come. */
  settingsFolder?: string
  analyst: Analyst
  /** The built file of the thread that reads files for an import. */
  screeningWorker?: URL
  /** The paths a ticket stands for; throws `bad-arguments` for an unknown one and for one of another purpose. */
  pathsOf(ticket: string, purposes: readonly TicketPurpose[]): string[]
  announce(event: ChangeEvent): void
  /** By which backups are made; without it none is made unasked. */
  clock?: Clock
}

const done = {}

/** What the screen starts with. A project that cannot tell (it is damaged) does not take the place of the one that is open. */
function infoOrClosed(next: Project): ProjectInfo {
  try {
    // A script-made project has no coder yet; asking for the info adds one, before anyone listens.
    return next.info()
  } catch (error) {
    next.close()
    throw error
  }
}

/** Holds the one open project and answers every verb on it. */
export function createHandlers(surroundings: Surroundings): Handlers & { closeProject(): void } {
  let open: Project | null = null
  let keeper: BackupKeeper | null = null
  const { announce, resourcesFolder, settingsFolder } = surroundings
  const marks = settingsFolder === undefined ? undefined : { settingsFolder }
  const analyst = guardedAnalyst(surroundings.analyst)

  const project = (): Project => {
    if (!open) throw new Problem('no-project', 'No project is open. Open or create one first.')
    return open
  }
  const db = () => project().db
  /** Whose eyes see the answer: what a blind round keeps from them is for the store to know, not for the page to say. */
  const viewer = () => project().activeCoder().id
  /** Whether somebody sits at the project that is open: one who has a PIN is asked for it first. */
  let isSeated = false
  const sitting = () => (isSeated ? project().activeCoder() : null)
  /** Every job answers whoever sits here: none can forget what a blind round hides from them. */
  const run = <J extends JobName>(name: J, args: JobArgs<J>, context: CallContext): Promise<JobResult<J>> =>
    analyst.run(project(), name, args, { ...context, viewer: viewer() })
  const pathOf = (ticket: string, ...purposes: readonly TicketPurpose[]): string => {
    const [path] = surroundings.pathsOf(ticket, purposes)
    if (path === undefined) throw new Problem('bad-arguments', 'Nothing was picked.')
    return path
  }
  const readSource = async (source: CodebookSource): Promise<ReadCodebook> => {
    if ('template' in source) return readTemplate(resourcesFolder, source.template, source.year)
    const codebook = await readCodebookFile(pathOf(source.ticket, 'import-codebook', 'import-notes'))
    return source.isSplit ? withSplitNames(codebook) : codebook
  }
  /** Whatever closing runs into, no project is open afterwards. */
  const closeProject = () => {
    const closing = open
    open = null
    void keeper?.stop()
    keeper = null
    closing?.close()
  }
  /** The threads read the file too; the last to let go folds the log in. */
  const letGo = async () => {
    await keeper?.stop()
    await analyst.release()
  }
  const keepBackups = (next: Project, isOpened: boolean) => {
    const { clock } = surroundings
    if (!clock) return
    const unseen = { signal: NEVER, progress: () => {}, viewer: null }
    const makeOne = (order: BackupOrder) => analyst.run(next, 'keepBackup', order, unseen)
    const tell = () => announce({ topics: ['backups'], noteIds: null })
    keeper = new BackupKeeper(next, isOpened, makeOne, clock, tell)
  }
  const use = async (next: Project, isOpened = true): Promise<Opening> => {
    const info = infoOrClosed(next)
    if (marks) next.compareWithMark(marks)
    try {
      await letGo()
    } finally {
      closeProject()
      open = next
      isSeated = sitsAtOnce(next)
    }
    next.signer = () => next.person()
    keepBackups(next, isOpened)
    next.onChange((event) => {
      keeper?.noteChange()
      announce(event)
    })
    announce({
      topics: [
        'backups',
        'project',
        'coders',
        'notes',
        'codes',
        'codings',
        'memos',
        'status',
        'rounds',
        'history',
      ],
      noteIds: null,
    })
    if (!isSeated) return { ...chairsFor(next, null), notices: [...next.notices] }
    const removal = takeWordOfRemoval(next, next.person())
    const told = removal === null ? [] : [{ words: removal, isLoss: false }]
    return { ...info, notices: [...next.notices, ...told] }
  }
  const stepDone = (committed: Committed) => ({
    label: project().journal.labelOfStep(committed.entry.undoes as string),
    where: new EntryPlaces(db(), viewer()).of(committed.entry).where,
    noteId: committed.noteIds?.length === 1 ? (committed.noteIds[0] as string) : null,
  })

  const verbs: Handlers = {
    'project.create': ({ ticket, passphrase, title, coderName, template }) => {
      const fill = (created: Project) => {
        const coder = created.addCoder(coderName)
        created.activate(coder.id)
        if (template !== 'empty') addTemplate(created, coder.id, template, resourcesFolder)
      }
      return use(Project.create(pathOf(ticket, 'project'), passphrase, { title }, fill), false)
    },
    'project.open': ({ ticket, passphrase }) => {
      const path = pathOf(ticket, 'open-project')
      // A wrong passphrase must leave the project that is open as it is.
      return use(Project.open(path, passphrase, marks))
    },
    'project.openSample': () => {
      const { sampleFile } = surroundings
      return use(
        existsSync(sampleFile)
          ? Project.open(sampleFile, SAMPLE_PASSPHRASE, marks)
          : createSample(sampleFile, resourcesFolder),
      )
    },
    'project.close': async () => {
      try {
        await letGo()
      } finally {
        closeProject()
      }
      announce({ topics: ['project'], noteIds: null })
      return done
    },
    'project.info': () => open?.info() ?? null,
    'project.rename': ({ coderId, title }) => {
      project().change(coderId, 'project.set', { name: 'title', value: title })
      return project().info()
    },
    'project.setReflexive': ({ coderId, isReflexive }) => {
      project().change(coderId, 'project.setReflexive', { isReflexive })
      return project().info()
    },
    'project.setFinishedRule': ({ coderId, rule }) => {
      project().change(coderId, 'project.setFinishedRule', { rule })
      return project().info()
    },
    'project.verify': (_args, context) => run('verify', null, context),
    'project.backup': async ({ ticket }, context) => {
      const copied = project()
      const path = pathOf(ticket, 'backup')
      // The copy has the seal in it; where none can be written nothing is sealed.
      startProjectFile(path)
      dropProjectFile(path)
      copied.seal('backup')
      await run('backup', { path }, context)
      if (copied.guard.lost === 'content') assertWholeCopy(path, copied.passphrase)
      copied.noteCopied()
      return done
    },

    ...backupVerbs({
      project,
      keeper: () => keeper,
      pathOf,
      look: (order, context) => run('lookAtBackup', order, context),
      leave: () => letGo().finally(closeProject),
      use,
      marks,
    }),

    'coders.list': () => listCoders(db()),
    'coders.add': ({ coderId, name }) => project().addCoder(name, coderId),
    'coders.rename': ({ coderId, id, name }) => {
      project().change(coderId, 'coder.rename', { id, name })
      return getCoder(db(), id)
    },
    'coders.setRole': ({ coderId, id, role }) => {
      project().change(coderId, 'coder.setRole', { id, role })
      return getCoder(db(), id)
    },
    'coders.codeAgain': ({ coderId, person, id }) => project().codeAgain(coderId, person, id),
    'coders.addConsensus': ({ coderId, id }) => project().addConsensus(coderId, id),
    'coders.chairs': () => chairsFor(project(), sitting()),
    'coders.activate': (asked) => {
      const words = sitDown(project(), sitting(), asked)
      isSeated = true
      return { words }
    },
    'coders.setPin': ({ current, pin }) => {
      setOwnPin(project(), { current, pin })
      return done
    },
    'coders.clearPin': ({ id, pin }) => {
      clearPinOf(project(), { id, pin })
      return done
    },

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
    'cases.list': ({ query, limit }) => listCases(db(), query, limit),

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
    'notes.whatGoes': ({ nums }) => whatNotesTake(db(), viewer(), nums),
    'notes.remove': ({ coderId, nums }) => {
      removeNotes(project(), coderId, nums)
      return done
    },
    'notes.previewImport': ({ ticket, sheet, heading }, { signal, progress }) =>
      previewNotes(surroundings.pathsOf(ticket, ['import-notes']), {
        signal,
        onProgress: progress,
        ...(sheet === undefined ? {} : { sheet }),
        ...(heading === undefined ? {} : { heading }),
      }),
    'notes.import': ({ coderId, ticket, map, dryRun, identifiers = 'report' }, { signal, progress }) =>
      importNotes(project(), coderId, surroundings.pathsOf(ticket, ['import-notes']), {
        map,
        dryRun,
        identifiers,
        screeningWorker: surroundings.screeningWorker,
        beforeFirst: () => keeper?.before('import'),
        signal,
        onProgress: progress,
      }),

    'search.notes': (args, context) => run('search', args, context),

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

    'codes.recent': ({ coderId }) => recentCodes(db(), coderId),
    'codes.keepRecent': ({ coderId, newest, numbered }) => {
      keepRecentCodes(db(), coderId, { newest, numbered })
      return done
    },
    'codes.list': () => listCodes(db(), viewer()),
    'codes.create': ({ coderId, id = uuid(), name, parentId, afterId, colour, isFolder = false }) => {
      project().change(coderId, 'codes.add', {
        source: 'the codebook editor',
        codes: [
          {
            ...emptyCode(id, name),
            parentId,
            colour: colour ?? (isFolder ? null : nextColour(allCodes(db()), parentId)),
            isFolder,
            ...(afterId ? { afterId } : {}),
          },
        ],
      })
      return getCode(db(), id)
    },
    'codes.update': ({ coderId, id, changes }) => {
      project().change(coderId, 'codes.update', { changes: [{ id, fields: changes }] })
      return getCode(db(), id)
    },
    'codes.updateAll': ({ coderId, ids, changes }) => {
      project().change(coderId, 'codes.update', { changes: ids.map((id) => ({ id, fields: changes })) })
      return done
    },
    'codes.setRetired': ({ coderId, ids, isRetired }) => {
      project().change(coderId, 'codes.setRetired', { ids, isRetired })
      return done
    },
    'codes.arrange': ({ coderId, how, moves }) => {
      project().change(coderId, 'codes.arrange', { how, moves })
      return done
    },
    'codes.merge': ({ coderId, into, from }) => {
      project().change(coderId, 'codes.merge', { into, from })
      return done
    },
    'codes.use': ({ codeId }) => codeUseOf(db(), codeId, viewer()),
    'codes.whatGoes': ({ ids }) => whatGoes(db(), ids, viewer()),
    'codes.delete': ({ coderId, ids }) => {
      project().change(coderId, 'codes.delete', { ids })
      return done
    },
    'codes.moveCodings': ({ coderId, how, from, moves }) => {
      const payload = moves.map(({ codingId, codeId }) => ({ coding: codingId, code: codeId }))
      project().change(coderId, 'codings.reassign', { how, from, moves: payload })
      return done
    },

    'codebook.state': () => ({ version: codebookVersion(db()), isFrozen: isCodebookFrozen(db()) }),
    'codebook.freeze': ({ coderId, isFrozen }) => {
      project().change(coderId, 'codebook.freeze', { isFrozen })
      return done
    },
    'codebook.versions': (args) => listVersions(db(), project().journal, args),
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
      project().change(coderId, 'proposal.decide', { id, isAccepted, answer, newCode: uuid() })
      return done
    },

    'codes.addTemplate': ({ coderId, template }) =>
      addTemplate(project(), coderId, template, resourcesFolder),
    'codes.previewImport': async ({ source }) => previewCodebook(db(), await readSource(source)),
    'codes.import': async ({ coderId, source, digest, take }) => {
      const codebook = await readSource(source)
      await keeper?.before('import')
      return importCodebook(project(), coderId, codebook, { digest, take })
    },
    'codes.exportFile': ({ ticket, format, parts, identifiers = 'ask' }, { signal, progress }) =>
      exportCodebook(db(), pathOf(ticket, `codebook-${format}`), format, identifiers, {
        ...(parts ? { parts } : {}),
        viewer: viewer(),
        signal,
        onProgress: progress,
      }),
    'codes.printable': ({ parts, identifiers }, { signal, progress }) =>
      printableCodebook(db(), identifiers, { parts, viewer: viewer(), signal, onProgress: progress }),

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
    'codings.history': ({ id }) => codingHistory(db(), project().journal, id, viewer()),
    'codings.quotes': (filter) => quotesOfCode(db(), filter, viewer()),

    'qualifiers.list': () => readQualifiers(db()),
    'qualifiers.define': ({ coderId, qualifiers, renamed }) => {
      defineQualifiers(project(), coderId, qualifiers, renamed)
      return readQualifiers(db())
    },
    'qualifiers.use': () => qualifierUse(db()),

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

    'retrieval.find': (args, context) => run('retrieval', args, context),
    'retrieval.exportFile': async (
      { ticket, coderId, query, picked, groupBy, format, identifiers = 'ask' },
      context,
    ) => {
      const path = pathOf(ticket, `quotes-${format}`)
      const all = { coderId, query, limit: Number.MAX_SAFE_INTEGER }
      const found = await run('retrieval', all, context)
      return exportQuotes(db(), path, format, found, { query, picked, groupBy }, identifiers, {
        viewer: viewer(),
        signal: context.signal,
        onProgress: context.progress,
      })
    },

    'reading.position': ({ coderId, noteId }) => ({ position: readingPosition(db(), coderId, noteId) }),
    'reading.keep': ({ coderId, noteId, position }) => {
      keepReadingPosition(db(), coderId, noteId, position)
      return done
    },
    'reading.keepView': ({ view }) => {
      keepView(db(), view)
      return done
    },
    'reading.takeView': () => ({ view: takeView(db()) }),

    'history.steps': ({ coderId, limit }) => project().journal.steps(coderId, limit, viewer()),
    'history.state': ({ coderId }) => project().journal.state(coderId),
    'history.undo': ({ coderId }) => stepDone(project().undo(coderId)),
    'history.redo': ({ coderId }) => stepDone(project().redo(coderId)),
    'history.goTo': ({ coderId, step, isBefore }) => ({
      steps: project().goToStep(coderId, step, isBefore),
    }),
    'journal.list': ({ before, limit, ...filter }) => project().journal.list(before, limit, filter, viewer()),
    'journal.parts': (page) => entryParts(db(), viewer(), page),
    'journal.exportFile': async ({ ticket }, context) => {
      const journal = journalCsv(db(), project().journal, viewer(), context)
      await writeFileAtomically(pathOf(ticket, 'journal-csv'), '.csv', journal)
      return done
    },

    'agreement.compute': (args, context) => run('agreement', args, context),
    'agreement.confusion': (args, context) => run('confusion', args, context),
    'agreement.pairs': (args, context) => run('pairs', args, context),
    'agreement.series': (args, context) => run('series', args, context),
    'agreement.sets': (args, context) => run('sets', args, context),
    'agreement.unitizing': (args, context) => run('unitizing', args, context),
    'agreement.passages': (args, context) => run('passages', args, context),
    'agreement.exportFile': async ({ ticket, format, ...args }, context) => {
      const path = pathOf(ticket, `agreement-${format}`)
      const report = await run('agreement', { ...args, codeIds: null }, context)
      return { warnings: await writeAgreement(db(), path, format, report, viewer()) }
    },
    'agreement.exportData': ({ ticket, ...args }, context) => {
      assertNothingKept(db(), args, viewer())
      return run('reliabilityData', { ...args, path: pathOf(ticket, 'reliability-csv') }, context)
    },
    'agreement.exportDiagnosis': async ({ ticket, identifiers = 'ask', ...args }, context) => {
      assertNothingKept(db(), args, viewer())
      const path = pathOf(ticket, 'diagnosis-csv')
      const found = await run('diagnosis', args, context)
      return exportDiagnosis(db(), path, found, identifiers, {
        signal: context.signal,
        onProgress: context.progress,
      })
    },
    'themes.compute': (scope, context) => run('themes', { scope }, context),
    'themes.exportFile': async ({ ticket, ...scope }, context) => {
      const path = pathOf(ticket, 'themes-csv')
      const report = await run('themes', { scope }, context)
      await writeThemesCsv(path, report)
      return done
    },
  }
  const leaving = sealingExports(verbs, () => open?.seal('export'))
  return { ...seated(leaving, () => open && (isSeated ? open.activeCoder() : NOBODY)), closeProject }
}
