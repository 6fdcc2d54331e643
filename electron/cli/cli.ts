/**
 * The command line over the same store, for scripts and for reproducing figures. Results go to stdout, everything
 * else to stderr. Exit codes: 0 done, 1 failed (project unchanged), 2 wrong usage.
 */
import { Command, CommanderError } from 'commander'
import { asProblem } from '../../shared/problem.ts'
import { keepMemoryOutOfDumps } from '../guard/core-dumps.ts'
import { forbidNetwork } from '../guard/network-guard.ts'
import { programVersion } from '../store/version.ts'
import { addAgreementCommands } from './agreement-commands.ts'
import { addCodebookCommands } from './codebook-commands.ts'
import { addConsensusCommand } from './consensus-command.ts'
import { addDemoCommand } from './demo-command.ts'
import { addNoteCommands } from './note-commands.ts'
import { addProjectCommands } from './project-commands.ts'
import { addReconcileCommands } from './reconcile-commands.ts'
import { addRestoreCommand } from './restore-command.ts'
import { addRetrievalCommands } from './retrieval-commands.ts'
import { addRoundCommands } from './round-commands.ts'
import { addSearchCommand } from './search-command.ts'
import { UsageError } from './session.ts'
import { addTeamCommands } from './team-commands.ts'
import { addThemeCommands } from './theme-commands.ts'

/** All commands as they are; new for every run, as options keep what was given to them. */
export function buildProgram(): Command {
  const program = new Command('understory')
    .description(
      'Code de-identified case notes, measure agreement, export themes and codebooks. Works offline.',
    )
    .version(programVersion())
    .exitOverride()
    .showHelpAfterError('(add --help for how to use this command)')
  program.addHelpText(
    'after',
    '\nThe passphrase comes from the variable UNDERSTORY_PASSPHRASE or from --passphrase-file.\n' +
      'Offsets are Unicode code points, half-open, counted from 0.\n' +
      'Commands act for the whole project: nobody’s PIN is asked for, and no blind round keeps anything from them.',
  )
  addProjectCommands(program)
  addRestoreCommand(program)
  addNoteCommands(program)
  addCodebookCommands(program)
  addRetrievalCommands(program)
  addRoundCommands(program)
  addSearchCommand(program)
  addAgreementCommands(program)
  addReconcileCommands(program)
  addConsensusCommand(program)
  addThemeCommands(program)
  addTeamCommands(program)
  addDemoCommand(program)
  return program
}

/** Whoever read the output may have seen enough, as `head` has: what is done is done, and there is nobody to tell. */
function leaveWithTheReader(): void {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.stdout.on('error', () => {})
  })
}

/** Runs one command as a program; `argv` holds what follows the program's name. Returns the exit code. */
export function runCli(argv: readonly string[]): Promise<number> {
  forbidNetwork()
  keepMemoryOutOfDumps()
  return runCommand(argv)
}

/** The same in a process that is more than this command, and closes its own network. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  leaveWithTheReader()
  try {
    await buildProgram().parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof UsageError) {
      process.stderr.write(`error usage: ${error.message}\n`)
      return 2
    }
    const problem = asProblem(error)
    process.stderr.write(`error ${problem.code}: ${problem.message.replaceAll('\n', ' ')}\n`)
    return 1
  }
}
