import type { QualifierDefinition, Qualifiers } from '../../shared/contract/qualifiers.ts'
import { Tip } from '../ui/Button.tsx'
import './qualifiers.css'

/**
 * A line per qualifier with its values beside each other; a press sets a value, a press on it again takes it off. A
 * value that is no longer defined is shown too: it can be taken off, not given.
 */
export function QualifierChoices({
  definitions,
  said,
  withKeys = false,
  onToggle,
}: {
  definitions: readonly QualifierDefinition[]
  said: Qualifiers
  withKeys?: boolean
  onToggle(qualifier: string, value: string): void
}) {
  const known = definitions.map(({ name, values }) => ({ name, values: withStray(values, said[name]) }))
  const strays = Object.entries(said)
    .filter(([name]) => !definitions.some((definition) => definition.name === name))
    .map(([name, value]) => ({ name, values: withStray([], value) }))
  return (
    <div className="qualifiers">
      {[...known, ...strays].map(({ name, values }) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of toggles inside a form-less pane
        <div key={name} className="qualifier" role="group" aria-label={name}>
          <span className="qualifier-name" aria-hidden="true">
            {name}
          </span>
          <span className="qualifier-values">
            {values.map((value) => (
              <Value
                key={value.name}
                name={value.name}
                keys={withKeys && value.key ? `Shift+${value.key.toUpperCase()}` : undefined}
                isStray={value.isStray}
                isOn={said[name] === value.name}
                onToggle={() => onToggle(name, value.name)}
              />
            ))}
          </span>
        </div>
      ))}
    </div>
  )
}

type Shown = { name: string; key: string | null; isStray: boolean }

function withStray(values: QualifierDefinition['values'], said: string | undefined): Shown[] {
  const shown = values.map(({ name, key }) => ({ name, key, isStray: false }))
  if (said === undefined || values.some(({ name }) => name === said)) return shown
  return [...shown, { name: said, key: null, isStray: true }]
}

function Value({
  name,
  keys,
  isStray,
  isOn,
  onToggle,
}: {
  name: string
  keys: string | undefined
  isStray: boolean
  isOn: boolean
  onToggle(): void
}) {
  const button = (
    <button
      type="button"
      className="qualifier-value"
      aria-pressed={isOn}
      aria-keyshortcuts={keys}
      onClick={onToggle}
    >
      {name}
      {keys && (
        <span className="qualifier-key" aria-hidden="true">
          {keys.at(-1)}
        </span>
      )}
    </button>
  )
  if (isStray) return <Tip words="No longer a value of the qualifiers; click to clear it">{button}</Tip>
  return keys ? (
    <Tip words={isOn ? `Clear “${name}”` : `Set “${name}”`} keys={keys}>
      {button}
    </Tip>
  ) : (
    button
  )
}
