/**
 * The closed set of things that can go wrong at the contract, each with a stable code.
 * Scripts and tests rely on the codes; people read the sentence. A sentence says what happened, what is safe
 * and what to do next.
 */
export const PROBLEM_CODES = [
  'bad-arguments',
  'cancelled',
  'code-in-use',
  'conflict',
  'disk-full',
  'empty-codebook',
  'export-failed',
  'file-exists',
  'file-lost',
  'file-not-found',
  'file-unreadable',
  'import-failed',
  'internal',
  'newer-project',
  'no-project',
  'not-a-project',
  'not-allowed',
  'not-found',
  'not-seated',
  'nothing-to-redo',
  'nothing-to-undo',
  'project-busy',
  'project-damaged',
  'read-only',
  'store-stopped',
  'too-large',
  'write-failed',
  'wrong-passphrase',
  'wrong-pin',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** What crosses the process boundary in place of a result. */
export type ProblemMessage = { code: ProblemCode; sentence: string }

/** A failure a person can understand and a script can test for. */
export class Problem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, sentence: string, options?: { cause?: unknown }) {
    super(sentence, options)
    this.name = 'Problem'
    this.code = code
  }

  toMessage(): ProblemMessage {
    return { code: this.code, sentence: this.message }
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem

const startsWith = (code: unknown, start: string) => typeof code === 'string' && code.startsWith(start)

/** Turns anything thrown into a Problem; what was not foreseen becomes `internal`, its own words being the cause. */
export function asProblem(error: unknown): Problem {
  if (isProblem(error)) return error
  const sqlite = (error as { code?: unknown } | null)?.code
  if (sqlite === 'SQLITE_FULL' || sqlite === 'ENOSPC') {
    return new Problem('disk-full', 'The disk is full. Nothing was changed; free some space and try again.', {
      cause: error,
    })
  }
  if (sqlite === 'SQLITE_BUSY' || sqlite === 'SQLITE_LOCKED') {
    return new Problem(
      'project-busy',
      'Another program is using this project file. Nothing was changed; close it there and try again.',
      { cause: error },
    )
  }
  if (sqlite === 'SQLITE_CORRUPT') {
    return new Problem(
      'project-damaged',
      'The project file is damaged. Nothing was changed; make a copy of it before anything else, then open a backup.',
      { cause: error },
    )
  }
  if (startsWith(sqlite, 'SQLITE_READONLY')) {
    return new Problem(
      'read-only',
      'This project file can only be read: it, its folder or its disk does not let anything be written. Nothing was changed; open a copy that you may write to.',
      { cause: error },
    )
  }
  if (startsWith(sqlite, 'SQLITE_IOERR') || startsWith(sqlite, 'SQLITE_CANTOPEN')) {
    return new Problem(
      'write-failed',
      'The disk did not take or give back the data. Nothing was changed; see that the disk is connected and has space, and try again.',
      { cause: error },
    )
  }
  if (startsWith(sqlite, 'SQLITE_CONSTRAINT')) {
    return new Problem(
      'conflict',
      'There is something of this name or number already, or what this belongs to is gone. Nothing was changed; look again and try once more.',
      { cause: error },
    )
  }
  return new Problem(
    'internal',
    'Something went wrong inside the program that it did not foresee. What was saved before is safe; try again, and check the project in the journal if it happens once more.',
    { cause: error },
  )
}
