/** What has become of a project: whole, said to be less, seen to be damaged, or refused; anything else is a failure. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { sha256 } from '../../../electron/store/file/hash.ts'
import { Project } from '../../../electron/store/project.ts'
import { verify } from '../../../electron/store/verify/verify.ts'
import { asProblem } from '../../../shared/problem.ts'
import { type Facts, factsOf, type Model } from './facts.ts'
import { PASSPHRASE } from './study.ts'

export type Outcome = 'whole' | 'said' | 'seen' | 'refused' | 'WRONG'
/** `words`: what a person would have read. */
export type Verdict = { outcome: Outcome; words: string; facts: Facts | null }

const verdict = (outcome: Outcome, words = '', facts: Facts | null = null): Verdict => ({
  outcome,
  words,
  facts,
})

/** An empty file is none: SQLite leaves such a log beside what it could not close in order. */
export const bytesOf = (path: string): string | null =>
  existsSync(path) && statSync(path).size > 0 ? sha256(readFileSync(path).toString('latin1')) : null

/** Whether a person can read it: sentences, not what a library says of itself. */
const isSentence = (words: string) =>
  words.includes(' ') &&
  /[.)”]$/.test(words) &&
  !/SQLITE|\bdatabase disk image|undefined|\n\s+at /.test(words)

function refusal(error: unknown): { isFit: boolean; words: string } {
  const { code, message } = asProblem(error)
  return { isFit: code !== 'internal' && isSentence(message), words: `${code}: ${message}` }
}

/** Opens the project as the next start of the program would; with a settings folder, it also knows how far it had come. */
export function judge(path: string, model: Model, settingsFolder?: string): Verdict {
  const [file, log] = [bytesOf(path), bytesOf(`${path}-wal`)]
  let project: Project
  try {
    project = Project.open(path, PASSPHRASE, settingsFolder === undefined ? undefined : { settingsFolder })
  } catch (error) {
    const { isFit, words } = refusal(error)
    if (!isFit) return verdict('WRONG', `opening says ${words}`)
    if (bytesOf(path) !== file) return verdict('WRONG', `the file was changed by a refused opening: ${words}`)
    if (bytesOf(`${path}-wal`) !== log)
      return verdict('WRONG', `the log was changed by a refused opening: ${words}`)
    return verdict('refused', words)
  }
  try {
    return judgeOpen(project, model)
  } finally {
    project.close()
  }
}

function judgeOpen(project: Project, model: Model): Verdict {
  const said = project.notices.filter(({ isLoss }) => isLoss).map(({ words }) => words)
  const unfit = project.notices.find(({ words }) => !isSentence(words))
  if (unfit) return verdict('WRONG', `a notice is no sentence: ${unfit.words}`)
  let facts: Facts
  let problems: string[]
  try {
    facts = factsOf(project.db)
    problems = verify(project.db).problems
  } catch (error) {
    const { isFit, words } = refusal(error)
    return isFit ? verdict('seen', words) : verdict('WRONG', `reading says ${words}`)
  }
  const missing = model.missingIn(facts)
  if (problems.length > 0 && missing === 0) return verdict('seen', problems[0], facts)
  if (problems.length > 0) return verdict('WRONG', `it is not what its journal says: ${problems[0]}`, facts)
  if (missing === null)
    return verdict(
      'WRONG',
      `it was never in this state: ${model.differenceTo(facts)}; ${said.join(' ')}`,
      facts,
    )
  if (missing === 0) return verdict(said.length > 0 ? 'said' : 'whole', said.join(' '), facts)
  if (said.length === 0)
    return verdict('WRONG', `${missing} confirmed changes are missing without a word`, facts)
  return verdict('said', said.join(' '), facts)
}

/** How often each came out, in words. */
export function tally(verdicts: readonly Verdict[]): string {
  const count = (outcome: Outcome) => verdicts.filter((one) => one.outcome === outcome).length
  const parts = (['whole', 'said', 'seen', 'refused', 'WRONG'] as const)
    .map((outcome) => [count(outcome), outcome] as const)
    .filter(([times]) => times > 0)
  return parts.map(([times, outcome]) => `${times} ${outcome}`).join(', ')
}

export const wrongsOf = (verdicts: readonly Verdict[]): string[] =>
  verdicts.filter(({ outcome }) => outcome === 'WRONG').map(({ words }) => words)
