import { useState } from 'react'
import { useReview } from '../identifiers/review.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { goTo, useSession } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { Segmented } from '../ui/Field.tsx'
import { Floating } from '../ui/Floating.tsx'

const numbers = (values: readonly number[], words: readonly string[]) =>
  values.map((value, index) => ({ value: String(value), label: words[index] as string }))

export function Settings() {
  const preferences = usePreferences()
  const [anchor] = useState(() => ({
    left: 64,
    right: 64,
    top: window.innerHeight - 130,
    bottom: window.innerHeight - 100,
  }))
  const isOpen = useSession((state) => state.phase === 'open')
  const close = () => useSession.setState({ panel: 'none' })
  return (
    <Floating anchor={anchor} width={420} label="Settings" onClose={close}>
      <div className="settings">
        <h2>Settings</h2>
        <div className="settings-row">
          <span>Theme</span>
          <Segmented
            label="Theme"
            value={preferences.theme}
            options={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
              { value: 'contrast', label: 'High contrast' },
            ]}
            onValue={(theme) => setPreferences({ theme })}
          />
        </div>
        <div className="settings-row">
          <span>Text of notes</span>
          <Segmented
            label="Text size of notes"
            value={String(preferences.noteSize)}
            options={numbers([14, 16, 18, 20, 24], ['14', '16', '18', '20', '24'])}
            onValue={(size) => setPreferences({ noteSize: Number(size) })}
          />
        </div>
        <div className="settings-row">
          <span>Line width</span>
          <Segmented
            label="Line width of notes"
            value={String(preferences.noteMeasure)}
            options={numbers([56, 64, 72], ['56', '64', '72 characters'])}
            onValue={(measure) => setPreferences({ noteMeasure: Number(measure) })}
          />
        </div>
        <div className="settings-row">
          <span>Note list</span>
          <Segmented
            label="Density of the note list"
            value={preferences.density}
            options={[
              { value: 'compact', label: 'Compact' },
              { value: 'normal', label: 'Normal' },
              { value: 'roomy', label: 'Roomy' },
            ]}
            onValue={(density) => setPreferences({ density })}
          />
        </div>
        {isOpen && (
          <div className="settings-row">
            <span>Masks and words of the identifier check</span>
            <Button
              size="small"
              onClick={() => {
                useReview.setState({ tab: 'words' })
                goTo('identifiers')
              }}
            >
              Edit lists
            </Button>
          </div>
        )}
      </div>
    </Floating>
  )
}
