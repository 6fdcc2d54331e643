/** Theme tables. */
import { writeThemesCsv } from '../reports/themes.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const themesVerbs = ({ run, pathOf }: Desk): VerbsOf<'themes'> => ({
  'themes.compute': (scope, context) => run('themes', { scope }, context),
  'themes.exportFile': async ({ ticket, ...scope }, context) => {
    const path = pathOf(ticket, 'themes-csv')
    const report = await run('themes', { scope }, context)
    await writeThemesCsv(path, report)
    return done
  },
})
