import { flushSync } from 'react-dom'
import { undo } from '../state/coding.ts'
import { coderId, placesOf, save, say, useLeads, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Checkbox } from '../ui/Field.tsx'

/** Whether this project leaves out figures of agreement, as reflexive thematic analysis does; a lead's to say. */
export function Reflexive() {
  const isReflexive = useSession((state) => state.project?.isReflexive ?? false)
  const leads = useLeads()
  const change = (isReflexive: boolean) =>
    save(store.project.setReflexive({ coderId: coderId(), isReflexive }), (project) => {
      // A place that goes names the one that comes; what was done is said after it.
      flushSync(() =>
        useSession.setState(({ place }) => ({
          project,
          place: placesOf(project).includes(place) ? place : 'code',
        })),
      )
      say(isReflexive ? 'Agreement is hidden in this project' : 'Agreement is shown again', {
        label: 'Undo',
        run: () => void undo(),
      })
    })
  return (
    <div>
      <Checkbox
        label="Reflexive analysis: agreement figures are hidden"
        checked={isReflexive}
        onChecked={change}
        disabled={!leads}
      />
      <span className="settings-hint">
        {leads
          ? 'Memos, themes and the journal stay, and the command line still computes agreement.'
          : 'Only a lead changes this.'}
      </span>
    </div>
  )
}
