/** Single values by name: settings of the project, and what belongs to this copy of the file. */
import type { ReadableDb, WritableDb } from './connection.ts'

export function readSetting(db: ReadableDb, name: string): string | null {
  return db.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck().get(name) ?? null
}

/** What belongs to this copy of the file alone: not journalled, not merged. `T` is what is kept under this name. */
export const readLocal = <T extends string = string>(db: ReadableDb, name: string): T | null =>
  db.prepare<[string], T>('SELECT value FROM local WHERE name = ?').pluck().get(name) ?? null

export function writeLocal(db: WritableDb, name: string, value: string): void {
  db.prepare(
    'INSERT INTO local (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value)
}

export function clearLocal(db: WritableDb, name: string): void {
  db.prepare('DELETE FROM local WHERE name = ?').run(name)
}
