import { Check, Plus, X } from 'lucide-react'
import { Fragment, type Ref, useMemo, useRef, useState } from 'react'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { byIdOf, pathOf } from '../codes/codes.ts'
import { fuzzy } from '../fuzzy.ts'
import { announce } from '../state/session.ts'
import { Keys } from '../ui/Button.tsx'
import { formatCount } from '../ui/Feedback.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import { type PickItem, PickList } from '../ui/PickList.tsx'
import { Swatch } from '../ui/Swatch.tsx'

type Found = { code: CodeRow; path: string; score: number }

/** Folders and retired codes are among them: both lead to codings. */
function findAny(query: string, codes: readonly CodeRow[]): Found[] {
  const byId = byIdOf(codes)
  return codes
    .flatMap((code): Found[] => {
      const path = pathOf(code, byId)
      if (query.trim() === '') return [{ code, path, score: 0 }]
      const name = fuzzy(query, code.name)
      if (name) return [{ code, path, score: name.score + 100 }]
      const whole = fuzzy(query, `${path} ${code.name}`)
      return whole ? [{ code, path, score: whole.score }] : []
    })
    .sort((a, b) => b.score - a.score)
}

/** Some codes of a sentence: those chosen, each with a way out, and a button that offers the others. */
export function CodeChoice({
  codes,
  label,
  between,
  nothing,
  chosen,
  onChosen,
  addRef,
}: {
  codes: readonly CodeRow[]
  /** What they are chosen for, for the box and for screen readers. */
  label: string
  /** The word between two of them. */
  between: string
  /** What none stands for; nothing is said where it is left out. */
  nothing?: string
  chosen: readonly CodeId[]
  onChosen(ids: CodeId[]): void
  addRef?: Ref<HTMLButtonElement>
}) {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const host = useRef<HTMLSpanElement>(null)
  const byId = useMemo(() => byIdOf(codes), [codes])
  const remove = (id: CodeId) => {
    onChosen(chosen.filter((other) => other !== id))
    host.current?.querySelector<HTMLElement>('.code-add')?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would break the line of the sentence
    <span className="code-choice" ref={host} role="group" aria-label={label}>
      {chosen.length === 0 && nothing && <span className="code-nothing">{nothing}</span>}
      {chosen.map((id, index) => {
        const name = byId.get(id)?.name ?? 'a deleted code'
        return (
          <Fragment key={id}>
            {index > 0 && <span className="sentence-word">{between}</span>}
            <span className="code-chip">
              <Swatch colour={byId.get(id)?.colour ?? null} />
              <span className="code-chip-name">{name}</span>
              <button
                type="button"
                className="code-chip-out"
                aria-label={`Remove ${name}`}
                onClick={() => remove(id)}
              >
                <X size={12} aria-hidden="true" />
              </button>
            </span>
          </Fragment>
        )
      })}
      <button
        type="button"
        ref={addRef}
        className="code-add"
        aria-label={`${label}: add a code`}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Plus size={14} aria-hidden="true" />
        Code
      </button>
      {anchor && (
        <ChoiceBox
          codes={codes}
          label={label}
          anchor={anchor}
          chosen={chosen}
          onChosen={onChosen}
          onClose={() => setAnchor(null)}
        />
      )}
    </span>
  )
}

/** Of everybody's codings: the question may ask for any coder's. */
const countOf = ({ codings }: CodeRow): string => (codings > 0 ? `${formatCount(codings)} by all coders` : '')

/** Stays open so that several can be chosen; Esc or a press elsewhere closes it. */
function ChoiceBox({
  codes,
  label,
  anchor,
  chosen,
  onChosen,
  onClose,
}: {
  codes: readonly CodeRow[]
  label: string
  anchor: Anchor
  chosen: readonly CodeId[]
  onChosen(ids: CodeId[]): void
  onClose(): void
}) {
  const [query, setQuery] = useState('')
  const found = useMemo(() => findAny(query, codes).slice(0, 200), [query, codes])
  const toggle = ({ id, name }: CodeRow) => {
    const isIn = chosen.includes(id)
    onChosen(isIn ? chosen.filter((other) => other !== id) : [...chosen, id])
    announce(isIn ? `${name} removed` : `${name} added`)
    setQuery('')
  }
  const items: PickItem[] = found.map(({ code, path }) => ({
    id: code.id,
    group: '',
    name: [code.name, path, chosen.includes(code.id) ? ', chosen' : countOf(code)].filter(Boolean).join(' '),
    onPick: () => toggle(code),
    content: (
      <>
        <Swatch colour={code.colour} />
        <span className="pick-name">{code.name}</span> <span className="pick-path">{path}</span>
        <span className="spacer" />
        <span className="pick-count number">
          {' '}
          {chosen.includes(code.id) ? <Check size={14} aria-hidden="true" /> : countOf(code)}
        </span>
      </>
    ),
  }))
  return (
    <Floating anchor={anchor} width={420} label={label} onClose={onClose}>
      <PickList
        label={`${label}: code by name`}
        placeholder="Name of a code"
        query={query}
        onQuery={setQuery}
        items={items}
        empty="No code matches."
        foot={
          <>
            <span>
              <Keys combination="Enter" /> add or remove
            </span>
            <span>
              <Keys combination="Esc" /> done
            </span>
          </>
        }
      />
    </Floating>
  )
}
