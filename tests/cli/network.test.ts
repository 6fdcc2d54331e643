import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** Built before the tests (`build-command.mjs`). */
const BUNDLE = new URL('../../out/cli/cli.js', import.meta.url).href

it('a command has no network', () => {
  const script = `const { runCli } = await import(process.argv[1])
    const code = await runCli(['--version'])
    const { connect } = await import('node:net')
    try { connect(1, '127.0.0.1'); console.log('open') } catch (error) { console.log(code, error.code) }`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, BUNDLE], {
    encoding: 'utf8',
  })
  expect(stdout.trim().split('\n').at(-1)).toBe('0 ERR_NETWORK_FORBIDDEN')
})
