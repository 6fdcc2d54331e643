import './tick.css'

type TickState = 'none' | 'some' | 'all'

function Mark({ state }: { state: TickState }) {
  return (
    <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <rect x="0.75" y="0.75" width="12.5" height="12.5" rx="2.5" className="tick-box" />
      {state === 'all' && <path d="M3.6 7.3l2.4 2.4 4.4-5.1" className="tick-mark" />}
      {state === 'some' && <path d="M3.8 7h6.4" className="tick-mark" />}
    </svg>
  )
}

/** A box to tick in a row whose button has the keyboard, and a key for it. */
export function TickBox({
  label,
  state,
  onPress,
}: {
  label: string
  state: TickState
  onPress(isRange: boolean): void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a box of the browser does not say that some of its rows are ticked
    <button
      type="button"
      role="checkbox"
      aria-checked={state === 'some' ? 'mixed' : state === 'all'}
      aria-label={label}
      tabIndex={-1}
      className={`tick tick-button tick-${state}`}
      onClick={(event) => onPress(event.shiftKey)}
    >
      <Mark state={state} />
    </button>
  )
}

/** A box to tick with the mouse inside a list that has the keyboard itself; the list says what is chosen. */
export function Tick({ state, onPress }: { state: TickState; onPress(): void }) {
  return (
    <span
      className={`tick tick-${state}`}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation()
        onPress()
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Mark state={state} />
    </span>
  )
}
