import { describe, expect, it } from 'vitest'
import { search } from '../../electron/store/analysis/search.ts'
import type { Project } from '../../electron/store/project.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { SearchHit } from '../../shared/contract/search.ts'
import { FoldedText } from '../../shared/folded-text.ts'
import { withAllLetters } from '../../shared/search-pattern.ts'
import { chance, noteText } from '../bench/bench.ts'
import { someOf } from '../random.ts'
import { addNotes } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const asked = { matchCase: false, filter: {}, limit: 20_000 }

function told(project: Project, coderId: CoderId, query: string, mode: 'words' | 'pattern') {
  const reports: Progress[] = []
  const onProgress = (progress: Progress) => void reports.push(progress)
  const result = search(project.db, { ...asked, query, mode, coderId }, { onProgress })
  const hits: SearchHit[] = []
  for (const { found } of reports) {
    expect(found?.from).toBe(hits.length)
    hits.push(...(found?.hits ?? []))
  }
  return { first: reports[0]?.found?.hits ?? [], hits, result }
}

describe('a search with many hits', () => {
  const random = chance(3)
  const texts = Array.from({ length: 400 }, (_, at) => [`N${at}`, `${noteText(random, 300)} It was so.`])

  it('tells the first hits, then those that follow, each once and in the order they have in the end', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, Object.fromEntries(texts))
    for (const mode of ['words', 'pattern'] as const) {
      const { first, hits, result } = told(project, amara, 'was', mode)
      expect(first.length).toBeGreaterThanOrEqual(50)
      expect(first.length).toBeLessThan(result.hits.length)
      expect(result.hits.slice(0, hits.length)).toEqual(hits)
      expect(result.total).toBe(result.hits.length)
    }
  })
})

/** Words, and all that makes words and edges hard: accents, signs nobody sees, wide letters, other forms of k and s. */
const PIECES =
  "panic attack self harm mum Mum was so caf\u00e9 na\u00efve stra\u00dfe \u212aelvin \u017fo pan\u00adic \uff53elf _was was_ so\u0301 \ue0f1so attack\u00b2 \u{1f600} \u00b5m x12 12 can\u2019t can't SELF-HARM".split(
    ' ',
  )
const GAPS = [' ', ' ', ' ', '', '-', '\n', '. ', '\u2013', '\u00a0', '_', '\u200b']
const PATTERNS = [
  ...['panic', 'attack\\b', '\\bself', '\\bharm\\b', 'self-?harm', 'mum was', 'mum\\s+was', 'so|was', '^mum'],
  ...['caf\u00e9', 'na.ve', 'kelvin', '\\bso\\b', 'was_', '_was', '12$', 'x?12', 'mum (?:was|so)', "can't"],
  ...['[sS]elf harm', 'attacks?', 'pa+nic', 'panic attack|self harm', 'strasse|stra\u00dfe', 'um', 'elf-h'],
]

describe('a search by pattern', () => {
  it('finds what a look at every text finds, also where the index tells it which to look through', () => {
    for (let seed = 1; seed <= someOf(200) / 10; seed++) {
      const random = chance(seed)
      const oneOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
      const text = () =>
        Array.from({ length: 1 + Math.floor(random() * 7) }, () => oneOf(PIECES) + oneOf(GAPS)).join('')
      const notes = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`N${at}`, text()]))
      const project = makeProject()
      const amara = project.addCoder('Amara').id
      addNotes(project, amara, notes)
      const find = (query: string, matchCase: boolean) =>
        search(project.db, { ...asked, query, matchCase, mode: 'pattern', coderId: amara })
      // Whatever reads all texts: from then on the index is asked.
      find('.', false)
      for (const matchCase of [false, true])
        for (const query of PATTERNS) {
          const pattern = new RegExp(withAllLetters(query), matchCase ? 'mu' : 'imu')
          const fits = (body: string) => pattern.test(body) || pattern.test(new FoldedText(body).text)
          const expected = Object.keys(notes).filter((id) => fits(notes[id] as string))
          const found = new Set(find(query, matchCase).hits.map(({ noteId }) => noteId))
          expect([query, ...found]).toEqual([query, ...expected])
        }
    }
  })
})
