/** round: draws notes and gives them to coders. */
import type { Command } from 'commander'
import type { RoundId } from '../../shared/contract/basics.ts'
import type { RoundDrawn, RoundRow, RoundSample } from '../../shared/contract/rounds.ts'
import { listed } from '../../shared/listed.ts'
import { drawnInWords, sampleInWords } from '../../shared/round-words.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { newId } from '../store/file/new-id.ts'
import { PROJECT_ACTOR } from '../store/journal/change.ts'
import { attributeCalled } from '../store/notes/names.ts'
import { getCoder } from '../store/team/coders.ts'
import { addRound, getRound, listRounds } from '../store/team/rounds.ts'
import {
  answer,
  type CommonOptions,
  coderNamed,
  givenName,
  splitNames,
  textTable,
  UsageError,
  wholeNumber,
  withCommonOptions,
  withProject,
} from './session.ts'

type Options = CommonOptions & {
  name?: string
  coders?: string
  sample?: RoundSample
  notes?: RoundSample
  stratify?: string
  seed: number
  blind?: boolean
  list?: boolean
}

function percentage(text: string): RoundSample {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1]
  const value = Number(percent)
  if (percent === undefined || value <= 0 || value > 100)
    throw new UsageError(
      '--sample needs a share of the notes such as 10%; a number of notes is given by --notes',
    )
  return { percent: value }
}

function count(text: string): RoundSample {
  const value = wholeNumber(text)
  if (value < 1) throw new UsageError('--notes needs one note or more')
  return { count: value }
}

const seed = (text: string): number => wholeNumber(text)

function sampleOf({ sample, notes }: Options): RoundSample {
  if (sample && notes) throw new UsageError('give --sample or --notes, not both')
  const asked = sample ?? notes
  if (!asked) throw new UsageError('say how many notes to draw: --sample 10% or --notes 20')
  return asked
}

async function runDraw(path: string, options: Options): Promise<void> {
  const { name, coders, stratify, blind: isBlind = false } = options
  if (name === undefined || name.trim() === '') throw new UsageError('--name is needed to draw a round')
  const names = splitNames(coders ?? '')
  if (names.length === 0)
    throw new UsageError('--coders needs a name or more, for example --coders Amara,Ben')
  const sample = sampleOf(options)
  await withProject(path, options, (project) => {
    const { db } = project
    const id: RoundId = newId()
    const draw = {
      sample,
      stratifiedBy: stratify === undefined ? null : attributeCalled(db, stratify),
      seed: options.seed,
    }
    const coderIds = names.map((each) => coderNamed(project, each).id)
    const strata = addRound(project, PROJECT_ACTOR, { id, name, coderIds, isBlind, notes: { draw } })
    const round = getRound(db, id)
    const report = {
      round: round.name,
      notes: round.noteIds,
      strata,
      coders: round.coderIds.map((coderId) => getCoder(db, coderId).name),
      blind: round.isBlind,
      seed: options.seed,
    }
    answer(options, report, () =>
      [
        `${round.name}: ${drawnInWords(round.drawn as RoundDrawn, round.noteIds.length)}, for ${listed(report.coders)}${isBlind ? ', blind' : ''}.`,
        strata.length === 0
          ? ''
          : textTable(
              ['value', 'notes', 'drawn'],
              strata.map(({ value, notes, drawn }) => [value ?? '(missing)', notes, drawn]),
            ),
        round.noteIds.join(' '),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    )
  })
}

const publicRound = (db: ReadableDb, { name, notes, coders, isBlind, drawn, createdAt }: RoundRow) => ({
  round: name,
  notes,
  coders: coders.map(({ coderId, finished }) => ({ name: getCoder(db, coderId).name, finished })),
  blind: isBlind,
  sample: drawn && sampleInWords(drawn.sample),
  stratifiedBy: drawn?.stratifiedBy ?? null,
  seed: drawn?.seed ?? null,
  outOf: drawn?.outOf ?? null,
  createdAt,
})

async function runList(path: string, options: Options): Promise<void> {
  await withProject(path, options, ({ db }) => {
    const rounds = listRounds(db).map((round) => publicRound(db, round))
    answer(options, rounds, () =>
      rounds.length === 0
        ? 'This project has no rounds yet.'
        : textTable(
            ['round', 'notes', 'finished', 'blind', 'drawn'],
            rounds.map(({ round, notes, coders, blind, sample, outOf, seed }) => [
              round,
              notes,
              coders.map(({ name, finished }) => `${name} ${finished}`).join(', '),
              blind ? 'blind' : '',
              sample === null ? 'by hand' : `${sample} of ${outOf}, seed ${seed}`,
            ]),
          ),
    )
  })
}

const runRound = (path: string, options: Options): Promise<void> =>
  options.list ? runList(path, options) : runDraw(path, options)

export function addRoundCommands(program: Command): void {
  withCommonOptions(program.command('round').argument('<project>'))
    .description('draw notes at random and give them to coders, or list the rounds there are')
    .option('--name <name>', 'what the round is called', givenName)
    .option('--coders <names>', 'who codes it, for example Amara,Ben or "Amara,Amara (again)"')
    .option('--sample <share>', 'share of all notes, for example 10%; one note at least', percentage)
    .option('--notes <number>', 'number of notes, instead of a share', count)
    .option('--stratify <attribute>', 'each value gets its share: name, or note:name / case:name')
    .option('--seed <seed>', 'start of the random numbers; the same seed draws the same notes', seed, 1)
    .option('--blind', 'nobody sees the others’ codings of a note before all have finished it')
    .option('--list', 'list the rounds instead, newest first')
    .action(runRound)
}
