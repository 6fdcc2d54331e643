/** Finding words and segments, and taking segments out. */
import type { Desk, VerbsOf } from './desk.ts'

export const retrievalVerbs = ({ db, viewer, run, pathOf }: Desk): VerbsOf<'search' | 'retrieval'> => ({
  'search.notes': (args, context) => run('search', args, context),
  'retrieval.find': (args, context) => run('retrieval', args, context),
  'retrieval.exportFile': async (
    { ticket, coderId, query, picked, groupBy, format, identifiers = 'ask' },
    context,
  ) => {
    const path = pathOf(ticket, `quotes-${format}`)
    const all = { coderId, query, limit: Number.MAX_SAFE_INTEGER }
    const found = await run('retrieval', all, context)
    const { exportQuotes } = await import('../reports/quotes.ts')
    return exportQuotes(db(), path, format, found, { query, picked, groupBy }, identifiers, {
      viewer: viewer(),
      signal: context.signal,
      onProgress: context.progress,
    })
  },
})
