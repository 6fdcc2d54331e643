import type { LucideIcon } from 'lucide-react'
import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import './button.css'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'>

export type ButtonProps = Native & {
  kind?: 'primary' | 'secondary' | 'plain' | 'danger'
  size?: 'small' | 'normal' | 'large'
  icon?: LucideIcon
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({ kind = 'secondary', size = 'normal', icon: Icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={`button button-${kind} button-${size}`}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
      <span className="button-words">{children}</span>
    </button>
  )
}

export type IconButtonProps = Native & {
  icon: LucideIcon
  /** What it does; shown on hover and focus, read out always. */
  label: string
  keys?: string
  isPressed?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ icon: Icon, label, keys, isPressed, ...rest }: IconButtonProps) {
  return (
    <Tip words={label} keys={keys}>
      <button type="button" aria-label={label} aria-pressed={isPressed} {...rest} className="icon-button">
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </Tip>
  )
}

/** Words beside a control while the pointer rests on it or it has the keyboard. */
export function Tip({
  words,
  keys,
  isDescription = false,
  isAtOnce = false,
  children,
}: {
  words: ReactNode
  keys?: string | undefined
  /** True where the words say more than the name of what they stand on. */
  isDescription?: boolean
  /** True where the words are needed to tell what the control is: no rest is waited for. */
  isAtOnce?: boolean
  children: ReactNode
}) {
  const host = useRef<HTMLSpanElement>(null)
  const timer = useRef(0)
  const [place, setPlace] = useState<{ left: number; top: number; isAbove: boolean } | null>(null)
  const id = useId()
  const show = () => {
    const box = host.current?.firstElementChild?.getBoundingClientRect()
    if (!box) return
    const isAbove = box.bottom > window.innerHeight - 60
    // Half of what the words can be wide, so that they stay inside the window.
    const half = typeof words === 'string' && words.length < 32 ? 120 : 176
    const left = Math.min(Math.max(box.left + box.width / 2, half), window.innerWidth - half)
    setPlace({ left, top: isAbove ? box.top - 6 : box.bottom + 6, isAbove })
  }
  const hide = () => {
    window.clearTimeout(timer.current)
    setPlace(null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what its child receives
    <span
      className="tip-host"
      ref={host}
      onPointerEnter={() => {
        timer.current = window.setTimeout(show, isAtOnce ? 0 : 450)
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(':focus-visible') && show()}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
      aria-describedby={isDescription && place ? id : undefined}
    >
      {children}
      {place &&
        createPortal(
          <span
            id={id}
            role="tooltip"
            className={place.isAbove ? 'tip tip-above' : 'tip'}
            style={{ left: place.left, top: place.top }}
          >
            {words}
            {keys && <Keys combination={keys} />}
          </span>,
          document.body,
        )}
    </span>
  )
}

/** Keys as they are written on the keyboard; nothing where there are none. */
export function Keys({ combination }: { combination: string }) {
  if (combination === '') return null
  // The last of them may be the plus key itself.
  const parts = combination.split(/\+(?=.)/)
  return (
    <span className="keys" aria-hidden="true">
      {parts.map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  )
}
