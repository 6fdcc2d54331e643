/** Agreement between coders. */
import { assertNothingKept } from '../analysis/compared.ts'
import type { Desk, VerbsOf } from './desk.ts'

export const agreementVerbs = ({ db, viewer, run, pathOf }: Desk): VerbsOf<'agreement'> => ({
  'agreement.compute': (args, context) => run('agreement', args, context),
  'agreement.confusion': (args, context) => run('confusion', args, context),
  'agreement.pairs': (args, context) => run('pairs', args, context),
  'agreement.series': (args, context) => run('series', args, context),
  'agreement.sets': (args, context) => run('sets', args, context),
  'agreement.unitizing': (args, context) => run('unitizing', args, context),
  'agreement.segments': (args, context) => run('segments', args, context),
  'agreement.exportFile': async ({ ticket, format, ...args }, context) => {
    const path = pathOf(ticket, `agreement-${format}`)
    const report = await run('agreement', { ...args, codeIds: null }, context)
    const { writeAgreement } = await import('../reports/agreement.ts')
    return { warnings: await writeAgreement(db(), path, format, report, viewer()) }
  },
  'agreement.exportData': ({ ticket, ...args }, context) => {
    assertNothingKept(db(), args, viewer())
    return run('reliabilityData', { ...args, path: pathOf(ticket, 'reliability-csv') }, context)
  },
  'agreement.exportDiagnosis': async ({ ticket, identifiers = 'ask', ...args }, context) => {
    assertNothingKept(db(), args, viewer())
    const path = pathOf(ticket, 'diagnosis-csv')
    const found = await run('diagnosis', args, context)
    const { exportDiagnosis } = await import('../reports/diagnosis.ts')
    return exportDiagnosis(db(), path, found, identifiers, {
      signal: context.signal,
      onProgress: context.progress,
    })
  },
})
