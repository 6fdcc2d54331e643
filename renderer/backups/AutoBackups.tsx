import { whenOf } from '../../shared/backup-words.ts'
import { useStore } from '../queries/use-store.ts'
import { complain } from '../state/session.ts'
import { store } from '../store.ts'
import { Segmented } from '../ui/Field.tsx'
import { SettingsRow } from '../ui/SettingsRow.tsx'

const OPTIONS = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const

const FULL = 'Together they would take more than 2 GB, so the oldest were put away early.'

/** How it stands with the backups that the program makes, and their switch. */
export function AutoBackups({ children }: { children?: React.ReactNode }) {
  const { data: state } = useStore('backups.state', {})
  if (!state) return null
  const { isOn, folder, lastAt, problem, isFull } = state
  const last = lastAt === null ? 'None yet' : `Last: ${whenOf(lastAt)}`
  const how = problem ?? (isOn || lastAt ? `${last}, in “${folder}” beside the project` : 'Switched off')
  return (
    <SettingsRow name="Backups by the program" hints={isFull ? [how, FULL] : [how]}>
      <span className="settings-both">
        {children}
        <Segmented
          label="Backups by the program"
          value={isOn ? 'on' : 'off'}
          options={OPTIONS}
          onValue={(value) => void store.backups.setOn({ isOn: value === 'on' }).catch(complain)}
        />
      </span>
    </SettingsRow>
  )
}
