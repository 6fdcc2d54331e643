/** `understory --headless …`: the command line in the packed program, without a window. */
import { pathToFileURL } from 'node:url'
import { app } from 'electron'
import { CLI_FILE } from './paths.ts'

/** What the built command line exports; main knows it by its file only. */
type CommandLine = { runCli(argv: readonly string[]): Promise<number> }

/** Runs one command and ends the program with its exit code. */
export async function runHeadless(args: readonly string[]): Promise<void> {
  const { runCli }: CommandLine = await import(/* @vite-ignore */ pathToFileURL(CLI_FILE).href)
  const code = await runCli(args)
  // Written output may still be on its way where pipes are asynchronous.
  await Promise.all([process.stdout, process.stderr].map(flushed))
  app.exit(code)
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => stream.write('', () => resolve()))
