/** Another copy of the project as a file that is only read, and may be anything. */
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { asProblem, Problem } from '../../../shared/problem.ts'
import { atOneMoment, figureOf, type ReadableDb } from '../file/connection.ts'
import { APPLICATION_ID, openBeside } from '../file/database.ts'
import { MIGRATIONS } from '../file/migrate.ts'

/** Reads a copy as it is at one moment, whoever works in it meanwhile. @throws Problem where it cannot be read */
export function withCopy<T>(file: string, passphrase: string, work: (other: ReadableDb) => T): T {
  const name = basename(file)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() && found.size < SMALLEST) throw noProject(name)
  const other = orDamaged(name, () => openBeside(file, passphrase))
  try {
    return atOneMoment(other, () => {
      assertProject(other, name)
      orDamaged(name, () => assertWhole(other, name))
      return work(other)
    })
  } finally {
    other.close()
  }
}

/** A page: no project is smaller, in bytes. */
const SMALLEST = 4_096

const noProject = (name: string): Problem =>
  new Problem('not-a-project', `${name} is not an Understory project or package. Nothing was changed.`)

const broken = (name: string, cause?: unknown): Problem =>
  new Problem(
    'project-damaged',
    `${name} cannot be merged: the file is damaged. Nothing was changed; ask for another copy.`,
    { cause },
  )

function orDamaged<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asProblem(error).code === 'project-damaged' && !(error instanceof Problem)
      ? broken(name, error)
      : error
  }
}

function assertWhole(other: ReadableDb, name: string): void {
  const [found] = other.pragma('quick_check(1)') as Array<{ quick_check: string }>
  if (found?.quick_check !== 'ok') throw broken(name)
}

function assertProject(other: ReadableDb, name: string): void {
  const schema = figureOf(other, 'user_version')
  if (figureOf(other, 'application_id') !== APPLICATION_ID || schema < 1) throw noProject(name)
  if (schema > MIGRATIONS.length)
    throw new Problem(
      'newer-project',
      `${name} was made with a newer version of Understory. Nothing was changed; install that version to merge it.`,
    )
}
