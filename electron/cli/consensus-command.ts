/** consensus: what is decided, and how each coder compares with it. */
import type { Command } from 'commander'
import {
  type Against,
  type ConsensusReport,
  computeConsensus,
  figuresOf,
} from '../store/analysis/consensus.ts'
import { allDecisions, codersDecidedAbout, countConsensus } from '../store/decisions/standing.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { listCoders } from '../store/team/coders.ts'
import { type Scope, scopeOf } from './reconcile-commands.ts'
import {
  answer,
  type CommonOptions,
  showProgress,
  textTable,
  withCommonOptions,
  withProject,
} from './session.ts'

type Options = CommonOptions & Pick<Scope, 'coders' | 'round'>

type Counted = { kind: string; decision: string; count: number }

/** By kind and decision; a coder whose codings stand is called by name. */
function countDecisions(db: ReadableDb): Counted[] {
  const names = new Map(listCoders(db).map(({ id, name }) => [id, name]))
  const counts = new Map<string, Counted>()
  for (const { kind, decision, chosen } of allDecisions(db)) {
    const word = chosen === null ? decision : (names.get(chosen) ?? '')
    const key = JSON.stringify([kind, word])
    const counted = counts.get(key) ?? { kind, decision: word, count: 0 }
    counted.count++
    counts.set(key, counted)
  }
  return [...counts.keys()].sort().map((key) => counts.get(key) as Counted)
}

const publicAgainst = (report: ConsensusReport, counts: readonly Against[]) =>
  report.coders.map(({ name }, g) => {
    const characters = counts[g] ?? { both: 0, onlyCoder: 0, onlyConsensus: 0 }
    return { coder: name, characters, ...figuresOf(characters) }
  })

const WHY = {
  precision: 'the coder gave this code to nothing in these notes',
  recall: 'the consensus gave this code to nothing in these notes',
  f1: 'nobody gave this code to anything in these notes',
} as const

function publicConsensus(db: ReadableDb, report: ConsensusReport, decisions: readonly Counted[]) {
  const codes = report.codes.map(({ codeId, code, coders }) => ({
    ...{ code, id: codeId },
    coders: publicAgainst(report, coders),
  }))
  return {
    consensus: countConsensus(db),
    decisions,
    unit: 'character',
    coders: report.coders.map(({ name }) => name),
    notes: report.notes,
    codes,
    overall: publicAgainst(report, report.overall),
    undefined: codes.flatMap(({ code, coders }) =>
      coders.flatMap((each) =>
        (['precision', 'recall', 'f1'] as const).flatMap((figure) =>
          each[figure] === null ? [{ code, coder: each.coder, figure, reason: WHY[figure] }] : [],
        ),
      ),
    ),
  }
}

const short = (value: number | null): string => (value === null ? 'undefined' : value.toFixed(3))

function inWords(found: ReturnType<typeof publicConsensus>): string {
  const rows = [...found.codes, { code: 'all codes', coders: found.overall }].flatMap(({ code, coders }) =>
    coders.map(({ coder, characters: { both, onlyCoder, onlyConsensus }, precision, recall, f1 }) => [
      ...[code, coder, both, onlyCoder, onlyConsensus],
      ...[short(precision), short(recall), short(f1)],
    ]),
  )
  return [
    textTable(
      ['kind', 'decision', 'count'],
      found.decisions.map(({ kind, decision, count }) => [kind, decision, count]),
    ),
    `${found.consensus} codings in the consensus layer.`,
    `Against it in characters, in ${found.notes.counted.length} notes where all is decided (${found.notes.left.length} left out):`,
    textTable(['code', 'coder', 'both', 'only coder', 'only consensus', 'precision', 'recall', 'F1'], rows),
  ].join('\n')
}

async function runConsensus(path: string, options: Options): Promise<void> {
  await withProject(path, options, (project) => {
    const { db } = project
    const isNamed = options.coders !== undefined || options.round !== undefined
    const scope = scopeOf(project, options, (isNamed ? null : codersDecidedAbout(db)) ?? undefined)
    const report = computeConsensus(db, scope, { onProgress: showProgress })
    const found = publicConsensus(db, report, countDecisions(db))
    answer(options, found, () => inWords(found))
  })
}

export function addConsensusCommand(program: Command): void {
  withCommonOptions(program.command('consensus').argument('<project>'))
    .description(
      'what is decided, by kind and decision, and each coder against the consensus by code: precision, recall and F1 in characters, over the notes in which all is decided',
    )
    .option(
      '--coders <names>',
      'two to ten, for example Amara,Ben; if left out those between whom most was decided',
    )
    .option('--round <name>', 'only the notes of this round')
    .action(runConsensus)
}
