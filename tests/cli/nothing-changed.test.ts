/**
 * Whatever command ends with another status than 0 has changed nothing: the project holds what it held, and no file is
 * new, gone or another. The commands and their options are taken from the program itself.
 */
import { chmodSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../../electron/cli/cli.ts'
import { type Ran, workFolder } from './command.ts'
import { runAll } from './in-one-process.ts'
import { AS_NOBODY, canNobodyRead, giveToNobody } from './other-user.ts'
import { contentOf, digest, layOut, makeStudy, P, packStudy, stateOf } from './study-place.ts'

type Args = readonly string[]
type Asked = { args: Args; env?: Record<string, string> }

const folder = workFolder()
chmodSync(folder, 0o755)
const canAsk = canNobodyRead(fileURLToPath(new URL('../../out/cli/cli.js', import.meta.url)))
const made = makeStudy(folder)
const study = { ...made, team: await packStudy(made.project) }
const BACKUP = basename(study.backup)
const kept = { bytes: digest(study.project), content: contentOf(study.project) }

/** Every command, given what it needs. */
const DONE: Readonly<Record<string, Args>> = {
  create: ['new.understory', '--template', 'safeguarding'],
  backup: [P, '-o', 'copy.understory'],
  verify: [P],
  pin: [P, '--clear', 'Amara'],
  restore: [P, '--from', BACKUP],
  import: [P, 'notes.csv', '--map', 'map.json'],
  identifiers: [P],
  notes: [P],
  show: [P, 'N1'],
  'codebook import': [P, 'book.csv'],
  'codebook export': [P, '-o', 'out.csv'],
  code: [P, '--coder', 'Cleo', '--from', 'codings.csv', '--finished', 'listed'],
  codings: [P, '-o', 'out.csv'],
  retrieve: [P, '-o', 'out.csv'],
  round: [P, '--name', 'Second', '--coders', 'Amara,Cleo', '--notes', '1'],
  search: [P, 'shouted'],
  agree: [P, '--coders', 'Amara,Cleo', '--bootstrap', '0', '--diagnosis', 'all.csv', '-o', 'out.csv'],
  'agree-data': ['agree.json'],
  disagreements: [P, '--coders', 'Amara,Cleo', '-o', 'out.csv'],
  reconcile: [P, '--rule', 'same'],
  consensus: [P],
  themes: [P, '--by', 'team', '-o', 'out.csv'],
  package: [P, '--for', 'Cleo', '-o', 'out.age'],
  join: ['team.age', '-o', 'new.understory'],
  merge: [P, 'other.understory'],
  'team-folder': [P, '--folder', 'a-folder', '--once'],
  demo: ['new-folder'],
}

const code = (from: string, coder = 'Cleo'): Args => [P, '--coder', coder, '--from', from]

/** What is wrong with what they are given, beside what is tried of every command. */
const WRONG: Readonly<Record<string, readonly Args[]>> = {
  create: [[P], ['new.csv'], ['taken.understory'], ['none/new.understory'], ['plain.txt/new.understory']],
  pin: [
    [P, '--clear', 'Ben'],
    [P, '--clear', 'Nobody'],
  ],
  restore: [
    [P, '--from', 'none'],
    [P, '--from', P],
    [P, '--from', 'plain.understory'],
    [P, '--from', 'a-folder'],
  ],
  import: [
    ...['none.csv', 'empty.csv', 'plain.understory', P, 'broken.csv'].map((file) => [P, file]),
    [P, 'broken.xlsx'],
    [P, 'broken.xlsx', 'broken.docx'],
    [P, 'notes.csv', 'none.csv'],
    [P, 'notes.csv', '--map', 'map-of-others.json'],
    ...['none.json', 'no.json', 'wrong-map.json', 'a-folder'].map((map) => [P, 'notes.csv', '--map', map]),
  ],
  identifiers: [['none.csv'], ['broken.xlsx'], ['plain.txt/none.csv']],
  show: [
    [P, 'N9'],
    [P, ''],
  ],
  'codebook import': [
    'none.csv',
    'a-folder',
    'plain.txt',
    'no-codes.csv',
    'no-columns.csv',
    'broken.qdc',
    'broken.xlsx',
    P,
  ].map((file) => [P, file]),
  code: [
    ...['none.csv', 'a-folder', 'empty.csv', 'no-columns.csv', 'wrong-range.csv', 'wrong-order.csv'].map(
      (file) => code(file),
    ),
    ...['wrong-note.csv', 'wrong-code.csv', 'wrong-number.csv'].flatMap((file) => [
      code(file),
      [...code(file, 'Dora'), '--finished', 'all'],
      code(file, 'Cleo (again)'),
      code(file, 'Consensus'),
    ]),
    ...['', ' ', 'D'.repeat(1_000), '\ud800'].map((coder) => code('codings.csv', coder)),
  ],
  codings: [
    [P, '--coder', 'Nobody', '-o', 'out.csv'],
    [P, '--code', 'Nothing', '-o', 'out.csv'],
  ],
  retrieve: [
    [P, '--codes', 'Nothing', '-o', 'out.csv'],
    [P, '--coders', 'Nobody', '-o', 'out.csv'],
    [P, '--relation', 'near', '-o', 'out.csv'],
  ],
  round: [
    [P, '--name', 'Pilot', '--coders', 'Amara', '--notes', '1'],
    [P, '--name', 'Second', '--coders', 'Amara,Nobody', '--notes', '1'],
    [P, '--name', 'Second', '--coders', 'Amara,Amara', '--notes', '1'],
    [P, '--name', 'Second', '--coders', 'Amara', '--notes', '99'],
    [P, '--name', 'Second', '--coders', 'Amara', '--notes', '1', '--stratify', 'nothing'],
    [P, '--name', 'N'.repeat(1_000), '--coders', 'Amara', '--notes', '1'],
  ],
  search: [
    [P, '*'],
    [P, '(', '--pattern'],
  ],
  agree: [
    [P, '--coders', 'Amara'],
    [P, '--coders', 'Amara,Nobody', '--diagnosis', 'all.csv'],
    [P, '--coders', 'Amara,Cleo', '--round', 'None', '-o', 'out.csv'],
    [P, '--coders', 'Amara,Cleo', '--codes', 'Nothing', '--diagnosis', 'all.csv', '-o', 'out.csv'],
    [P, '--coders', 'Amara,Cleo', '--where', 'nothing=North', '--data', 'long', '-o', 'out.csv'],
  ],
  'agree-data': [['none.json'], ['no.json'], ['wrong-agree.json'], ['a-folder']],
  disagreements: [
    [P, '--coders', 'Amara', '-o', 'out.csv'],
    [P, '--coders', 'Amara,Nobody', '-o', 'out.csv'],
    [P, '--round', 'None', '-o', 'out.csv'],
  ],
  reconcile: [
    [P],
    [P, '--rule', 'same', '--as', 'Ben'],
    [P, '--rule', 'same', '--as', 'Cleo'],
    ...['none.csv', 'a-folder', 'empty.csv', 'no-columns.csv', 'decisions.csv'].map((file) => [
      ...[P, '--from', file, '--rule', 'same'],
    ]),
  ],
  consensus: [
    [P, '--coders', 'Amara'],
    [P, '--round', 'None'],
  ],
  themes: [
    [P, '--by', 'nothing', '-o', 'out.csv'],
    [P, '--coders', 'Nobody', '-o', 'out.csv'],
    [P, '--by', 'team', '-o', 'out.exe'],
  ],
  package: [
    [P, '--for', 'Nobody', '-o', 'out.age'],
    [P, '--for', '', '-o', 'out.age'],
  ],
  join: [
    ...['none.age', 'plain.txt', 'a-folder', P].map((file) => [file, '-o', 'new.understory']),
    ['team.age', '-o', 'taken.understory'],
  ],
  merge: ['none.age', 'plain.txt', 'a-folder', P, 'open.understory', 'plain.understory', 'empty.csv'].map(
    (file) => [P, file],
  ),
  demo: [['plain.txt'], ['plain.txt/inside'], ['n'.repeat(300)]],
}

/** Those that may only be tried where rights hold whoever asks. */
const WITHOUT_RIGHTS: Readonly<Record<string, readonly Args[]>> = {
  create: [['locked-folder/new.understory']],
  import: [[P, 'locked.csv']],
  identifiers: [['locked.csv']],
  'codebook import': [[P, 'locked.csv']],
  code: [code('locked.csv', 'Dora')],
  reconcile: [[P, '--from', 'locked.csv']],
  'agree-data': [['locked.csv']],
  demo: [['locked-folder'], ['locked-folder/inside']],
}

function leaves(command: Command, words: Args = []): Array<{ name: string; command: Command }> {
  const below = command.commands.flatMap((each) => leaves(each, [...words, each.name()]))
  return command.commands.length > 0 ? below : [{ name: words.join(' '), command }]
}
const COMMANDS = leaves(buildProgram())

const PROJECTS = ['none.understory', 'a-folder', 'plain.understory', 'open.understory', `${P}/inside`]
/** These make the project, or put one where there is none. */
const NEEDS_NO_PROJECT = ['create', 'restore']
const LONG = 'n'.repeat(300)

/** What is refused of every command that works on a project. */
function withoutProject(name: string, rest: Args): Asked[] {
  const args = [...name.split(' '), P, ...rest]
  const key = (file: string) => ({ args: [...args, '--passphrase-file', file] })
  const keys = [
    { args, env: { UNDERSTORY_PASSPHRASE: '' } },
    key('none.txt'),
    key('a-folder'),
    key(`${LONG}.txt`),
  ]
  if (NEEDS_NO_PROJECT.includes(name)) return keys
  const others = [
    ...PROJECTS,
    `${LONG}.understory`,
    ...(canAsk ? ['locked.understory', 'read-only.understory'] : []),
  ]
  // A folder of notes may be asked about as well as a project.
  const wrong = name === 'identifiers' ? others.filter((other) => other !== 'a-folder') : others
  return [
    ...keys,
    { args, env: { UNDERSTORY_PASSPHRASE: 'another' } },
    key('plain.txt'),
    ...wrong.map((other) => ({ args: [...name.split(' '), other, ...rest] })),
  ]
}

/** What is refused of every option that names a file to write. */
function unwritable(args: Args, option: string, ending: string): Asked[] {
  const names = [
    `none/new${ending}`,
    `plain.txt/new${ending}`,
    `folder${ending}`,
    `${LONG}${ending}`,
    P,
    // People call packages what they like.
    ...(ending === '.age' ? [] : ['new.exe']),
  ]
  return [...names, ...(canAsk ? [`locked-folder/new${ending}`] : [])].map((name) => ({
    args: [...args, option, name],
  }))
}

const WRITES = ['--output', '--diagnosis']
const READS_KEY = '--passphrase-file'

function everyWay(name: string, command: Command): { refused: Asked[]; tried: Asked[] } {
  const given = DONE[name] ?? []
  const args = [...name.split(' '), ...given]
  const takesProject = /^project/.test(command.registeredArguments[0]?.name() ?? '')
  const long = command.options.map((option) => ({ option, words: option.long ?? '' }))
  const refused = [
    { args: [...args, '--no-such-option'] },
    ...(command.registeredArguments.some(({ required }) => required) ? [{ args: name.split(' ') }] : []),
    ...(takesProject ? withoutProject(name, given.slice(1)) : []),
    ...long
      .filter(({ words }) => WRITES.includes(words))
      .flatMap(({ words }) => unwritable(args, words, extname(given[given.indexOf('-o') + 1] ?? ''))),
    ...long
      .filter(({ option }) => option.argChoices)
      .map(({ words }) => ({ args: [...args, words, 'none of them'] })),
    ...[...(WRONG[name] ?? []), ...(canAsk ? (WITHOUT_RIGHTS[name] ?? []) : [])].map((wrong) => ({
      args: [...name.split(' '), ...wrong],
    })),
  ]
  // Some take any words; whoever does not must not have begun.
  const tried = long
    .filter(
      ({ option, words }) =>
        (option.required || option.optional) && words !== READS_KEY && !WRITES.includes(words),
    )
    .flatMap(({ words }) => ['nothing like it', ''].map((value) => ({ args: [...args, words, value] })))
  return { refused, tried }
}

type Judge = (ran: Ran, place: string, before: string) => string | null
/** What one command is asked in one place, and what it ended with there. */
type Tried = { name: string; asked: Asked; judge: Judge; place: string; before: string }

const isDone: Judge = ({ status, stderr }) => (status === 0 ? null : stderr)
const isRefused: Judge = (ran, ...at) => (ran.status === 0 ? 'it was done' : whatIsWrong(ran, ...at))
const isDoneOrRefused: Judge = (ran, ...at) => (ran.status === 0 ? null : whatIsWrong(ran, ...at))

/** Everything that is tried, each in a place of its own. */
function layOutAll(): Tried[] {
  const done = Object.entries(DONE).map(([name, args]) => ({
    ...{ name: 'done', judge: isDone },
    asked: { args: [...name.split(' '), ...args] },
  }))
  const wrong = COMMANDS.flatMap(({ name, command }) => {
    const { refused, tried } = everyWay(name, command)
    return [
      ...refused.map((asked) => ({ name, asked, judge: isRefused })),
      ...tried.map((asked) => ({ name, asked, judge: isDoneOrRefused })),
    ]
  })
  return [...done, ...wrong].map((each, index) => {
    const place = join(folder, `place-${index}`)
    layOut(place, study)
    return { ...each, place, before: JSON.stringify(stateOf(place, kept)) }
  })
}
giveToNobody([folder])

/** A refusal in one line for a person; the program's own usage has more of them. */
const SENTENCE = /^(?:(?:note|warning): [^\n]+\n)*error (?!internal)[a-z-]+: [^\n]+\.\n$/
const SYSTEMS_WORDS = /\bE[A-Z]{4,}\b|SQLITE|no such file|node:/

function whatIsWrong({ status, stderr }: Ran, place: string, before: string): string | null {
  if (JSON.stringify(stateOf(place, kept)) !== before) return `it changed something, and said: ${stderr}`
  if (SYSTEMS_WORDS.test(stderr)) return `it speaks as the system does: ${stderr}`
  return status === 1 && !SENTENCE.test(stderr) ? `it is no sentence: ${stderr}` : null
}

/** All in one process, so that what they share is loaded once. */
const tried = layOutAll()
const ran = runAll(
  tried.map(({ place, asked }) => ({ folder: place, ...asked })),
  canAsk ? AS_NOBODY : [],
)

function faultsOf(name: string): string[] {
  return tried.flatMap((each, index) => {
    const fault = each.name === name ? each.judge(ran[index] as Ran, each.place, each.before) : null
    return fault === null ? [] : [`${each.asked.args.join(' ').replaceAll(LONG, 'nnn…')}: ${fault}`]
  })
}

describe('every command', () => {
  it('is in this test', () => {
    expect(Object.keys(DONE).sort()).toEqual(COMMANDS.map(({ name }) => name).sort())
  })

  it('does what it is asked with what it needs', () => {
    expect(faultsOf('done')).toEqual([])
  })
})

describe.each(COMMANDS)('a refused $name', ({ name }) => {
  it('has changed nothing, whatever is wrong', () => {
    expect(tried.filter((each) => each.name === name).length).toBeGreaterThan(2)
    expect(faultsOf(name)).toEqual([])
  })
})
