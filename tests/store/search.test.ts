import { describe, expect, it } from 'vitest'
import { placesOf, scanIdentifiers } from '../../electron/store/analysis/identifiers.ts'
import { search } from '../../electron/store/analysis/search.ts'
import { saveIdentifierWords } from '../../electron/store/identifiers/words.ts'
import { applyToRanges } from '../../electron/store/intake/codings.ts'
import { listAttributeValues, ownersWithValue } from '../../electron/store/notes/notes.ts'
import { redactRanges } from '../../electron/store/notes/redactions.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode, listNotes } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: 'Mum shouted. Café 🐕 closed. Mum cried, then mum left.' }, 'YP1')
  addNotes(project, amara, { N2: 'Home visit by Dr Jones. No home for the dog.', N3: 'Settled week.' }, 'YP2')
  const code = addCode(project, amara, 'Neglect')
  return { project, amara, code }
}

const find = (
  project: Project,
  coderId: CoderId,
  query: string,
  more: Partial<Parameters<typeof search>[1]> = {},
) => search(project.db, { query, mode: 'words', matchCase: false, filter: {}, coderId, limit: 100, ...more })

const places = (result: ReturnType<typeof search>) =>
  result.hits.map(({ noteId, words }) => `${noteId}: ${words}`)

describe('search', () => {
  it('finds words whatever their capitals and accents, at their exact places', () => {
    const { project, amara } = study()
    expect(places(find(project, amara, 'mum'))).toEqual(['N1: Mum', 'N1: Mum', 'N1: mum'])
    expect(places(find(project, amara, 'cafe'))).toEqual(['N1: Café'])
    const [dog] = find(project, amara, 'closed').hits
    expect(dog).toMatchObject({
      before: 'Mum shouted. Café 🐕 ',
      words: 'closed',
      after: '. Mum cried, then mum left.',
    })
  })

  it('knows phrases, prefixes, NEAR, AND, OR and NOT', () => {
    const { project, amara } = study()
    expect(places(find(project, amara, '"home visit"'))).toEqual(['N2: Home visit'])
    expect(places(find(project, amara, 'shout*'))).toEqual(['N1: shouted'])
    expect(find(project, amara, 'NEAR(mum cried, 3)').notes).toBe(1)
    expect(find(project, amara, 'home AND settled').notes).toBe(0)
    expect(find(project, amara, 'home OR settled').notes).toBe(2)
    expect(find(project, amara, 'home NOT jones').notes).toBe(0)
  })

  it('knows regular expressions, and neither hangs nor cuts characters on empty matches', () => {
    const { project, amara } = study()
    expect(places(find(project, amara, 'm[ua]m\\b', { mode: 'pattern', matchCase: true }))).toEqual([
      'N1: mum',
    ])
    expect(find(project, amara, 'x*', { mode: 'pattern' }).total).toBe(0)
    expect(places(find(project, amara, '🐕', { mode: 'pattern' }))).toEqual(['N1: 🐕'])
  })

  it('explains an incomplete search instead of failing', () => {
    const { project, amara } = study()
    for (const query of ['"mum', 'AND', 'home (', 'NEAR(']) {
      expect(() => find(project, amara, query)).toThrow(/This search is not complete/)
    }
    expect(() => find(project, amara, '(', { mode: 'pattern' })).toThrow(/pattern cannot be read/)
  })

  it('keeps to a filter by attribute, case, code and progress', () => {
    const { project, amara, code } = study()
    applyCode(project, amara, 'N2', code, [0, 4])
    const with_ = (filter: Parameters<typeof search>[1]['filter']) =>
      find(project, amara, 'home OR mum OR settled', { filter }).notes
    expect(with_({})).toBe(3)
    expect(with_({ caseId: 'YP2' })).toBe(2)
    expect(with_({ codeId: code })).toBe(1)
    expect(with_({ status: 'not started' })).toBe(2)
    expect(with_({ attributes: [{ of: 'note', name: 'team', values: ['North'] }] })).toBe(3)
    expect(with_({ attributes: [{ of: 'note', name: 'team', values: [null] }] })).toBe(0)
  })

  it('finds nothing any more of what was redacted or of an import taken back', () => {
    const { project, amara } = study()
    const at = 'Home visit by Dr '.length
    redactRanges(project, amara, [{ noteId: 'N2', start: at, end: at + 5 }], 'ZZZZZ')
    expect(find(project, amara, 'jones').total).toBe(0)
    expect(find(project, amara, 'zzzzz').total).toBe(1)
    addNotes(project, amara, { N9: 'Unique wording.' }, 'YP9')
    expect(find(project, amara, 'unique').total).toBe(1)
    project.undo(amara)
    expect(find(project, amara, 'unique').total).toBe(0)
    project.redo(amara)
    expect(find(project, amara, 'unique').total).toBe(1)
  })

  it('codes chosen hits in one step that one undo takes back', () => {
    const { project, amara, code } = study()
    const { hits } = find(project, amara, 'mum')
    const before = fingerprint(project.db)
    const ranges = hits.slice(0, 2).map(({ noteId, span }) => ({ noteId, ...span }))
    expect(applyToRanges(project, amara, code, ranges)).toEqual({ added: 2, duplicate: 0 })
    expect(applyToRanges(project, amara, code, ranges)).toEqual({ added: 0, duplicate: 2 })
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
  })
})

describe('the check for identifiers', () => {
  it('lists what is left, without what was kept or allowed, with what is listed', () => {
    const { project, amara } = study()
    const scan = () => scanIdentifiers(project.db, { limit: 50 })
    expect(scan().findings.map(({ text, kind }) => [text, kind])).toEqual([['Jones', 'NAME']])
    saveIdentifierWords(project, amara, { deny: ['settled week', 'DOG'] })
    expect(scan().findings.map(({ noteId, text }) => [noteId, text])).toEqual([
      ['N2', 'Jones'],
      ['N2', 'dog'],
      ['N3', 'Settled week'],
    ])
    saveIdentifierWords(project, amara, { allow: ['jones'] })
    const [dog] = scan().findings
    project.change(amara, 'identifier.keep', { note: 'N2', start: dog?.start ?? 0, end: dog?.end ?? 0 })
    expect(scan()).toMatchObject({ total: 1, kinds: { LISTED: 1 } })
    expect(verify(project.db).ok).toBe(true)
  })

  it('finds every other place of the same words, as words of their own', () => {
    const { project, amara } = study()
    addNotes(project, amara, { N7: 'Jones rang. Jonestown is far. Dr Jones again.' }, 'YP7')
    expect(placesOf(project.db, 'Jones')).toHaveLength(3)
    expect(
      redactRanges(
        project,
        amara,
        placesOf(project.db, 'Jones').map((place) => place),
        'ZZZZZ',
      ),
    ).toEqual({ notes: 2, words: 0, isErased: true })
    expect(placesOf(project.db, 'Jones')).toEqual([])
    expect(find(project, amara, 'jonestown').total).toBe(1)
  })
})

describe('attributes', () => {
  it('can be added, set, grouped and taken away, each undoable', () => {
    const { project, amara } = study()
    const before = fingerprint(project.db)
    project.change(amara, 'attribute.add', { of: 'case', name: 'status', kind: 'category' })
    project.change(amara, 'attribute.setValues', {
      of: 'case',
      name: 'status',
      values: [
        { id: 'YP1', value: 'LAC' },
        { id: 'YP2', value: 'Looked after' },
      ],
    })
    const ids = ownersWithValue(project.db, 'case', 'status', ['LAC'])
    project.change(amara, 'attribute.setValues', {
      of: 'case',
      name: 'status',
      values: ids.map((id) => ({ id, value: 'Looked after' })),
    })
    expect(listAttributeValues(project.db).find(({ name }) => name === 'status')?.values).toEqual([
      'Looked after',
    ])
    for (let step = 0; step < 3; step++) project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('filter and sort the note list, missing values last', () => {
    const { project, amara } = study()
    project.change(amara, 'attribute.add', { of: 'note', name: 'score', kind: 'number' })
    project.change(amara, 'attribute.setValues', {
      of: 'note',
      name: 'score',
      values: [
        { id: 'N1', value: '10' },
        { id: 'N3', value: '9' },
      ],
    })
    const ids = (descending: boolean) =>
      listNotes(
        project.db,
        amara,
        {},
        { by: 'attribute', attribute: { of: 'note', name: 'score' }, descending },
      ).map(({ id }) => id)
    expect(ids(false)).toEqual(['N3', 'N1', 'N2'])
    expect(ids(true)).toEqual(['N1', 'N3', 'N2'])
    expect(listNotes(project.db, amara, {}, { by: 'title', descending: true }).map(({ id }) => id)).toEqual([
      'N3',
      'N1',
      'N2',
    ])
    const columns = [
      { of: 'note' as const, name: 'score' },
      { of: 'note' as const, name: 'team' },
    ]
    expect(listNotes(project.db, amara, {}, undefined, columns).map(({ cells }) => cells)).toEqual([
      ['10', 'North'],
      [null, 'North'],
      ['9', 'North'],
    ])
    const missing = { attributes: [{ of: 'note' as const, name: 'score', values: [null] }] }
    expect(listNotes(project.db, amara, missing).map(({ id }) => id)).toEqual(['N2'])
  })
})

describe('search as people type', () => {
  const inNotes = (notes: Record<string, string>) => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, notes)
    return { project, amara }
  }

  it('finds the words of the field that hold signs, as phrases, with what the index offers still there', () => {
    const { project, amara } = inNotes({
      W1: "Denies self-harm; can't sleep; went to A&E; p.r.n. for 6/7.",
      W2: 'Her fiancé is naïve. Harm to self; for 7/6.',
    })
    for (const query of ['self-harm', "can't", 'can’t', 'A&E', 'p.r.n.', '6/7'])
      expect(places(find(project, amara, query)), query).toHaveLength(1)
    expect(places(find(project, amara, 'self-harm'))).toEqual(['W1: self-harm'])
    expect(places(find(project, amara, 'self-h*'))).toEqual(['W1: self-harm'])
    expect(find(project, amara, '“self-harm” AND A&E').notes).toBe(1)
    expect(find(project, amara, '(self-harm OR fiancé) NOT A&E').notes).toBe(1)
    expect(find(project, amara, "NEAR(can't sleep, 2)").notes).toBe(1)
    expect(find(project, amara, 'NEAR("self-harm" A&E, 9)').notes).toBe(1)
    expect(find(project, amara, 'self & harm').notes).toBe(2)
    for (const query of ['&', '- / -', '"…"', '()'])
      expect(() => find(project, amara, query), query).toThrow('This search has no letter and no number')
  })

  it('finds words whose letters are written in another way, at their places in the text as it is', () => {
    const text =
      'His self\u00adharm\u200b; a con\ufb02ict; \uff21\uff26\uff34\uff25\uff32 all, the cafe\u0301’s end.'
    const { project, amara } = inNotes({ N1: 'Nothing.', N2: text, N3: 'A conflict after selfharm.' })
    const quotes = (query: string, mode: 'words' | 'pattern' = 'words') =>
      places(find(project, amara, query, { mode }))
    expect(quotes('selfharm')).toEqual(['N2: self\u00adharm', 'N3: selfharm'])
    expect(quotes('conflict')).toEqual(['N2: con\ufb02ict', 'N3: conflict'])
    expect(quotes('after')).toEqual(['N2: \uff21\uff26\uff34\uff25\uff32', 'N3: after'])
    expect(quotes('café')).toEqual(['N2: cafe\u0301'])
    expect(find(project, amara, 'conflict', { limit: 1 }).hits[0]).toMatchObject({
      span: { start: text.indexOf('con'), end: text.indexOf('ict') + 3 },
      before: text.slice(0, text.indexOf('con')),
    })
    expect(quotes('selfharm|flict|after', 'pattern')).toHaveLength(6)
    expect(quotes("caf\u00e9's", 'pattern')).toEqual(['N2: cafe\u0301’s'])
    expect(quotes('self\\u00adharm', 'pattern')).toEqual(['N2: self\u00adharm'])
    expect(quotes('\\uff21', 'pattern')).toEqual(['N2: \uff21'])
    expect(find(project, amara, 'conflict', { filter: { caseId: 'no such' } }).total).toBe(0)
    // A note that is there since the last question, and one whose words were taken out.
    const at = text.indexOf('con')
    redactRanges(project, amara, [{ noteId: 'N2', start: at, end: at + 7 }], 'ZZZZZ')
    expect(quotes('conflict')).toEqual(['N3: conflict'])
    expect(quotes('selfharm')).toEqual(['N2: self\u00adharm', 'N3: selfharm'])
    addNotes(project, amara, { N4: 'One \ufb02at.' })
    expect(quotes('flat')).toEqual(['N4: \ufb02at'])
    // The number of the text that goes last is given to the next one.
    redactRanges(project, amara, [{ noteId: 'N4', start: 4, end: 7 }], 'ZZZZZ')
    addNotes(project, amara, { N5: 'Another \ufb02at.' })
    expect(quotes('flat')).toEqual(['N5: \ufb02at'])
  })

  it('knows all letters in patterns', () => {
    const { project, amara } = inNotes({ W2: 'Her fiancé is naïve. Ünal rang O’Brien.' })
    const quotes = (query: string) => places(find(project, amara, query, { mode: 'pattern' }))
    expect(quotes('\\bfiancé\\b')).toEqual(['W2: fiancé'])
    expect(quotes('\\bve\\b')).toEqual([])
    expect(quotes('\\Bve\\b')).toEqual(['W2: ve'])
    expect(quotes('\\bn\\w+')).toEqual(['W2: naïve'])
    expect(quotes('[\\w]{5,}')).toEqual(['W2: fiancé', 'W2: naïve', 'W2: Brien'])
    expect(quotes('[^\\W\\d]{6}')).toEqual(['W2: fiancé'])
    expect(quotes('naïve[\\W]')).toEqual(['W2: naïve.'])
    expect(quotes('\\\\b')).toEqual([])
  })
})
