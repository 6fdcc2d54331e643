import type { Note } from '../../shared/contract/notes.ts'
import { sentence } from '../journal/entry-labels.ts'
import { inWords } from '../library/attribute-labels.ts'
import { shortDate } from './NoteList.tsx'

type Fact = { name: string | null; value: string }

/** The id where the title is not the id itself; attributes with their names, as a bare "3" or "yes" says nothing. */
function factsOf(note: Note): Fact[] {
  const plain = [note.title === note.id ? '' : note.id, note.caseId ?? '', shortDate(note.date)]
  return [
    ...plain.map((value) => ({ name: null, value })),
    ...Object.entries(note.attributes).map(([name, value]) => ({ name: sentence(inWords(name)), value })),
  ].filter(({ value }) => value !== '')
}

/** What is known about the note, in a line above its title. */
export function NoteMeta({ note }: { note: Note }) {
  return (
    <div className="note-meta number">
      {factsOf(note).map(({ name, value }, index) => {
        const words = name === null ? value : `${name}: ${value}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two facts may read the same
          <span key={index} title={words}>
            {words}
          </span>
        )
      })}
    </div>
  )
}
