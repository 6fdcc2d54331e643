/** Codes many hits at once, as one step that one undo takes back. */
import type { NoteId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { ResultOf } from '../../shared/contract/index.ts'
import type { SearchHit } from '../../shared/contract/search.ts'
import { applyToAll, overlapWords } from '../codes/apply-to-all.ts'
import { undo } from '../state/coding.ts'
import { finishedRule } from '../state/finished.ts'
import { complain, say } from '../state/session.ts'
import { store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { expandHit, type Unit } from './expand-hit.ts'
import { untickHits } from './search.ts'

type PlaceInNote = { noteId: NoteId; start: number; end: number }

/** Notes read at the same time. */
const AT_ONCE = 16

const UNDO = { label: 'Undo', run: () => void undo() }

export const UNIT_NAMES: Record<Unit, string> = { hit: 'hit', sentence: 'sentence', paragraph: 'paragraph' }

/** The text of the hits' notes decides where sentences end, so those notes are read. */
async function expanded(hits: readonly SearchHit[], unit: Unit): Promise<PlaceInNote[]> {
  if (unit === 'hit') return hits.map(({ noteId, span }) => ({ noteId, ...span }))
  const byNote = new Map<string, SearchHit[]>()
  for (const hit of hits) byNote.set(hit.noteId, [...(byNote.get(hit.noteId) ?? []), hit])
  const groups = [...byNote]
  const places = new Map<string, PlaceInNote>()
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    const some = groups.slice(from, from + AT_ONCE)
    const notes = await Promise.all(some.map(([noteId]) => store.notes.get({ noteId })))
    for (const [at, [noteId, own]] of some.entries()) {
      const text = notes[at]?.text ?? ''
      for (const hit of own) {
        const range = expandHit(text, hit.span, unit)
        // Two hits in one sentence are one place.
        places.set(`${noteId} ${range.start} ${range.end}`, { noteId, ...range })
      }
    }
  }
  return [...places.values()]
}

function outcome(
  name: string,
  unit: Unit,
  { added, duplicate, overlapping }: ResultOf<'codings.applyToRanges'>,
): string {
  const already = `${formatCount(duplicate)} ${duplicate === 1 ? 'has' : 'have'} it already`
  if (added === 0) return `Nothing to add: ${already}.`
  const places = counted(added, UNIT_NAMES[unit])
  return `Applied “${name}” to ${places}${duplicate > 0 ? `; ${already}` : ''}${overlapWords(overlapping)}`
}

export async function applyToHits(
  code: Pick<CodeRow, 'id' | 'name'>,
  hits: readonly SearchHit[],
  unit: Unit,
): Promise<void> {
  let ranges: PlaceInNote[]
  try {
    ranges = await expanded(hits, unit)
  } catch (error) {
    return complain(error)
  }
  if (ranges.length === 0) return
  await applyToAll(code, ranges, finishedRule(), (done) => {
    untickHits()
    say(outcome(code.name, unit, done), done.added > 0 ? UNDO : null)
  })
}
