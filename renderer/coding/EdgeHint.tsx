import { keyLabel } from '../keys/own-keys.ts'
import { nameOf, useCoding } from '../state/coding.ts'
import { useEdge } from '../state/edge.ts'
import { Keys } from '../ui/Button.tsx'

/** What the keys do while an edge of a coding is in hand; a screen reader has heard it as the edge was taken. */
export function EdgeHint() {
  const edge = useEdge((state) => state.edge)
  const codeId = useCoding((state) => state.codings.find(({ id }) => id === edge?.id)?.codeId)
  if (!edge) return null
  return (
    <div className="edge-hint" aria-hidden="true" data-testid="edge-hint">
      <strong>
        Moving the {edge.side} of “{codeId === undefined ? '' : nameOf(codeId)}”
      </strong>
      <span>
        <Keys combination="←" /> <Keys combination="→" /> move
      </span>
      <span>
        <Keys combination="Ctrl+→" /> by word
      </span>
      <span>
        <Keys combination={keyLabel('takeEdge')} /> {edge.side === 'end' ? 'its start' : 'its end'}
      </span>
      <span>
        <Keys combination="Enter" /> keep
      </span>
      <span>
        <Keys combination="Esc" /> cancel
      </span>
    </div>
  )
}
