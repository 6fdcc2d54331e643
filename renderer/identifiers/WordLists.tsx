import { useEffect, useRef } from 'react'
import type { IdentifierWords } from '../../shared/contract/identifiers.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { useStore } from '../queries/use-store.ts'
import { undo } from '../state/coding.ts'
import { coderId, saving, say } from '../state/session.ts'
import { store } from '../store.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { ProblemNote } from '../ui/Feedback.tsx'
import { TextArea } from '../ui/Field.tsx'
import { type ListTexts, useReview } from './review.ts'

type List = keyof IdentifierWords

const LISTS: readonly { list: List; label: string; hint: string; most: number }[] = [
  {
    list: 'allow',
    label: 'Never report',
    hint: 'Words that are not identifiers here, such as the name of a scale. One per line; capitals do not matter.',
    most: 200,
  },
  {
    list: 'deny',
    label: 'Always report',
    hint: 'Whole words to report everywhere, such as a ward or a street. One per line; capitals do not matter.',
    most: 200,
  },
  {
    list: 'masks',
    label: 'Masks',
    hint: 'What the source wrote instead of identifiers. One per line; # means any digit. Shown dimmed in notes and never reported.',
    most: 100,
  },
]

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]
const textsOf = ({ allow, deny, masks }: IdentifierWords): ListTexts => ({
  allow: allow.join('\n'),
  deny: deny.join('\n'),
  masks: masks.join('\n'),
})
const setTexts = (draft: ListTexts | null) => useReview.setState({ draft })
const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((word) => b.includes(word))

/** The project's own lists for the check, as text: a line is a word. */
export function WordLists() {
  const { data: words, problem } = useStore('identifiers.words', {})
  const texts = useReview((state) => state.draft)
  const shown = texts ?? (words ? textsOf(words) : null)
  const changed = words && texts ? LISTS.filter(({ list }) => !isSame(linesOf(texts[list]), words[list])) : []
  const tooLong = shown
    ? LISTS.filter(({ list, most }) => linesOf(shown[list]).some((line) => line.length > most))
    : []
  const isReady = changed.length > 0 && tooLong.length === 0
  const save = async () => {
    if (!texts || !isReady) return
    const changes = Object.fromEntries(changed.map(({ list }) => [list, linesOf(texts[list])]))
    const saved = await saving(store.identifiers.setWords({ coderId: coderId(), words: changes })).catch(
      () => null,
    )
    if (!saved) return
    setTexts(null)
    say('Words and masks saved', { label: 'Undo', run: () => void undo() })
  }
  useCommand('saveWords', () => void save())
  // Other words from the store, as after an undo, start the lists afresh; what is typed outlives another tab.
  const stored = words && JSON.stringify(words)
  const seen = useRef(stored)
  useEffect(() => {
    if (seen.current !== undefined && stored !== seen.current) setTexts(null)
    seen.current = stored
  }, [stored])
  if (problem)
    return (
      <div className="place-problem">
        <ProblemNote>{problem.message}</ProblemNote>
      </div>
    )
  if (!shown) return <div className="pane" />
  return (
    <div className="words">
      <div className="words-lists">
        {LISTS.map(({ list, label, hint, most }) => (
          <TextArea
            key={list}
            label={`${label} (${linesOf(shown[list]).length})`}
            hint={hint}
            problem={
              tooLong.some((one) => one.list === list)
                ? `A line has more than ${most} characters.`
                : undefined
            }
            value={shown[list]}
            onText={(text) => setTexts({ ...shown, [list]: text })}
          />
        ))}
      </div>
      <div className="words-foot">
        <Tip words="Save words and masks" keys={keyLabel('saveWords')}>
          <Button kind="primary" disabled={!isReady} onClick={() => void save()}>
            Save lists
          </Button>
        </Tip>
        <Button kind="plain" disabled={changed.length === 0} onClick={() => setTexts(null)}>
          Discard changes
        </Button>
        <span className="words-hint">
          The lists belong to this project. A word that is redacted everywhere is removed from them too.
        </span>
      </div>
    </div>
  )
}
