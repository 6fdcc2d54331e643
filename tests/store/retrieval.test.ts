import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { retrieve } from '../../electron/store/analysis/retrieval.ts'
import { changeCodings } from '../../electron/store/codings/edits.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint } from '../../electron/store/verify/verify.ts'
import type { CodeId, CoderId, CodingId, RoundId } from '../../shared/contract/basics.ts'
import type { RetrievalQuery } from '../../shared/contract/retrieval.ts'
import { coderId, codingId } from '../ids.ts'
import { addCode, addNotes, applyCode, EVERYTHING } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

/** Dogs are two UTF-16 units each; edges between them are edges of characters. */
const TEXTS = {
  N1: 'Mum 🐕 shouted and 🐕🐕 left.',
  N2: '🐕 Home visit, calm. Then 🐕 again',
  N3: 'Settled.',
}
type NoteName = keyof typeof TEXTS

/** Four codes, C below A; two coders; two cases. */
function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben', amara).id
  addNotes(project, amara, { N1: TEXTS.N1, N2: TEXTS.N2 }, 'YP1')
  addNotes(project, amara, { N3: TEXTS.N3 }, 'YP2')
  const a = addCode(project, amara, 'A')
  const codes = [
    a,
    addCode(project, amara, 'B'),
    addCode(project, amara, 'C', a),
    addCode(project, amara, 'D'),
  ]
  return { project, amara, ben, codes }
}

const find = (project: Project, query: Partial<RetrievalQuery>, limit = 20_000) =>
  retrieve(project.db, {
    coderId: coderId('nobody'),
    viewer: null,
    query: { ...EVERYTHING, ...query },
    limit,
  })

const quotes = (result: ReturnType<typeof retrieve>) =>
  result.segments.map(({ noteId, span, words }) => `${noteId}: ${span === null ? '(all)' : words}`)

describe('retrieval', () => {
  it('counts what was found beside what was looked through', () => {
    const { project, amara, codes } = study()
    const [a] = codes as [CodeId]
    applyCode(project, amara, 'N1', a, [0, 3])
    applyCode(project, amara, 'N1', a, [7, 14])
    const result = find(project, { codeIds: [a] })
    expect(result).toMatchObject({ total: 2, notes: 1, cases: 1, looked: { notes: 3, cases: 2 } })
    expect(quotes(result)).toEqual(['N1: Mum', 'N1: shouted'])
    expect(find(project, { filter: { caseId: 'YP2' } })).toMatchObject({
      total: 0,
      looked: { notes: 1, cases: 1 },
    })
  })

  it('says of how many notes a blind round keeps others’ codings, where those are asked for', () => {
    const { project, amara, ben, codes } = study()
    const [a] = codes as [CodeId]
    project.change(amara, 'round.add', {
      ...{
        id: newId<RoundId>(),
        name: 'Pilot',
        coders: [amara, ben],
        notes: ['N1', 'N2'],
        isBlind: true,
        drawn: null,
      },
    })
    applyCode(project, amara, 'N1', a, [0, 3])
    applyCode(project, ben, 'N1', a, [7, 14])
    const asked = (query: Partial<RetrievalQuery>, viewer: CoderId | null = amara) =>
      retrieve(project.db, { coderId: amara, viewer, query: { ...EVERYTHING, ...query }, limit: 10 })
    expect(asked({ coderIds: [amara] })).toMatchObject({ total: 1, heldBack: 0 })
    expect(asked({ coderIds: [amara, ben] })).toMatchObject({ total: 1, heldBack: 2 })
    expect(asked({ coderIds: null })).toMatchObject({ total: 1, heldBack: 2 })
    expect(asked({ coderIds: [amara], relation: 'instead', otherIds: [a] })).toMatchObject({ heldBack: 2 })
    expect(asked({ coderIds: null }, null)).toMatchObject({ total: 2, heldBack: 0 })
  })

  it('tells all counts though it gives only the first segments', () => {
    const { project, amara, codes } = study()
    for (let at = 0; at < 3; at++) applyCode(project, amara, 'N1', codes[at] as CodeId, [0, 3])
    applyCode(project, amara, 'N2', codes[0] as CodeId, null)
    const result = find(project, {}, 2)
    expect(result).toMatchObject({ total: 4, notes: 2, cases: 1 })
    expect(result.segments).toHaveLength(2)
  })

  it('takes the codes below with a code when asked, as one group where all must meet', () => {
    const { project, amara, codes } = study()
    const [a, b, c] = codes as [CodeId, CodeId, CodeId]
    applyCode(project, amara, 'N1', c, [0, 14])
    applyCode(project, amara, 'N1', b, [7, 18])
    expect(find(project, { codeIds: [a] }).total).toBe(0)
    expect(quotes(find(project, { codeIds: [a], includeChildren: true }))).toEqual(['N1: Mum 🐕 shouted'])
    const both = find(project, { codeIds: [a, b], includeChildren: true, relation: 'all' })
    expect(quotes(both)).toEqual(['N1: shouted'])
    expect(both.segments[0]?.codings.map(({ codeId }) => codeId)).toEqual([c, b])
  })

  it('brings codes together within a coder alone: two readings of the same words are no co-occurrence', () => {
    const { project, amara, ben, codes } = study()
    const [a, b] = codes as [CodeId, CodeId]
    applyCode(project, amara, 'N1', a, [0, 14])
    applyCode(project, ben, 'N1', b, [7, 18])
    for (const relation of ['all', 'near', 'within'] as const)
      expect(
        find(project, { codeIds: relation === 'all' ? [a, b] : [a], otherIds: [b], relation }).total,
      ).toBe(0)
    const instead = { codeIds: [a], otherIds: [b], relation: 'instead' as const }
    expect(quotes(find(project, instead))).toEqual(['N1: Mum 🐕 shouted'])
    applyCode(project, ben, 'N1', a, [0, 3])
    expect(find(project, instead).total).toBe(0)
    expect(quotes(find(project, { codeIds: [a, b], relation: 'all' }))).toEqual([])
    applyCode(project, ben, 'N1', a, [7, 10])
    expect(quotes(find(project, { codeIds: [a, b], relation: 'all' }))).toEqual(['N1: sho'])
  })

  it('leaves out what a code it must be without touches, be it on the whole note', () => {
    const { project, amara, codes } = study()
    const [a, b] = codes as [CodeId, CodeId]
    applyCode(project, amara, 'N1', a, [0, 3])
    applyCode(project, amara, 'N1', a, [7, 14])
    applyCode(project, amara, 'N1', b, [2, 5])
    expect(quotes(find(project, { codeIds: [a], withoutIds: [b] }))).toEqual(['N1: shouted'])
    applyCode(project, amara, 'N1', b, null)
    expect(find(project, { codeIds: [a], withoutIds: [b] }).total).toBe(0)
  })

  it('keeps to qualifiers, and to codings that have none', () => {
    const { project, amara, codes } = study()
    const [a] = codes as [CodeId]
    const said = applyCode(project, amara, 'N1', a, [0, 3])
    applyCode(project, amara, 'N1', a, [7, 14])
    changeCodings(project, amara, [{ id: said, qualifiers: { assertion: 'negated' } }])
    const of = (values: (string | null)[]) => quotes(find(project, { qualifiers: { assertion: values } }))
    expect(of(['negated'])).toEqual(['N1: Mum'])
    expect(of([null])).toEqual(['N1: shouted'])
    expect(of(['affirmed'])).toEqual([])
    expect(of(['negated', null])).toHaveLength(2)
  })

  it('follows a recoding of many, and one undo takes it back', () => {
    const { project, amara, codes } = study()
    const [a, b] = codes as [CodeId, CodeId]
    applyCode(project, amara, 'N1', a, [0, 3])
    applyCode(project, amara, 'N2', a, null)
    const before = fingerprint(project.db)
    const { segments } = find(project, { codeIds: [a] })
    changeCodings(
      project,
      amara,
      segments.flatMap(({ codings }) => codings.map(({ id }) => ({ id, codeId: b }))),
    )
    expect(find(project, { codeIds: [a] }).total).toBe(0)
    expect(find(project, { codeIds: [b] }).total).toBe(2)
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('says how far it is from the first note on', () => {
    const { project, amara, codes } = study()
    applyCode(project, amara, 'N1', codes[0] as CodeId, [0, 3])
    const told: unknown[] = []
    const onProgress = (progress: unknown) => told.push(progress)
    retrieve(project.db, { coderId: amara, viewer: null, query: EVERYTHING, limit: 1 }, { onProgress })
    expect(told[0]).toEqual({ done: 1, total: null, words: 'notes looked through' })
  })

  it('stops when it is cancelled', () => {
    const { project, amara, codes } = study()
    applyCode(project, amara, 'N1', codes[0] as CodeId, [0, 3])
    const signal = { aborted: true, addEventListener: () => {} }
    expect(() =>
      retrieve(project.db, { coderId: amara, viewer: null, query: EVERYTHING, limit: 1 }, { signal }),
    ).toThrow(/cancelled/)
  })
})

type Made = { id: CodingId; note: NoteName; code: CodeId; coder: CoderId; span: [number, number] | null }

/** Ranges between whole characters. */
const edgesOf = (text: string): number[] => {
  const edges = [0]
  for (const character of text) edges.push((edges.at(-1) as number) + character.length)
  return edges
}

const someRange = (note: NoteName) =>
  fc
    .uniqueArray(fc.constantFrom(...edgesOf(TEXTS[note])), { minLength: 2, maxLength: 2 })
    .map(
      ([a, b]) =>
        [Math.min(a as number, b as number), Math.max(a as number, b as number)] as [number, number],
    )

const someCoding = fc.constantFrom<NoteName>('N1', 'N2', 'N3').chain((note) =>
  fc.record({
    note: fc.constant(note),
    code: fc.nat(3),
    coder: fc.nat(1),
    span: fc.option(someRange(note), { freq: 5 }),
  }),
)

const someCodes = (min: number) => fc.uniqueArray(fc.nat(3), { minLength: min, maxLength: 3 })
const someQuery = fc.record({
  codes: someCodes(0),
  others: someCodes(1),
  without: fc.oneof(fc.constant<number[]>([]), someCodes(0)),
  coders: fc.constantFrom<number[] | null>(null, [0], [1], [0, 1]),
  relation: fc.constantFrom<RetrievalQuery['relation']>('any', 'all', 'near', 'within', 'instead'),
  distance: fc.constantFrom(0, 1, 3, 10),
  includeChildren: fc.boolean(),
  includeWholeNotes: fc.boolean(),
})

/** The characters of a note a coding covers. */
const charactersOf = ({ note, span }: Pick<Made, 'note' | 'span'>): Set<number> => {
  const [start, end] = span ?? [0, TEXTS[note].length]
  return new Set(Array.from({ length: end - start }, (_, at) => start + at))
}
const meets = (a: Set<number>, b: Set<number>) => [...a].some((at) => b.has(at))

type Naive = { note: NoteName; start: number | null; end: number | null; ids: string[] }

/** The same question answered character by character and coding by coding. */
function naive(made: readonly Made[], query: RetrievalQuery, below: ReadonlyMap<string, string[]>): Naive[] {
  const within = (ids: readonly CodeId[]) =>
    new Set(ids.flatMap((id) => (query.includeChildren ? (below.get(id) ?? [id]) : [id])))
  const seen = made.filter(({ coder }) => query.coderIds === null || query.coderIds.includes(coder))
  const asked = seen.filter(
    ({ code, span }) =>
      (query.codeIds.length === 0 || within(query.codeIds).has(code)) &&
      (span !== null || query.includeWholeNotes),
  )
  const others = seen.filter(({ code }) => within(query.otherIds).has(code))
  const against = seen.filter(({ code }) => within(query.withoutIds).has(code))
  const isNear = (one: Made, other: Made) => {
    if (one.span === null || other.span === null) return true
    const [from, to] = one.span
    for (const at of charactersOf(other)) {
      if (at >= from - query.distance - 1 && at <= to + query.distance) return true
    }
    return false
  }
  const isIn = (one: Made, other: Made) =>
    other.span === null ||
    (one.span !== null && [...charactersOf(one)].every((at) => charactersOf(other).has(at)))
  const found: Naive[] =
    query.relation === 'all'
      ? stretches(
          asked,
          query.codeIds.map((id) => within([id])),
        )
      : asked
          .filter((one) => {
            if (query.relation === 'any') return true
            if (query.relation === 'instead') return isReadAs(one, others, seen)
            const fits = query.relation === 'near' ? isNear : isIn
            return others.some(
              (other) =>
                other !== one && other.note === one.note && other.coder === one.coder && fits(one, other),
            )
          })
          .map(({ note, span, id }) => ({
            note,
            start: span?.[0] ?? null,
            end: span?.[1] ?? null,
            ids: [id],
          }))
  return found.filter(({ note, start, end }) => {
    const here = charactersOf({ note, span: start === null || end === null ? null : [start, end] })
    return !against.some((other) => other.note === note && meets(here, charactersOf(other)))
  })
}

/** Whether a coder who gave one of the others in these words did not give this code there. */
function isReadAs(one: Made, others: readonly Made[], seen: readonly Made[]): boolean {
  const isThere = (other: Made) =>
    one.span !== null &&
    other.span !== null &&
    other.note === one.note &&
    meets(charactersOf(one), charactersOf(other))
  return others.some(
    (other) =>
      other.coder !== one.coder &&
      isThere(other) &&
      !seen.some((each) => each.coder === other.coder && each.code === one.code && isThere(each)),
  )
}

/** Each coder's own stretches; the same one of two coders is one segment. */
function stretches(asked: readonly Made[], groups: ReadonlyArray<ReadonlySet<string>>): Naive[] {
  const found: Naive[] = []
  for (const coder of new Set(asked.map((coding) => coding.coder)))
    for (const one of ownStretches(
      asked.filter((coding) => coding.coder === coder),
      groups,
    )) {
      const same = found.find(
        ({ note, start, end }) => note === one.note && start === one.start && end === one.end,
      )
      if (same) same.ids.push(...one.ids)
      else found.push(one)
    }
  return found
}

function ownStretches(asked: readonly Made[], groups: ReadonlyArray<ReadonlySet<string>>): Naive[] {
  const found: Naive[] = []
  for (const note of Object.keys(TEXTS) as NoteName[]) {
    const own = asked.filter((coding) => coding.note === note)
    const byGroup = groups.map((codes) => own.filter(({ code }) => codes.has(code)))
    if (byGroup.length === 0 || byGroup.some((codings) => codings.length === 0)) continue
    if (byGroup.every((codings) => codings.some(({ span }) => span === null))) {
      found.push({ note, start: null, end: null, ids: own.map(({ id }) => id) })
      continue
    }
    const isCovered = (at: number) =>
      byGroup.every((codings) => codings.some((coding) => charactersOf(coding).has(at)))
    for (let start = 0; start < TEXTS[note].length; ) {
      if (!isCovered(start)) {
        start++
        continue
      }
      let end = start + 1
      while (end < TEXTS[note].length && isCovered(end)) end++
      const here = charactersOf({ note, span: [start, end] })
      const ids = own.filter((coding) => meets(charactersOf(coding), here)).map(({ id }) => id)
      found.push({ note, start, end, ids })
      start = end
    }
  }
  return found
}

describe('retrieval against a naive model', () => {
  it('answers every relation alike for random codings and questions', () => {
    const { project, amara, ben, codes } = study()
    const coders = [amara, ben]
    fc.assert(
      fc.property(
        fc.array(someCoding, { maxLength: 14 }),
        fc.array(someQuery, { minLength: 3, maxLength: 6 }),
        (codings, asked) => {
          const made = codings.map(
            (coding): Made => ({
              ...coding,
              id: codingId(uuid()),
              code: codes[coding.code] as CodeId,
              coder: coders[coding.coder] as CoderId,
            }),
          )
          for (const { id, note, code, coder, span } of made) {
            project.change(coder, 'codings.apply', {
              codings: [{ id, note, code, start: span?.[0] ?? null, end: span?.[1] ?? null }],
            })
          }
          const [a, , c] = codes as [CodeId, CodeId, CodeId]
          const below = new Map([[a, [a, c]]])
          for (const one of asked) {
            const ids = (numbers: readonly number[]) => numbers.map((at) => codes[at] as CodeId)
            const query: RetrievalQuery = {
              ...EVERYTHING,
              ...one,
              codeIds: ids(one.codes),
              otherIds: ids(one.others),
              withoutIds: ids(one.without),
              coderIds: one.coders?.map((at) => coders[at] as CoderId) ?? null,
            }
            const sorted = (rows: Naive[]) =>
              rows.map((row) => JSON.stringify({ ...row, ids: row.ids.sort() })).sort()
            const result = find(project, query)
            const got = result.segments.map(
              ({ noteId, span, codings: parts }): Naive => ({
                note: noteId as NoteName,
                start: span?.start ?? null,
                end: span?.end ?? null,
                ids: parts.map(({ id }) => id),
              }),
            )
            const expected = naive(made, query, below)
            expect(sorted(got)).toEqual(sorted(expected))
            expect(result.total).toBe(expected.length)
            expect(result.notes).toBe(new Set(expected.map(({ note }) => note)).size)
            for (const { noteId, span, words, before, after } of result.segments) {
              const text = TEXTS[noteId as NoteName]
              if (span) expect(text.slice(span.start, span.end)).toBe(words)
              expect(before + words + after).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
            }
          }
          // Making an encrypted project takes longer than all of this.
          for (const { id, code, coder } of made)
            project.change(coder, 'codings.remove', { codings: [{ id, code }] })
        },
      ),
      { numRuns: 60 },
    )
  })
})
