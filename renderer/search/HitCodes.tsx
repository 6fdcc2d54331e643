import type { CodeRow } from '../../shared/contract/codes.ts'
import type { SearchHit } from '../../shared/contract/search.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoder } from '../state/session.ts'
import { Swatch } from '../ui/Swatch.tsx'

const NONE: readonly never[] = []
/** As many names as stand beside the words of a hit. */
const MOST = 2

/** What this coder has coded the words of a hit with already, whole. */
export function HitCodes({ hit, codes }: { hit: SearchHit; codes: ReadonlyMap<string, CodeRow> }) {
  const coder = useCoder()
  const { data: codings = NONE } = useStore('codings.ofNote', { noteId: hit.noteId, coderIds: [coder] })
  const { start, end } = hit.span
  const covering = codings.filter(({ span }) => span && span.start <= start && end <= span.end)
  const found = [...new Set(covering.map(({ codeId }) => codeId))].flatMap((id) => codes.get(id) ?? [])
  if (found.length === 0) return null
  const names = found.map(({ name }) => name).join(', ')
  return (
    <span className="hit-codes" title={`Coded by you: ${names}`} role="img" aria-label={`Coded: ${names}`}>
      {found.slice(0, MOST).map(({ id, name, colour }) => (
        <span key={id} className="hit-code">
          <Swatch colour={colour} />
          <span className="truncate">{name}</span>
        </span>
      ))}
      {found.length > MOST && <span className="number">+{found.length - MOST}</span>}
    </span>
  )
}
