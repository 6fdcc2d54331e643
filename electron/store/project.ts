/** An open project: its file, its journal, and how changes are announced. */
import { basename } from 'node:path'
import { v7 as uuid, v5 } from 'uuid'
import { CoderId } from '../../shared/contract/basics.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import { type ChangeEvent, TOPICS, type Topic } from '../../shared/contract/events.ts'
import type { MergeReport } from '../../shared/contract/merging.ts'
import type { OpeningNotice, ProjectInfo, SealOccasion } from '../../shared/contract/project.ts'
import { sameName } from '../../shared/names.ts'
import { Problem } from '../../shared/problem.ts'
import { codingsInAll } from './codebook/counts.ts'
import type { PackageContent } from './exchange/packages/lines.ts'
import { sure, type WritableDb } from './file/connection.ts'
import {
  assertLooksLikeProject,
  closeDatabase,
  createDatabase,
  isAlone,
  onFullDisk,
  openDatabase,
} from './file/database.ts'
import { FileGuard } from './file/file-guard.ts'
import { keepAsItLies, keepCopy } from './file/kept-copy.ts'
import { markLog } from './file/log-mark.ts'
import type { Updating } from './file/migrate.ts'
import { newId } from './file/new-id.ts'
import { isOpenHere } from './file/open-files.ts'
import { saltOf } from './file/page-check.ts'
import { readSetting } from './file/values.ts'
import { dropProjectFile } from './file/written-file.ts'
import { History } from './history/history.ts'
import { type AnyChange, type PayloadOf, PROJECT_ACTOR } from './journal/change.ts'
import type { Changes } from './journal/changes.ts'
import { type Committed, Journal } from './journal/journal.ts'
import { type MarkPlace, ProgressMark } from './journal/progress-mark.ts'
import { beginReplica, type Home, homeOf } from './journal/replica.ts'
import { forbidUndoSoFar } from './journal/undo-targets.ts'
import { type AllKinds, kinds } from './kinds.ts'
import { assertBegins, fillFrom } from './merging/join.ts'
import { type MergeOptions, mergeCopy } from './merging/merge.ts'
import { followReversal } from './merging/undo.ts'
import { listAttributes } from './notes/notes.ts'
import { dropStagedTexts } from './notes/texts.ts'
import { aboutBackup, backUpBeforeUpdate, readingPassphrase } from './opening.ts'
import { finishedRule } from './settings/finished-rule.ts'
import { isReflexive } from './settings/reflexive.ts'
import { ActiveCoder } from './team/active-coder.ts'
import { CONSENSUS, findCoder, getCoder, listCoders, personOfPass } from './team/coders.ts'
import { keepIdentity, newAgeKeys } from './team/laptops.ts'
import { sealEntries } from './team/seals.ts'
import { SigningKeys } from './team/signing-keys.ts'
import { settleLog } from './verify/leftover-log.ts'

export type NewProject = { title: string; isSample?: boolean }

export class Project implements Changes<AllKinds> {
  readonly path: string
  readonly db: WritableDb
  readonly journal: Journal<AllKinds>
  readonly history: History
  readonly guard: FileGuard
  /** What opening it has to tell. */
  readonly notices: OpeningNotice[] = []
  /** Whether no other connection can be opened beside this one. */
  readonly isAlone: boolean
  /** Kept for opening second connections (analysis, backups); it lives as long as the project is open. */
  readonly passphrase: string
  /** Who signs for what is in the file: a script as the project, the window as the person who sits there. */
  readonly keys: SigningKeys
  signer: () => CoderId = () => PROJECT_ACTOR
  readonly #active: ActiveCoder
  #isCopied = false
  #mark: ProgressMark | null = null
  #home: Home | null = null
  #listener: (event: ChangeEvent) => void = () => {}
  /** What there is to announce once the transaction under way is durable. */
  #held: ChangeEvent[] | null = null
  #isClockOff = false
  /** Whether entries came or went: then everything may be another. */
  #isAnotherSet = false

  private constructor(path: string, passphrase: string, db: WritableDb) {
    this.path = path
    this.passphrase = passphrase
    this.db = db
    this.isAlone = isAlone(db)
    this.guard = new FileGuard(path, db)
    this.journal = new Journal(db, kinds, Date.now, {
      begin: () => this.guard.lost === null && markLog(db),
      settle: () => this.guard.lost === null && this.#home?.settle(),
      assertSafe: () => this.guard.assertThere(),
      confirmed: () => {
        this.guard.confirmed()
        this.#home?.settled()
      },
      reversed: (entry) => {
        this.#isAnotherSet ||= followReversal(db, entry)
      },
    })
    this.history = new History(db, this.journal)
    this.keys = new SigningKeys(this)
    this.#active = new ActiveCoder(this)
  }

  /**
   * Makes a new encrypted project file, readable by its owner alone, with what `fill` puts into it from the start. A
   * failure, also of `fill`, leaves no file behind.
   */
  static create(
    path: string,
    passphrase: string,
    { title, isSample = false }: NewProject,
    fill: (project: Project) => void = () => {},
  ): Project {
    return Project.#make(path, passphrase, (project) => {
      project.change(PROJECT_ACTOR, 'project.create', { id: uuid(), title, isSample })
      fill(project)
    })
  }

  /** Makes a copy of a project from an opened package, whose file is called `name`: a laptop of whoever it is for. */
  static async join(
    path: string,
    passphrase: string,
    content: PackageContent,
    name: string,
  ): Promise<Project> {
    assertBegins(content, name)
    const keys = await newAgeKeys()
    return Project.#make(path, passphrase, (project) => {
      const coder = fillFrom(project.db, content, name)
      keepIdentity(project.db, project.journal.replica, keys.identity)
      project.change(coder, 'laptop.add', { coder, recipient: keys.recipient })
    })
  }

  static #make(path: string, passphrase: string, fill: (project: Project) => void): Project {
    if (passphrase.length === 0) throw new Problem('bad-arguments', 'A project needs a passphrase.')
    const db = createDatabase(path, passphrase)
    let project: Project | null = null
    try {
      beginReplica(db, path)
      project = new Project(path, passphrase, db)
      fill(project)
      forbidUndoSoFar(db)
      return project
    } catch (error) {
      if (db.open) closeDatabase(db)
      project?.guard.release()
      dropProjectFile(path)
      throw error
    }
  }

  /**
   * With a place for marks it is also seen whether the file holds what it held here before; of one that is a restored
   * backup (`isRestored`) that is not expected.
   */
  static open(
    path: string,
    passphrase: string,
    marks?: MarkPlace,
    isRestored = false,
    updating: Pick<Updating, 'steps'> = {},
  ): Project {
    assertLooksLikeProject(path)
    const salt = isOpenHere(path) ? null : saltOf(path)
    const notices: OpeningNotice[] = []
    const db = readingPassphrase(path, passphrase, marks, () => {
      notices.push(...settleLog(path, passphrase))
      const tell = (words: string) => notices.push({ words, isLoss: false })
      return openDatabase(path, passphrase, tell, (db) => ({
        ...updating,
        before: () => tell(backUpBeforeUpdate(db, path, passphrase)),
      }))
    })
    const project = new Project(path, passphrase, db)
    project.notices.push(...notices, ...aboutBackup(path))
    onFullDisk(() => {
      dropStagedTexts(db)
      project.#active.layDownConsensus()
    })
    if (marks) project.compareWithMark(marks, salt, isRestored)
    return project
  }

  /** From now on it is kept how far the project has come; what it held here before and holds no more is told. */
  compareWithMark(marks: MarkPlace, salt: string | null = null, isRestored = false): void {
    if (this.#mark) return
    this.#mark = new ProgressMark(this.db, this.path, marks, salt)
    const words = isRestored ? null : this.#mark.missing()
    if (isRestored) this.#mark.renew()
    if (words !== null) this.notices.push({ words, isLoss: true })
    this.#home = homeOf(this.db, this.path, marks, words !== null)
    this.journal.replica = this.#home.replica
    if (!this.journal.hasChanged) return
    this.#home.settle()
    this.#home.settled()
  }

  /** A file that is not there any more would take everything with it: a copy is kept in its place. */
  close(isSealed = true): void {
    if (!this.db.open) return
    const { lost } = this.guard
    if (lost === 'file' && !this.#isCopied) keepCopy(this.db, this.passphrase, this.path)
    if (lost === 'content') keepAsItLies(this.path)
    if (isSealed && lost !== 'content') this.seal('close')
    this.#mark?.flush()
    closeDatabase(this.db)
    this.guard.release()
  }

  /** Since the file is lost nothing was added to it: a copy that was made holds everything. */
  noteCopied(): void {
    if (this.guard.lost === 'file') this.#isCopied = true
  }

  /**
   * Signs how far the journal has come (see seals.ts). Nobody's closing or export fails for want of a seal: a file that
   * cannot take one (lost, damaged, on a full disk) stays unsealed, and *Verify* says so.
   */
  seal(occasion: SealOccasion): void {
    try {
      // A copy of what nobody changed since it was opened is no reason to change it.
      if (occasion !== 'export' && !this.journal.hasChanged) return
      if (sealEntries(this, this.signer(), occasion)) this.announce({ topics: ['history'], noteIds: null })
    } catch {
      // What is wrong with the file is said where it is opened, changed and verified.
    }
  }

  /** One listener hears of every change after it is durable. */
  onChange(listener: (event: ChangeEvent) => void): void {
    this.#listener = listener
  }

  /** Makes one change and announces it; with `step`, as part of a step that there is already. */
  change<N extends keyof AllKinds & string>(
    coderId: CoderId,
    kind: N,
    payload: PayloadOf<AllKinds, N>,
    step?: string,
  ): Committed {
    return this.#announced(this.journal.commit(coderId, kind, payload, step))
  }

  undo(coderId: CoderId): Committed {
    const person = this.person()
    const committed = this.journal.undo(coderId)
    this.#active.leaveGoneLayer(coderId, person)
    return this.#announced(committed)
  }

  /** Takes in what another copy of the project holds, as one step. */
  merge = (path: string, passphrase: string, options?: MergeOptions): MergeReport =>
    mergeCopy(this, path, passphrase, options)

  /** Several undos or redos announced as one change. */
  goToStep(coderId: CoderId, step: string, isBefore: boolean): number {
    const person = this.person()
    const steps = this.journal.goTo(coderId, step, isBefore)
    this.#active.leaveGoneLayer(coderId, person)
    const topics = new Set(steps.flatMap((committed) => committed.topics))
    if (steps.length > 0) this.announce({ topics: [...topics], noteIds: null })
    return steps.length
  }

  redo(coderId: CoderId): Committed {
    return this.#announced(this.journal.redo(coderId))
  }

  /**
   * Several entries as one undoable step in one transaction: all of it happens, or nothing. `before` and `after` run
   * in the same transaction, around the entries.
   */
  changeTogether(
    coderId: CoderId,
    changes: readonly AnyChange<AllKinds>[],
    before: () => void = () => {},
    after: () => void = () => {},
  ): void {
    const step = uuid()
    const topics = new Set<Topic>()
    this.journal.together(() => {
      before()
      for (const { kind, payload } of changes) {
        for (const topic of this.journal.commit(coderId, kind, payload, step).topics) topics.add(topic)
      }
      after()
    })
    this.announce({ topics: [...topics], noteIds: null })
  }

  /**
   * Everything that `work` changes, or nothing of it, in one transaction; announced as one change when it is durable.
   * For commands that first make something (a coder) and then do what may be refused (their codings).
   */
  allOrNothing<T>(work: () => T): T {
    if (this.#held) return work()
    const held: ChangeEvent[] = []
    this.#held = held
    let result: T
    try {
      result = this.journal.transaction(work)
    } finally {
      this.#held = null
    }
    const [only, ...others] = held
    const topics = [...new Set(held.flatMap((event) => event.topics))]
    if (only) this.announce(others.length === 0 ? only : { topics, noteIds: null })
    return result
  }

  announce(event: ChangeEvent): void {
    this.#mark?.note()
    const isClockOff = this.journal.isClockOff()
    // The person is told when it begins, and when it is right again.
    const topics: Topic[] = isClockOff === this.#isClockOff ? event.topics : [...event.topics, 'project']
    this.#isClockOff = isClockOff
    const told = this.#isAnotherSet ? { topics: [...TOPICS], noteIds: null } : { ...event, topics }
    this.#isAnotherSet = false
    if (this.#held) this.#held.push(told)
    else this.#listener(told)
  }

  addCoder(name: string, by?: CoderId): Coder {
    const id: CoderId = newId()
    this.change(by ?? id, 'coder.add', { id, name })
    return getCoder(this.db, id)
  }

  /** A second pass of somebody's notes, as a coder of its own. @throws `not-allowed` for anybody but them and leads */
  codeAgain(by: CoderId, person: CoderId, id: CoderId): Coder {
    this.change(by, 'coder.codeAgain', { id, person })
    return getCoder(this.db, id)
  }

  /**
   * The coder a script names, made if there is none: "Amara (again)" as a second pass of Amara, "Consensus" as the
   * consensus layer, anything else as a person.
   */
  coderCalled(name: string): Coder {
    const known = findCoder(this.db, name)
    if (known) return known
    if (sameName(name, CONSENSUS)) return this.addConsensus(PROJECT_ACTOR)
    const person = personOfPass(this.db, name)
    return person ? this.codeAgain(PROJECT_ACTOR, person.id, newId()) : this.addCoder(name)
  }

  /** Its id follows from the project's: where two laptops add it, it is the same. */
  addConsensus(by: CoderId): Coder {
    const id = CoderId.parse(v5('consensus', readSetting(this.db, 'id') ?? newId()))
    this.change(by, 'coder.addConsensus', { id })
    return getCoder(this.db, id)
  }

  /** Who works at this computer, as a coder: it may be a second pass or the consensus layer. */
  activeCoder(): Coder {
    return this.#active.get()
  }

  /** Lets this coder work here, as scripts do. @throws `not-allowed` (see active-coder.ts) */
  activate(coderId: CoderId): void {
    this.#active.activate(coderId)
  }

  /** The person who works at this computer. */
  person(): CoderId {
    return this.#active.person()
  }

  info(): ProjectInfo {
    const count = (table: string) =>
      sure(this.db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get())
    const activeCoderId = this.activeCoder().id
    return {
      id: readSetting(this.db, 'id') ?? '',
      title: readSetting(this.db, 'title') ?? basename(this.path),
      fileName: basename(this.path),
      isSample: readSetting(this.db, 'isSample') === 'true',
      isReflexive: isReflexive(this.db),
      finishedRule: finishedRule(this.db),
      isClockOff: this.journal.isClockOff(),
      notes: count('note'),
      cases: count('casefile'),
      codes: sure(this.db.prepare<[], number>('SELECT count(*) FROM code WHERE is_folder = 0').pluck().get()),
      codings: codingsInAll(this.db, activeCoderId),
      coders: listCoders(this.db),
      activeCoderId,
      attributes: listAttributes(this.db),
    }
  }

  #announced(committed: Committed): Committed {
    this.announce({ topics: committed.topics, noteIds: committed.noteIds })
    return committed
  }
}
