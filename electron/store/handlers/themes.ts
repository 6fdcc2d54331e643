/** Theme tables. */
import { type Desk, done, type VerbsOf } from './desk.ts'

export const themesVerbs = ({ run, pathOf }: Desk): VerbsOf<'themes'> => ({
  'themes.compute': (scope, context) => run('themes', { scope }, context),
  'themes.exportFile': async ({ ticket, ...scope }, context) => {
    const path = pathOf(ticket, 'themes-csv')
    const report = await run('themes', { scope }, context)
    const { writeThemesCsv } = await import('../reports/themes.ts')
    await writeThemesCsv(path, report)
    return done
  },
})
