import './tick.css'

/** A box to tick with the mouse inside a list that has the keyboard itself; the list says what is chosen. */
export function Tick({ state, onPress }: { state: 'none' | 'some' | 'all'; onPress(): void }) {
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
      <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
        <rect x="0.75" y="0.75" width="12.5" height="12.5" rx="2.5" className="tick-box" />
        {state === 'all' && <path d="M3.6 7.3l2.4 2.4 4.4-5.1" className="tick-mark" />}
        {state === 'some' && <path d="M3.8 7h6.4" className="tick-mark" />}
      </svg>
    </span>
  )
}
