/** The identifier check of what commands give out: one option, one warning, one JSON field. */
import type { Command } from 'commander'
import type { ExportCheck, ExportChoice } from '../../shared/contract/exports.ts'
import type { CommonOptions } from './session.ts'

export type MaskOptions = CommonOptions & { maskIdentifiers?: boolean }

export const withMaskOption = (command: Command): Command =>
  command.option(
    '--mask-identifiers',
    'put [NAME] and the like in place of possible identifiers; the project stays as it is',
  )

/** A script cannot be asked: without the option everything goes out as it is, with a warning. */
export const choiceOf = ({ maskIdentifiers }: MaskOptions): ExportChoice =>
  maskIdentifiers ? 'mask' : 'asIs'

/** What a written file could not hold, on stderr. */
export function warnOf(warnings: readonly string[]): void {
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`)
}

/** Says on stderr what was found; silence means that nothing was, not that there is nothing. */
export function warnOfFindings({ total, withFindings }: ExportCheck, { maskIdentifiers }: MaskOptions): void {
  if (total === 0) return
  const found = `${total} possible ${total === 1 ? 'identifier' : 'identifiers'} in ${withFindings} ${withFindings === 1 ? 'text' : 'texts'}`
  process.stderr.write(
    maskIdentifiers
      ? `warning: ${found} masked in the output. There may be others.\n`
      : `warning: ${found} given out as they are; --mask-identifiers masks them.\n`,
  )
}

export const publicCheck = (
  { checked, withFindings, total }: ExportCheck,
  { maskIdentifiers }: MaskOptions,
) => ({
  found: total,
  texts: withFindings,
  checked,
  masked: maskIdentifiers === true,
})
