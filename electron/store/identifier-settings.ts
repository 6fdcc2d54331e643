/** The project's own words for the identifier check: never report these, always report those; and its masks. */
import { z } from 'zod'
import { DEFAULT_MASKS } from '../../shared/identifiers/masks.ts'
import type { IdentifierWords } from '../../shared/model.ts'
import type { Db } from './database.ts'
import type { AnyChange, Project } from './project.ts'
import { readSetting } from './settings.ts'

const Words = z.array(z.string().min(1))

function readWords(db: Db, name: string, otherwise: readonly string[] = []): string[] {
  const stored = readSetting(db, name)
  if (stored === null) return [...otherwise]
  const parsed = Words.safeParse(JSON.parse(stored))
  return parsed.success ? parsed.data : [...otherwise]
}

const SETTINGS = { allow: 'identifiers.allow', deny: 'identifiers.deny', masks: 'masks' } as const

export const readIdentifierWords = (db: Db): IdentifierWords => ({
  allow: readWords(db, SETTINGS.allow),
  deny: readWords(db, SETTINGS.deny),
  masks: readWords(db, SETTINGS.masks, DEFAULT_MASKS),
})

/** Changes the lists that are given; each is trimmed, sorted and without repeats, so that equal lists are equal. */
export function saveIdentifierWords(
  project: Project,
  coderId: string,
  words: { [list in keyof IdentifierWords]?: string[] | undefined },
): void {
  const changes = (Object.keys(SETTINGS) as Array<keyof typeof SETTINGS>).flatMap((list): AnyChange[] => {
    const given = words[list]
    if (given === undefined) return []
    const value = JSON.stringify(
      [...new Set(given.map((word) => word.trim()).filter((word) => word !== ''))].sort(),
    )
    return [{ kind: 'project.set', payload: { name: SETTINGS[list], value } }]
  })
  if (changes.length > 0) project.changeTogether(coderId, changes)
}
