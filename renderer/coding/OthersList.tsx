import { useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import { noteHandle } from '../note/handle.ts'
import { coderMark, useOthers } from '../note/others.ts'
import { counted } from '../ui/Feedback.tsx'
import { codeColour } from '../ui/palette.ts'
import { VirtualList } from '../ui/VirtualList.tsx'
import { CodingRow } from './CodingRow.tsx'

/** What other coders did in this note, to read: Enter selects the words a coding lies over. */
export function OthersList({
  codes,
  segmentLabel,
}: {
  codes: ReadonlyMap<string, CodeRow>
  segmentLabel(coding: Coding): string
}) {
  const codings = useOthers((state) => state.codings)
  const [active, setActive] = useState(-1)
  if (codings.length === 0) return null
  const open = ({ span }: Coding) => {
    if (span) noteHandle.current?.select({ anchor: span.start, focus: span.end })
    noteHandle.current?.focus()
  }
  return (
    <div className="others">
      <p className="others-head">{counted(codings.length, 'coding')} of other coders, to compare</p>
      <VirtualList
        label="Codings of other coders"
        count={codings.length}
        rowHeight={26}
        active={Math.min(active, codings.length - 1)}
        keyOf={(index) => codings[index]?.id ?? String(index)}
        onActive={setActive}
        onOpen={(index) => codings[index] && open(codings[index])}
        row={(index) => {
          const coding = codings[index] as Coding
          const { name, colour } = coderMark(coding.coderId)
          return (
            <CodingRow
              coding={coding}
              code={codes.get(coding.codeId)}
              segment={segmentLabel(coding)}
              before={
                <span className="others-coder" style={{ borderColor: codeColour(colour) }}>
                  {name}
                </span>
              }
            />
          )
        }}
      />
    </div>
  )
}
