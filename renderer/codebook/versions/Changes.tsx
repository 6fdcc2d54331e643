import type { CodeId } from '../../../shared/contract/basics.ts'
import { useStore } from '../../queries/use-store.ts'
import { ProblemNote } from '../../ui/Feedback.tsx'
import { BeforeAfter } from '../BeforeAfter.tsx'

/** What differs between two versions in words, with the texts before and after. */
export function Changes({ from, to, codeId }: { from: number; to: number; codeId?: CodeId }) {
  const { data, problem } = useStore('codebook.compare', { from, to })
  if (problem) return <ProblemNote>{problem.message}</ProblemNote>
  if (!data) return null
  const changes = codeId === undefined ? data : data.filter((change) => change.codeId === codeId)
  if (changes.length === 0) return <p className="changes-none">Nothing differs.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <ul className="changes" aria-label="What changed" tabIndex={0}>
      {changes.map(({ codeId: id, kind, words, before, after }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a code may change in several ways of one kind
        <li key={`${id} ${kind} ${index}`}>
          <p>{words}</p>
          {before !== undefined && (
            <BeforeAfter
              before={{ label: 'Before', text: before }}
              after={{ label: 'After', text: after ?? '' }}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
