import { whenOf } from '../../shared/backup-words.ts'
import { pickAndOpen } from '../shell/opening.ts'
import { showPanel } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { useLooks } from './backup-contents.ts'

/** The way to what is missing: the newest backup that is sound, or any other copy. */
export function NewestBackup() {
  const { rows, looks } = useLooks(null, 'soundOne')
  const newest = rows?.find(({ name }) => looks[name]?.problem === null)
  const more = newest ? (looks[newest.name]?.comparison?.more ?? 0) : 0
  const holds = more > 0 ? `holds ${counted(more, 'change')} that the project does not` : 'holds no more'
  return (
    <>
      {newest && ` The newest backup is of ${whenOf(newest.at)} and ${holds}.`}
      {rows?.length === 0 && ' There is no backup beside the project.'}{' '}
      {newest && (
        <Button size="small" kind="plain" onClick={() => showPanel('backups')}>
          Show backups
        </Button>
      )}
      <Button size="small" kind="plain" onClick={() => void pickAndOpen()}>
        Open a backup
      </Button>
    </>
  )
}
