import { partWords, rowName } from '../../shared/agreement-words.ts'
import type { CodeAgreement } from '../../shared/contract/agreement.ts'

/** The codings of a code that say one thing, under the row of the code. */
export function CodePart({ row }: { row: Pick<CodeAgreement, 'code' | 'part'> }) {
  return (
    <span className="code-part truncate" title={rowName(row)}>
      {row.part && partWords(row.part)}
    </span>
  )
}
