import { Keyboard, Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { AutoBackups } from '../backups/AutoBackups.tsx'
import { useReview } from '../identifiers/review.ts'
import { Verify } from '../journal/Verify.tsx'
import { keyLabel } from '../keys/own-keys.ts'
import { READ_CODES } from '../note/read-aloud.ts'
import { NOTE_SIZES, setPreferences, UI_SIZES, usePreferences } from '../preferences.ts'
import { goTo, showPanel, useSession } from '../state/session.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { Segmented } from '../ui/Field.tsx'
import { SettingsRow } from '../ui/SettingsRow.tsx'
import { Backup } from './Backup.tsx'
import { Coders } from './Coders.tsx'
import { FinishedRule } from './FinishedRule.tsx'
import { ProjectTitle } from './ProjectTitle.tsx'
import { Reflexive } from './Reflexive.tsx'
import { Sheet } from './Sheet.tsx'

const close = () => useSession.setState({ panel: 'none' })

/** What can be chosen once and for all: how things look, who codes, and that nothing is lost. */
export function Settings() {
  const isOpen = useSession((state) => state.phase === 'open')
  return (
    <Sheet label="Settings" title="Settings" isNarrow onClose={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="settings" tabIndex={0}>
        <Appearance />
        <NoteText />
        {isOpen && <ProjectSettings />}
        <Section title="On this computer">
          <LockAfter />
          <SettingsRow name="Keys">
            <Button size="small" icon={Keyboard} onClick={() => showPanel('shortcuts')}>
              Change keys
            </Button>
          </SettingsRow>
        </Section>
      </div>
    </Sheet>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="settings-section">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Appearance() {
  const { theme, uiSize, density, motion } = usePreferences()
  return (
    <Section title="Appearance">
      <SettingsRow name="Theme">
        <Segmented
          label="Theme"
          value={theme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'contrast', label: 'High contrast' },
          ]}
          onValue={(theme) => setPreferences({ theme })}
        />
      </SettingsRow>
      <SettingsRow name="Size of the interface">
        <Stepper
          label="Size of the interface"
          value={uiSize}
          values={UI_SIZES}
          unit="px"
          onValue={(uiSize) => setPreferences({ uiSize })}
        />
      </SettingsRow>
      <SettingsRow name="Rows of lists and tables">
        <Segmented
          label="Rows of lists and tables"
          value={density}
          options={[
            { value: 'compact', label: 'Compact' },
            { value: 'normal', label: 'Normal' },
            { value: 'roomy', label: 'Roomy' },
          ]}
          onValue={(density) => setPreferences({ density })}
        />
      </SettingsRow>
      <SettingsRow name="Motion">
        <Segmented
          label="Motion"
          value={motion}
          options={[
            { value: 'system', label: 'As the system says' },
            { value: 'none', label: 'None' },
          ]}
          onValue={(motion) => setPreferences({ motion })}
        />
      </SettingsRow>
    </Section>
  )
}

function NoteText() {
  const { noteSize, noteMeasure, noteSpacing, face, readCodes } = usePreferences()
  return (
    <Section title="Text of notes">
      <SettingsRow name="Size" hints={[`${keyLabel('noteLarger')} and ${keyLabel('noteSmaller')}`]}>
        <Stepper
          label="Size of the text of notes"
          value={noteSize}
          values={NOTE_SIZES}
          unit="px"
          onValue={(noteSize) => setPreferences({ noteSize })}
        />
      </SettingsRow>
      <SettingsRow name="Line width" hints={['in characters']}>
        <Segmented
          label="Line width of notes"
          value={String(noteMeasure)}
          options={['48', '56', '64', '72'].map((value) => ({ value, label: value }))}
          onValue={(measure) => setPreferences({ noteMeasure: Number(measure) })}
        />
      </SettingsRow>
      <SettingsRow name="Line spacing">
        <Segmented
          label="Line spacing of notes"
          value={String(noteSpacing)}
          options={[
            { value: '1.45', label: 'Close' },
            { value: '1.625', label: 'Normal' },
            { value: '1.85', label: 'Wide' },
            { value: '2.1', label: 'Double' },
          ]}
          onValue={(spacing) => setPreferences({ noteSpacing: Number(spacing) })}
        />
      </SettingsRow>
      <SettingsRow name="Typeface">
        <Segmented
          label="Typeface of notes"
          value={face}
          options={[
            { value: 'serif', label: 'Source Serif' },
            { value: 'sans', label: 'Inter' },
            { value: 'system', label: 'System serif' },
          ]}
          onValue={(face) => setPreferences({ face })}
        />
      </SettingsRow>
      <SettingsRow name="Read aloud over codes" hints={['by a screen reader']}>
        <Segmented
          label="Read aloud while the caret moves over codes"
          value={readCodes}
          options={READ_CODES}
          onValue={(readCodes) => setPreferences({ readCodes })}
        />
      </SettingsRow>
    </Section>
  )
}

function ProjectSettings() {
  return (
    <>
      <Section title="This project">
        <ProjectTitle />
        <Reflexive />
        <FinishedRule />
        <SettingsRow name="Words and masks of the identifier check">
          <Button
            size="small"
            onClick={() => {
              useReview.setState({ tab: 'words' })
              goTo('identifiers')
            }}
          >
            Edit lists
          </Button>
        </SettingsRow>
      </Section>
      <Section title="Coders">
        <Coders />
      </Section>
      <Section title="Backup and verification">
        <AutoBackups>
          <Button size="small" onClick={() => showPanel('backups')}>
            Show backups
          </Button>
        </AutoBackups>
        <Backup />
        <div className="settings-verify">
          <Verify />
        </div>
      </Section>
    </>
  )
}

const MINUTES = ['0', '5', '10', '20', '60'] as const

function LockAfter() {
  const lockAfter = usePreferences((state) => state.lockAfter)
  return (
    <SettingsRow name="Lock when idle" hints={['after this many minutes']}>
      <Segmented
        label="Minutes without activity until the project is locked"
        value={String(lockAfter)}
        options={MINUTES.map((value) => ({ value, label: value === '0' ? 'Never' : value }))}
        onValue={(minutes) => setPreferences({ lockAfter: Number(minutes) })}
      />
    </SettingsRow>
  )
}

/** One of a list of sizes, by steps. */
function Stepper({
  label,
  value,
  values,
  unit,
  onValue,
}: {
  label: string
  value: number
  values: readonly number[]
  unit: string
  onValue(value: number): void
}) {
  const smaller = [...values].reverse().find((other) => other < value)
  const larger = values.find((other) => other > value)
  return (
    <fieldset className="stepper" aria-label={label}>
      <IconButton
        icon={Minus}
        label={`Smaller: ${label.toLowerCase()}`}
        disabled={smaller === undefined}
        onClick={() => smaller !== undefined && onValue(smaller)}
      />
      <output className="number">
        {value} {unit}
      </output>
      <IconButton
        icon={Plus}
        label={`Larger: ${label.toLowerCase()}`}
        disabled={larger === undefined}
        onClick={() => larger !== undefined && onValue(larger)}
      />
    </fieldset>
  )
}
