import { ArrowLeft } from 'lucide-react'
import { useEffect } from 'react'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState, ProblemNote } from '../../ui/Feedback.tsx'
import { Segmented } from '../../ui/Field.tsx'
import { Swatch } from '../../ui/Swatch.tsx'
import { focusTree } from '../editing.ts'
import { showPane } from '../selection.ts'
import { CodingList } from './CodingList.tsx'
import './codings.css'
import { SplitWalk } from './SplitWalk.tsx'
import { openWalk, useCodings, useWalk } from './walk.ts'

const leave = () => {
  showPane('entry')
  focusTree()
}

/** Stands where the entry stands: the codings of one code, to send them to others one by one or many at once. */
export function CodingsPane({ code, codes }: { code: CodeRow; codes: readonly CodeRow[] }) {
  const { mode, codeId } = useWalk()
  const { problem, total } = useCodings()
  useEffect(() => openWalk(code.id), [code.id])
  return (
    <div className="walk">
      <header className="walk-head">
        <Button size="small" kind="plain" icon={ArrowLeft} onClick={leave}>
          Back to the entry
        </Button>
        <h2>
          <Swatch colour={code.colour} /> {code.name}
        </h2>
        <span className="spacer" />
        <Segmented
          label="How the codings are shown"
          value={mode}
          options={[
            { value: 'walk', label: 'One by one' },
            { value: 'list', label: 'As a list' },
          ]}
          onValue={(mode) => useWalk.setState({ mode })}
        />
      </header>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      {codeId === code.id && total === 0 ? (
        <EmptyState action={{ label: 'Back to the entry', onClick: leave }}>
          “{code.name}” has no codings.
        </EmptyState>
      ) : codeId !== code.id || total === null ? null : mode === 'walk' ? (
        <SplitWalk code={code} codes={codes} onLeave={leave} />
      ) : (
        <CodingList code={code} codes={codes} onLeave={leave} />
      )}
    </div>
  )
}
