/** Connections to a project file: those that may only read it, and the one that may change it. */
import type Database from 'better-sqlite3'

export type Db = Database.Database
