import { PenLine } from 'lucide-react'
import type { Coding } from '../../shared/contract/codings.ts'
import { shortly, useQualifiers } from '../codes/qualifiers.ts'
import { useCoding } from '../state/on-screen.ts'
import '../codes/qualifiers.css'

const indexes = new WeakMap<readonly Coding[], ReadonlyMap<string, Coding>>()

/** Many labels ask at once; the codings are looked through once for all of them. */
function codingOf(codings: readonly Coding[], id: string): Coding | undefined {
  let index = indexes.get(codings)
  if (!index) {
    index = new Map(codings.map((coding) => [coding.id, coding]))
    indexes.set(codings, index)
  }
  return index.get(id)
}

/** What a coding says besides its code, beside its name in the margin; a pen where it has a memo. */
export function StripeSays({ id }: { id: string }) {
  const coding = useCoding((state) => codingOf(state.codings, id))
  const definitions = useQualifiers()
  if (!coding) return null
  const words = shortly(coding, definitions)
  if (words === '' && coding.memo === '') return null
  return (
    <span className="stripe-says">
      {words}
      {coding.memo !== '' && <PenLine size={10} aria-hidden="true" />}
    </span>
  )
}
