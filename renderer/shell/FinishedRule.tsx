import type { FinishedRule as Rule } from '../../shared/contract/notes.ts'
import { setFinishedRule } from '../state/finished.ts'
import { useLeads, useSession } from '../state/session.ts'
import { Select } from '../ui/Field.tsx'

const RULES: readonly { value: Rule; label: string }[] = [
  { value: 'ask', label: 'Ask first' },
  { value: 'reopen', label: 'Reopen it and apply the code' },
  { value: 'code', label: 'Apply the code, keep it finished' },
]

/** What happens when a code is applied to a note that its coder marked finished; a lead's to say. */
export function FinishedRule() {
  const rule = useSession((state) => state.project?.finishedRule ?? 'ask')
  const leads = useLeads()
  return (
    <div>
      <Select
        label="A code on a finished note"
        value={rule}
        options={RULES}
        disabled={!leads}
        onValue={setFinishedRule}
      />
      {!leads && <span className="settings-hint">Only a lead changes this.</span>}
    </div>
  )
}
