/** The project that faults are made in: a note to code, one to redact, and a few codes. */
import type { ReadableDb } from '../../../electron/store/file/connection.ts'
import { Project } from '../../../electron/store/project.ts'
import { codeId } from '../../ids.ts'
import { addNotes, applyCode, newCode } from '../../store/project-content.ts'

export const PASSPHRASE = 'correct horse'
export const CODES = ['Neglect', 'Violence', 'Sleep'] as const
export const TEXT = Array.from({ length: 400 }, (_, index) => `w${String(index).padStart(3, '0')}`).join(' ')
export const SECRETS = 120

/** The second note after so many of its words were taken out. */
export const redactedText = (count: number) =>
  `${'# '.repeat(count)}${'Secret '.repeat(SECRETS - count)}kept.`

export function makeStudy(path: string, title = 'Study'): void {
  const project = Project.create(path, PASSPHRASE, { title })
  const amara = project.addCoder('Amara').id
  project.activate(amara)
  addNotes(project, amara, { N1: TEXT, N2: redactedText(0) })
  project.change(amara, 'codes.add', {
    source: 'a soak',
    codes: CODES.map((id) => newCode(id, null, codeId(id))),
  })
  const text = redactedText(0)
  applyCode(project, amara, 'N2', codeId(CODES[0]), [text.length - 5, text.length - 1])
  project.close()
}

/** What `read` finds in a project that is opened and closed for it. */
export function openedStudy<T>(path: string, read: (db: ReadableDb) => T): T {
  const project = Project.open(path, PASSPHRASE)
  try {
    return read(project.db)
  } finally {
    project.close()
  }
}
