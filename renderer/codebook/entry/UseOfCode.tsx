import type { CodeId } from '../../../shared/contract/basics.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { CodeUse } from '../../../shared/contract/codes.ts'
import { keptInWords } from '../../../shared/theme-words.ts'
import { useStore } from '../../queries/use-store.ts'
import { useCoders } from '../../state/session.ts'
import { counted } from '../../ui/Feedback.tsx'

/** How often a code was applied, in how many notes, by how many coders and by whom. */
export function UseOfCode({ codeId }: { codeId: CodeId }) {
  const coders = useCoders()
  const { data } = useStore('codes.use', { codeId })
  return (
    <>
      <p>{data ? wordsOf(data, coders) : 'Counting…'}</p>
      {data && data.heldBack > 0 && <p>{keptInWords(data.heldBack)}</p>}
    </>
  )
}

/** "12 codings in 8 notes, by 2 of 3 coders: Amara 7, Ben 5; not counted here: Consensus 4". */
function wordsOf({ codings, notes, byCoder }: CodeUse, coders: readonly Coder[]): string {
  const of = (isOwn: boolean) =>
    byCoder.flatMap(({ coderId, codings: own }) => {
      const coder = coders.find(({ id }) => id === coderId)
      return coder && (coder.layer === 'own') === isOwn ? [`${coder.name} ${own}`] : []
    })
  const people = coders.filter(({ layer }) => layer === 'own').length
  const own = of(true)
  const others = of(false)
  const whose = own.length === 0 ? '' : `, by ${own.length} of ${counted(people, 'coder')}: ${own.join(', ')}`
  const apart = others.length === 0 ? '' : `; counted separately: ${others.join(', ')}`
  return `${counted(codings, 'coding')} in ${counted(notes, 'note')}${whose}${apart}`
}
