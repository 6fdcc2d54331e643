import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitsPair } from '../../shared/offsets.ts'
import {
  grown,
  nextSentence,
  paragraphs,
  previousSentence,
  sentenceAt,
  sentenceEnd,
  sentences,
  shrunk,
  snapped,
  splitPlace,
  steppedEdge,
  type TextSpan,
  wordAt,
} from '../../shared/sentences.ts'
import { someOf } from '../random.ts'

const cut = (text: string, spans: readonly TextSpan[]) =>
  spans.map(({ start, end }) => text.slice(start, end))
const split = (text: string) => cut(text, sentences(text))
/** Sentences are written between bars. */
const marked = (bars: string) => {
  const parts = bars.split('|').map((part) => part.trim())
  return { text: bars.replaceAll('|', ''), parts }
}

describe('a sentence', () => {
  it.each([
    'Seen at home. |Mum present. |Slept well!',
    'Dr. Jones called Mrs. Smith. |She agreed.',
    'Sleeps badly, e.g. Mondays, i.e. before school. |Better at weekends.',
    'Sertraline 50 mg b.d. and promethazine 25 mg p.r.n. at night. |Review in 2/52.',
    'Promethazine 25 mg p.r.n. |Mum to monitor.',
    'Seen at 10.30 a.m. with Dad. |Left at 11.15am.',
    'Born 12.03.2009, moved 1. 4. 2015 to Leeds. |Height 1.52 m, weight 41.5 kg. |No concerns.',
    'Referred by J. Smith and A. B. Khan. |He was brought by K. |She left.',
    'Started in Jan. 2021, for approx. 3 wk. without effect. |Stopped in Feb. |Mum agreed.',
    'Ref. 1234, tel. 01632 960123. |No. 5 was closed.',
    '1. Refer to social care. |2. Risk plan. |Share with school.',
    'a. Mood low',
    'iv. Sleep poor. |Appetite fair.',
    'She said “I hate it.” |Then she left. |(Mum cried.) |Dad did not.',
    'She asked "why?" and left. |"No!" |She left.',
    '? ADHD, ? ASD. |Dx: ? depression.',
    'Why now? |Is it school? |Low mood? secondary to loss.',
    'mum upset. wants help now. |Dad away.',
    'Safe at home... for now. |Said no more... |Then left.',
    'Settled.|Mum reports better sleep.',
    'Plan: |• refer to SW |• review 2/52',
    'See www.nhs.uk or ask e.g.someone. |Done.',
    'Lives with ZZZZZ. |[__PPP__] was seen by QQQQQ. |Fine.',
    'Reviewed by St. Mary’s hosp. in Leeds. |OK.',
    'BP 110/70. |80 bpm. |Pain score 3. |Denies SI.',
  ])('ends where a reader says: %s', (bars) => {
    // Small letters after a word of four letters or more begin a sentence.
    const wanted = marked(bars.replace('upset. wants', 'upset. |wants'))
    expect(split(wanted.text)).toEqual(wanted.parts)
  })

  it('never crosses a line, and bullet lines are sentences of their own', () => {
    expect(split('Plan\n- call school\n- risk plan. Tell Mum\n\n  • sleep diary  ')).toEqual([
      'Plan',
      '- call school',
      '- risk plan.',
      'Tell Mum',
      '• sleep diary',
    ])
  })

  it('can be asked for at a position: between two the one before, in a blank line none', () => {
    const text = 'One here.  Two here.\n\nThree.'
    const at = (offset: number) =>
      sentenceAt(text, offset) && cut(text, [sentenceAt(text, offset) as TextSpan])[0]
    expect([at(0), at(9), at(10), at(11), at(20), at(21), at(22)]).toEqual([
      'One here.',
      'One here.',
      'One here.',
      'Two here.',
      'Two here.',
      null,
      'Three.',
    ])
  })

  it('is gone to forwards and backwards over lines', () => {
    const text = 'One. Two.\n\nThree.'
    expect([nextSentence(text, 0), nextSentence(text, 5), nextSentence(text, 11)]).toEqual([5, 11, 17])
    expect([previousSentence(text, 17), previousSentence(text, 11), previousSentence(text, 5)]).toEqual([
      11, 5, 0,
    ])
    expect([sentenceEnd(text, 0), sentenceEnd(text, 4), sentenceEnd(text, 9), sentenceEnd(text, 17)]).toEqual(
      [4, 9, 17, 17],
    )
  })
})

describe('a word', () => {
  const word = (text: string, offset: number) => {
    const span = wordAt(text, offset)
    return span && text.slice(span.start, span.end)
  }
  it('keeps hyphens, apostrophes, numbers and dotted letters together', () => {
    expect(word('his step-father left', 6)).toBe('step-father')
    expect(word('Mum’s view', 4)).toBe('Mum’s')
    expect(word('took 1.5 mg', 6)).toBe('1.5')
    expect(word('on 12.03.2009 he', 5)).toBe('12.03.2009')
    expect(word('taken p.r.n. at', 8)).toBe('p.r.n')
    expect(word('settled.Mum', 2)).toBe('settled')
    expect(word('settled.Mum', 9)).toBe('Mum')
    expect(word('mum/dad', 5)).toBe('dad')
  })
  it('is touched at either end, and nowhere between signs', () => {
    expect(word('one  two', 3)).toBe('one')
    expect(word('one  two', 5)).toBe('two')
    expect(word('one -- two', 5)).toBeNull()
  })
})

describe('a selection', () => {
  const text = 'One here. Two are here.\nThree.'
  const at = (start: number, end = start) => ({ start, end })
  it('grows through word, sentence, paragraph and note, and shrinks the same way', () => {
    const steps: TextSpan[] = [at(11)]
    for (let next = grown(text, steps[0] as TextSpan); next; next = grown(text, next)) steps.push(next)
    expect(cut(text, steps)).toEqual(['', 'Two', 'Two are here.', 'One here. Two are here.', text])
    const back: TextSpan[] = []
    for (let now = steps.at(-1) as TextSpan; now.end > now.start; ) {
      now = shrunk(text, now, 11)
      back.push(now)
    }
    expect(cut(text, back)).toEqual(['One here. Two are here.', 'Two are here.', 'Two', ''])
  })
  it('snaps to whole words or sentences', () => {
    expect(cut(text, [snapped(text, at(2, 5), 'word')])).toEqual(['One here'])
    expect(cut(text, [snapped(text, at(2, 5), 'sentence')])).toEqual(['One here.'])
    expect(cut(text, [snapped(text, at(2, 12), 'sentence')])).toEqual(['One here. Two are here.'])
    expect(snapped(text, at(2, 5), 'character')).toEqual(at(2, 5))
  })
  it('moves an edge by character, word or sentence', () => {
    expect(steppedEdge('a😀b', 1, 1, 'character')).toBe(3)
    expect(steppedEdge('a😀b', 3, -1, 'character')).toBe(1)
    expect([steppedEdge(text, 3, 1, 'word'), steppedEdge(text, 8, -1, 'word')]).toEqual([8, 4])
    expect([steppedEdge(text, 3, 1, 'sentence'), steppedEdge(text, 9, 1, 'sentence')]).toEqual([9, 23])
  })
})

describe('for any text', () => {
  const pieces = fc.constantFrom(
    'Dr',
    'e.g',
    'b.d',
    'p.r.n',
    'Mum',
    'mum',
    'He',
    'J',
    'x',
    '12',
    '3',
    '1.5',
    '01.02.2021',
    '.',
    '..',
    '…',
    '?',
    '!',
    ' ',
    '  ',
    '\n',
    '\t',
    '"',
    '”',
    '(',
    ')',
    '•',
    '-',
    '😀',
    '𝒜',
    'ZZZZZ',
    'é',
    'ß',
    ',',
    ';',
    'settled',
    'a',
    'iv',
    'wk',
    '\u00a0',
  )
  const note = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''))
  const anyText = fc.oneof(note, fc.string({ unit: 'binary', maxLength: 80 }))
  const solid = (text: string) => text.replace(/\s/g, '')

  it('sentences hold every character that is not blank, once, in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const all = sentences(text)
        expect(solid(cut(text, all).join(''))).toBe(solid(text))
        for (const [index, { start, end }] of all.entries()) {
          expect(start).toBeLessThan(end)
          expect(start).toBeGreaterThanOrEqual(all[index - 1]?.end ?? 0)
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
          expect(splitsPair(text, start) || splitsPair(text, end)).toBe(false)
        }
      }),
      { numRuns: someOf(1_500) },
    )
  })
  it('cutting a sentence again gives the sentence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const sentence of split(text)) expect(split(sentence)).toEqual([sentence])
      }),
      { numRuns: someOf(1_500) },
    )
  })
  it('paragraphs are made of whole sentences', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(paragraphs(text).flatMap((paragraph) => sentences(text, paragraph))).toEqual(sentences(text))
      }),
      { numRuns: someOf(500) },
    )
  })
  it('growing always grows, shrinking always shrinks, and snapping twice is snapping once', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ]
        let range: TextSpan | null = { start, end }
        for (let steps = 0; range; steps++) {
          expect(steps).toBeLessThan(6)
          const next: TextSpan | null = grown(text, range)
          if (next) expect(next.start <= range.start && next.end >= range.end).toBe(true)
          range = next
        }
        for (const snap of ['word', 'sentence'] as const) {
          const once = snapped(text, { start, end }, snap)
          expect(solid(text.slice(once.start, once.end))).toContain(solid(text.slice(start, end)))
          expect(snapped(text, once, snap)).toEqual(once)
        }
      }),
      { numRuns: someOf(800) },
    )
  })
})

describe('the place where a stretch is split', () => {
  const text = 'She said (twice) that “nobody came”.'
  const at = (words: string) => text.indexOf(words)
  const cutAt = (from: string, to: string, caret: number) => {
    const span = { start: at(from), end: at(to) + to.length }
    const place = splitPlace(text, span, caret)
    return place === null ? null : [text.slice(span.start, place), text.slice(place, span.end)]
  }
  it('is before the word that begins nearest, never inside one', () => {
    expect(cutAt('She', 'came', at('said') + 1)).toEqual(['She ', 'said (twice) that “nobody came'])
    expect(cutAt('She', 'came', at('that') + 4)).toEqual(['She said (twice) that ', '“nobody came'])
    expect(cutAt('She', 'came', at('twice') + 1)).toEqual(['She said ', '(twice) that “nobody came'])
    expect(cutAt('She', 'came', at('came'))).toEqual(['She said (twice) that “nobody ', 'came'])
  })
  it('leaves words in both parts', () => {
    expect(cutAt('(twice', ') that', at('(twice') + 1)).toEqual(['(twice) ', 'that'])
    expect(cutAt('nobody', 'nobody', at('nobody') + 3)).toBeNull()
  })
})
