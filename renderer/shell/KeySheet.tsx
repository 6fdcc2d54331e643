import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { COMMAND_IDS, COMMANDS, keyParts } from '../keys.ts'
import { useSession } from '../state/session.ts'
import { IconButton } from '../ui/Button.tsx'

const GROUPS = [
  'Coding',
  'Reading caret',
  'Everywhere',
  'Notes',
  'Search',
  'Identifiers',
  'Codebook',
] as const

/** All keys on one sheet; Esc puts it away. */
export function KeySheet() {
  const sheet = useRef<HTMLElement>(null)
  const close = () => useSession.setState({ panel: 'none' })
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    sheet.current?.focus()
    return () => before?.focus()
  }, [])
  return (
    <aside
      ref={sheet}
      className="sheet"
      role="dialog"
      aria-label="Keys"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <div className="sheet-head">
        <h2>Keys</h2>
        <IconButton icon={X} label="Close" keys="Esc" onClick={close} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="sheet-columns" tabIndex={0}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => (
                <div key={id} className="sheet-row">
                  <dt>{COMMANDS[id].label}</dt>
                  <dd>
                    {COMMANDS[id].keys.map((keys) => (
                      <span key={keys} className="keys">
                        {keyParts(keys).map((part) => (
                          <kbd key={part}>{part}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </aside>
  )
}
