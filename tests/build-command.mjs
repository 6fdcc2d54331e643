/** Before all tests, once: the command line is built as people run it. Nothing is done where it is fresh. */
import { build } from '../scripts/build.mjs'

export async function setup() {
  await build({ targets: ['cli'], quiet: true })
}
