/** The codebooks that come with the program. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Template } from '../../../../shared/contract/codes.ts'
import { Problem } from '../../../../shared/problem.ts'
import { type CodebookEntry, emptyEntry, stableUuid } from './entry.ts'

const TemplateFile = z.object({
  codes: z.array(
    z.object({
      id: z.string(),
      /** The folder; null or missing for a code at the top. */
      group: z.string().nullish(),
      name: z.string(),
      definition: z.string(),
      use_when: z.string(),
      do_not_use_when: z.string(),
      example: z.string(),
      cin_codes: z.string().optional(),
      source: z.string(),
      /** The years in which the code is in force, of codes that change with the years. */
      first_year: z.int().optional(),
      last_year: z.int().optional(),
    }),
  ),
})
/** Of the census. */
const LAST_YEAR_SEEN = 2024

type TemplateCode = z.infer<typeof TemplateFile>['codes'][number]

/**
 * The entries of a template, folders first in each group. Ids depend on the template and its short ids alone, so two
 * laptops that add it have the same codes. The short id (M-NEG, 16A) stands first in `source`. `year` leaves out what
 * was not in force in that census year.
 * Throws Problem `internal` where the program's own file is missing or damaged.
 */
export function loadTemplate(
  resourcesFolder: string,
  template: Template,
  year: number | null = null,
): CodebookEntry[] {
  if (template === 'empty') return []
  const file = readTemplate(join(resourcesFolder, 'templates', `${template}.json`), template)
  const codes = file.codes.filter((code) => year === null || isInForce(code, year))
  const entries: CodebookEntry[] = []
  const done = new Set<string>()
  for (const code of codes) {
    const group = code.group ?? null
    if (group === null) entries.push(entryOf(template, code, null))
    else if (!done.has(group)) {
      done.add(group)
      const folderId = stableUuid('template', template, 'group', group)
      entries.push({ ...emptyEntry(group), id: folderId, isFolder: true })
      for (const member of codes)
        if (member.group === group) entries.push(entryOf(template, member, folderId))
    }
  }
  return entries
}

/** A code that is still in force stays so: later years have not been seen yet. */
const isInForce = ({ first_year: first = 0, last_year: last = LAST_YEAR_SEEN }: TemplateCode, year: number) =>
  first <= year && (year <= last || last === LAST_YEAR_SEEN)

function readTemplate(path: string, template: Template): z.infer<typeof TemplateFile> {
  try {
    return TemplateFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new Problem(
      'internal',
      `The template ${template} is missing or damaged. Nothing was changed; install the program again.`,
      { cause: error },
    )
  }
}

function entryOf(template: Template, code: TemplateCode, parentId: string | null): CodebookEntry {
  return {
    ...emptyEntry(code.name),
    id: stableUuid('template', template, code.id),
    parentId,
    definition: code.definition,
    useWhen: code.use_when,
    doNotUseWhen: code.do_not_use_when,
    example: code.example,
    source: sourceOf(code),
  }
}

/** `M-NEG; WT; CIN 16A`: the short id, the sources, and which census codes it meets. */
function sourceOf({ id, source, cin_codes: census = '-' }: TemplateCode): string {
  const parts = source.split('; ').map((part) => (part === 'def. ?' ? 'definition not verified' : part))
  if (/^\d/.test(census)) {
    const at = parts.indexOf('CIN')
    if (at === -1) parts.push(`CIN ${census}`)
    else parts[at] = `CIN ${census}`
  } else if (census !== '-' && census !== '') parts.push(`census codes ${census}`)
  return [id, ...parts].join('; ')
}
