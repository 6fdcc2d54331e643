import type { ReactNode } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import { inFull, shortly, useQualifiers } from '../codes/qualifiers.ts'
import { Swatch } from '../ui/Swatch.tsx'

/** As much of a segment as a row can show. */
const QUOTE = 80

const clip = (text: string) => (text.length > QUOTE ? `${text.slice(0, QUOTE).trimEnd()}…` : text)

/** A coding in a list: its code, what else it says, and the words it lies over. `before` stands in front of them. */
export function CodingRow({
  coding,
  code,
  segment,
  before,
}: {
  coding: Coding
  code: CodeRow | undefined
  segment: string
  before?: ReactNode
}) {
  const definitions = useQualifiers()
  const says = shortly(coding, definitions)
  return (
    <div className="coding-row">
      {before}
      <Swatch colour={code?.colour ?? null} />
      <span className="coding-name">{code?.name ?? 'Code'}</span>
      {says && (
        <span className="qualifier-short" role="img" aria-label={inFull(coding, definitions)}>
          {says}
        </span>
      )}
      <span className="coding-words">{clip(segment)}</span>
      {coding.memo && <span className="coding-has-memo">memo</span>}
    </div>
  )
}
