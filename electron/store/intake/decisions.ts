/** Decisions about disagreements, from a table or by a rule, as what is to be written down about each. */
import type { CodeId, CoderId, CodingId } from '../../../shared/contract/basics.ts'
import type { Agreed, Disagreement } from '../../../shared/contract/disagreements.ts'
import { listed } from '../../../shared/listed.ts'
import { visibleName } from '../../../shared/names.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import type { CountedNote, Selection } from '../analysis/compared.ts'
import { readDisagreements, selectCompared } from '../analysis/disagreements.ts'
import type { JobOptions } from '../analysis/progress.ts'
import { type CompareScope, isAbout, readStanding } from '../analysis/undecided.ts'
import { codePlaces, getCode } from '../codebook/codes.ts'
import { codeResolver } from '../codebook/names.ts'
import { codePaths } from '../codebook/tree.ts'
import type { Decision } from '../decisions/decisions.ts'
import { type Choice, type Outcome, outcomeOf, overlapOf } from '../decisions/outcome.ts'
import { isSameDecision, type Standing } from '../decisions/standing.ts'
import type { DecisionIn } from '../exchange/tables/decisions.ts'
import type { ReadableDb } from '../file/connection.ts'
import { oneByName } from '../file/lookup.ts'
import { newId } from '../file/new-id.ts'
import { textOfNote } from '../notes/notes.ts'
import { inRow } from './codings.ts'

/**
 * - `same`: what all coded alike is taken over.
 * - `overlap`: where coders differ in nothing but the edges, and at least this percentage of all words that any of them
 *   gave the code (in characters) is what all of them gave it, the union, the intersection or the longest coding stands.
 */
export type Rule =
  | { kind: 'same' }
  | { kind: 'overlap'; least: number; how: 'union' | 'intersection' | 'longest' }

/** Of several groups of coders the first that has all of these disagreements; null where none has. */
export function whoDisagrees(
  db: ReadableDb,
  rows: readonly DecisionIn[],
  groups: Iterable<readonly CoderId[]>,
): readonly CoderId[] | null {
  for (const coderIds of groups) {
    const wanted = new Set(rows.map(({ disagreement }) => disagreement))
    for (const { disagreements } of readDisagreements(db, selectCompared(db, { coderIds, roundId: null })))
      for (const { id } of disagreements) wanted.delete(id)
    if (wanted.size === 0) return coderIds
  }
  return null
}

/**
 * What is to be decided that is not decided so already. Rules are for what nobody has decided, of the rows of a table
 * those without a decision; without a table for all in the scope.
 *
 * @throws Problem naming the row of what cannot be meant: then nothing of the table is
 */
export function planDecisions(
  db: ReadableDb,
  scope: CompareScope,
  rows: readonly DecisionIn[] | null,
  rules: readonly Rule[],
  options: JobOptions = {},
): Decision[] {
  const selection = selectCompared(db, scope, options)
  const plan = new Plan(db, scope, selection, rules)
  const byId = grouped(rows ?? [])
  const planned: Decision[] = []
  for (const { note, about, standing } of readStanding(db, selection, scope, options)) {
    const own = about.kind === 'agreed' ? undefined : byId.get(about.id)
    byId.delete(about.id)
    const said = (own ?? []).filter(({ decision }) => decision !== '')
    const decision =
      said.length > 0
        ? plan.bySaying(note, about as Disagreement, said)
        : (own || rows === null || about.kind === 'agreed') && isAbout(about, scope)
          ? plan.byRule(note, about, standing)
          : null
    if (decision && !(standing && isSameDecision(db, note.num, standing, decision))) planned.push(decision)
  }
  const [unknown] = [...byId.values()].flat().sort((a, b) => a.row - b.row)
  if (!unknown) return planned
  throw new Problem(
    'not-found',
    `Row ${unknown.row}: there is no disagreement ${visibleName(unknown.disagreement)} between ${listed(selection.coders.map(({ name }) => name))} in the notes that all of them have finished. Nothing was changed.`,
  )
}

function grouped(rows: readonly DecisionIn[]): Map<string, DecisionIn[]> {
  const byId = new Map<string, DecisionIn[]>()
  for (const row of rows) {
    const own = byId.get(row.disagreement)
    if (own) own.push(row)
    else byId.set(row.disagreement, [row])
  }
  return byId
}

const WORDS = ['both', 'union', 'intersection', 'own', 'neither', 'later'] as const
type Word = (typeof WORDS)[number]

class Plan {
  readonly #db: ReadableDb
  readonly #scope: CompareScope
  readonly #selection: Selection
  readonly #rules: readonly Rule[]
  readonly #resolveCode: (words: string) => { id: CodeId }
  #converter: { noteId: string; of: OffsetConverter } | null = null

  constructor(db: ReadableDb, scope: CompareScope, selection: Selection, rules: readonly Rule[]) {
    this.#db = db
    this.#scope = scope
    this.#selection = selection
    this.#rules = rules
    const codes = codePlaces(db)
    this.#resolveCode = codeResolver(codes, codePaths(codes))
  }

  /** By the rows that are about it: one, or several of somebody's own codings. */
  bySaying(note: CountedNote, about: Disagreement, rows: readonly DecisionIn[]): Decision {
    const words = rows.map((row) => inRow(row.row, () => this.#wordOf(row)))
    const [first, second] = rows as [DecisionIn, ...DecisionIn[]]
    if (second && words.some((word) => word !== 'own'))
      throw new Problem(
        'bad-arguments',
        `Row ${second.row}: the disagreement ${about.id} is decided in row ${first.row} already; only rows with own can be several. Nothing was changed.`,
      )
    const own = words.includes('own') ? rows.map((row) => this.#own(note, row)) : []
    const reason = [...new Set(rows.map((row) => row.reason))].filter((each) => each !== '').join('\n')
    const [word] = words as [Word | CoderId]
    return inRow(first.row, () => this.#decision(note, about, choiceOf(word, own), reason))
  }

  #wordOf({ decision }: DecisionIn): Word | CoderId {
    const word = WORDS.find((each) => each === decision.toLowerCase())
    if (word) return word
    const { coders } = this.#selection
    const coder = oneByName('coders', decision, coders, ({ name }) => name)
    if (coder) return coder.id
    throw new Problem(
      'not-found',
      `"${visibleName(decision)}" is no decision: it is ${listed(WORDS, 'or')}, or the name of one of ${listed(coders.map(({ name }) => name))}. Nothing was changed.`,
    )
  }

  #own(note: CountedNote, { row, code: words, span }: DecisionIn) {
    return inRow(row, () => {
      if (words === '') throw new Problem('bad-arguments', 'own needs a code. Nothing was changed.')
      const { id: codeId } = this.#resolveCode(words)
      const { qualifiers: usual, isFolder, name } = getCode(this.#db, codeId)
      if (isFolder)
        throw new Problem('bad-arguments', `${name} is a folder and cannot be applied. Nothing was changed.`)
      if (span === null) return { codeId, span, usual }
      if (span.end > note.characters)
        throw new Problem(
          'bad-arguments',
          `${span.start} to ${span.end} does not lie in note ${note.id}, which has ${note.characters} characters. Nothing was changed.`,
        )
      const converter = this.#converterOf(note)
      return {
        codeId,
        span: { start: converter.toUnits(span.start), end: converter.toUnits(span.end) },
        usual,
      }
    })
  }

  /** What is decided, put off or stale is for people. What all coded alike is theirs, whatever was decided before. */
  byRule(note: CountedNote, about: Disagreement | Agreed, standing: Standing | null): Decision | null {
    for (const rule of this.#rules) {
      if (rule.kind === 'same' && about.kind === 'agreed' && (standing === null || standing.isStale))
        return this.#decision(note, about, { decision: 'both' }, 'rule same')
      if (rule.kind === 'overlap' && about.kind === 'edges' && standing === null) {
        const decision = this.#byOverlap(note, about, rule)
        if (decision) return decision
      }
    }
    return null
  }

  /** Null where they overlap less, or contradict each other in a qualifier. */
  #byOverlap(
    note: CountedNote,
    about: Disagreement,
    { least, how }: Extract<Rule, { kind: 'overlap' }>,
  ): Decision | null {
    const lengthOf = ({ start, end }: { start: number; end: number }) => {
      if (note.units === note.characters) return end - start
      const converter = this.#converterOf(note)
      return converter.toCodePoints(end) - converter.toCodePoints(start)
    }
    // In whole characters, so that 80 of 100 is 80 %.
    if (overlapOf(about.segments, lengthOf) * 100 < least - 1e-9) return null
    const reason = `rule overlap:${least}:${how}`
    try {
      const united = outcomeOf(about.segments, { decision: 'union' })
      if (how !== 'longest') return this.#decision(note, about, { decision: how }, reason)
      const [longest] = about.segments.toSorted((a, b) => lengthOf(b.span ?? NONE) - lengthOf(a.span ?? NONE))
      if (!longest) return null
      const isTheirOnly = about.segments.filter(({ coderId }) => coderId === longest.coderId).length === 1
      if (isTheirOnly)
        return this.#decision(note, about, { decision: 'coder', coderId: longest.coderId }, reason)
      const own = [{ codeId: longest.codeId, span: longest.span, usual: united[0]?.qualifiers ?? {} }]
      return this.#decision(note, about, { decision: 'own', own }, reason)
    } catch (error) {
      if (error instanceof Problem) return null
      throw error
    }
  }

  #decision(note: CountedNote, about: Disagreement | Agreed, choice: Choice, reason: string): Decision {
    return {
      ...{ disagreement: about.id, note: note.id, coders: [...this.#scope.coderIds], kind: about.kind },
      ...{ decision: choice.decision, chosen: choice.decision === 'coder' ? choice.coderId : null, reason },
      codings: about.segments.map((segment) => ({ id: segment.id, ...asCoding(segment) })),
      made: outcomeOf(about.segments, choice).map((outcome) => ({
        id: newId<CodingId>(),
        ...asCoding(outcome),
      })),
    }
  }

  #converterOf({ id }: CountedNote): OffsetConverter {
    if (this.#converter?.noteId !== id)
      this.#converter = { noteId: id, of: new OffsetConverter(textOfNote(this.#db, id)) }
    return this.#converter.of
  }
}

function choiceOf(word: Word | CoderId, own: Extract<Choice, { decision: 'own' }>['own']): Choice {
  const known = WORDS.find((each) => each === word)
  if (known === undefined) return { decision: 'coder', coderId: word as CoderId }
  return known === 'own' ? { decision: known, own } : { decision: known }
}

const NONE = { start: 0, end: 0 }

const asCoding = ({ codeId, span, qualifiers }: Outcome) => ({
  code: codeId,
  start: span?.start ?? null,
  end: span?.end ?? null,
  qualifiers,
})
