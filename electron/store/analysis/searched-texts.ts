/**
 * What a search knows of the texts of a project, kept for as long as the connection is open and no note changes: which
 * note has which text, which texts hold signs that hide words from the index, and of which a pattern and the index say
 * the same.
 */
import { FoldedText, HIDES_WORDS } from '../../../shared/folded-text.ts'
import { PLAIN_TEXT } from '../../../shared/search-literals.ts'
import { besideFile, type ReadableDb, type WritableDb } from '../file/connection.ts'
import { wordIndex } from '../file/database.ts'
import { headOf } from '../file/journal-head.ts'

const HIDING = new RegExp(`[${HIDES_WORDS}]`, 'u')
/** The index cuts longer words off. */
const LONGEST_WORD = /[^\s]{30000}/
/** Texts read in one go. */
const PIECE = 500

/** More texts than any project has, few enough for a note's number above it to stay exact. */
const TEXTS = 67_108_864

const UNSEEN = 0
const PLAIN = 1
const OTHER = 2

/** Notes in file order, by their place in it. */
export class SearchedTexts {
  readonly #db: ReadableDb
  /** By place. */
  readonly notes: Float64Array
  readonly texts: Float64Array
  /** By the number of a text: the first place it stands at, and by place the next with the same text; -1 for none. */
  readonly #placeOf: Int32Array
  readonly #next: Int32Array
  readonly #kinds: Uint8Array
  /** Places before this have been looked at. */
  #seenTo = 0
  #unseen: number
  /** The folded forms of texts that hide words, and an index of them in memory. There are few. */
  readonly folded = new Map<number, FoldedText>()
  readonly index: WritableDb
  #terms: string[] | null = null

  constructor(db: ReadableDb) {
    this.#db = db
    // Both numbers in one: a row for each costs several times as much. Neither index holds a text.
    const pairs = db
      .prepare<[], number>(
        `SELECT note.num * ${TEXTS} + note_text.num FROM note INDEXED BY note_text_hash
         JOIN note_text ON note_text.hash = note.text_hash`,
      )
      .pluck()
      .all()
    const sorted = Float64Array.from(pairs).sort()
    this.notes = sorted.map((pair) => Math.floor(pair / TEXTS))
    this.texts = sorted.map((pair) => pair % TEXTS)
    const last = this.texts.reduce((most, text) => Math.max(most, text), 0)
    this.#placeOf = new Int32Array(last + 1).fill(-1)
    this.#next = new Int32Array(sorted.length).fill(-1)
    for (let place = sorted.length - 1; place >= 0; place--) {
      const text = this.texts[place] as number
      this.#next[place] = this.#placeOf[text] as number
      this.#placeOf[text] = place
    }
    this.#kinds = new Uint8Array(last + 1)
    this.#unseen = new Set(this.texts).size
    this.index = wordIndex()
  }

  /** The places of these texts, in order. */
  placesOf(texts: readonly number[]): Int32Array {
    const places: number[] = []
    for (const text of texts)
      for (let place = this.#placeOf[text] ?? -1; place !== -1; place = this.#next[place] as number)
        places.push(place)
    return Int32Array.from(places).sort()
  }

  /** Whether every text was looked at: only then it is known which are not plain. */
  get isSeen(): boolean {
    return this.#unseen === 0
  }

  isPlain(place: number): boolean {
    return this.#kinds[this.texts[place] as number] === PLAIN
  }

  /** Looks at a text that was read. */
  see(text: number, body: string): void {
    if (this.#kinds[text] !== UNSEEN) return
    const isPlain = PLAIN_TEXT.test(body) && !(body.length > 30_000 && LONGEST_WORD.test(body))
    this.#kinds[text] = isPlain ? PLAIN : OTHER
    this.#unseen--
    if (isPlain || !HIDING.test(body)) return
    const folded = new FoldedText(body)
    this.folded.set(text, folded)
    this.index.prepare('INSERT INTO folded (rowid, body) VALUES (?, ?)').run(text, folded.text)
  }

  /** Looks at all texts up to a place; `isStopped` is asked now and then. @returns false where it was stopped */
  seeTo(place: number, isStopped: () => boolean = () => false): boolean {
    const read = this.#db
      .prepare<[string], [number, string]>(
        'SELECT num, body FROM note_text WHERE num IN (SELECT value FROM json_each(?))',
      )
      .raw()
    while (this.#seenTo <= place && this.#unseen > 0) {
      if (isStopped()) return false
      const to = Math.min(place + 1, this.#seenTo + PIECE)
      const unseen = [...this.texts.subarray(this.#seenTo, to)].filter((text) => this.#kinds[text] === UNSEEN)
      if (unseen.length > 0)
        for (const [text, body] of read.iterate(JSON.stringify(unseen))) this.see(text, body)
      this.#seenTo = to
    }
    return true
  }

  /** Every word of the index, as it is written there. */
  get terms(): readonly string[] {
    if (this.#terms) return this.#terms
    besideFile(this.#db).exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS temp.note_term USING fts5vocab('main', 'note_fts', 'row')`,
    )
    this.#terms = this.#db.prepare<[], string>('SELECT term FROM temp.note_term').pluck().all()
    return this.#terms
  }
}

type Known = { seq: number; id: string; texts: SearchedTexts }
const knownOf = new WeakMap<ReadableDb, Known>()

/** To be asked in a transaction, so that the texts are those of one moment. */
export function searchedTexts(db: ReadableDb): SearchedTexts {
  const head = headOf(db)
  const known = knownOf.get(db)
  const isSame = known !== undefined && isSameNotes(db, known)
  const texts = isSame ? known.texts : new SearchedTexts(db)
  if (!isSame) known?.texts.index.close()
  if (head) knownOf.set(db, { seq: head.seq, id: head.id, texts })
  return texts
}

/** Whether no entry since the known one touched a note: an effect says so with the table's name behind what was done. */
function isSameNotes(db: ReadableDb, { seq, id }: Known): boolean {
  const isThere = db.prepare('SELECT 1 FROM journal WHERE seq = ? AND id = ?').get(seq, id)
  if (!isThere) return false
  const touched = db
    .prepare(`SELECT 1 FROM effect WHERE seq > ? AND instr(changes, '","note",') > 0 LIMIT 1`)
    .get(seq)
  return touched === undefined
}

/** Within a text. */
export type Range = { start: number; end: number }
/** What was found in the note at a place of the file's order; it may be nothing. */
export type Found = { place: number; ranges: Range[] }
/** What both ways to search are given. */
export type Looking = {
  texts: SearchedTexts
  isAsked(place: number): boolean
  /** @throws Problem `cancelled` */
  assertGoesOn(): void
}
