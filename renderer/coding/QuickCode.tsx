import { useMemo, useState } from 'react'
import type { CodeRow } from '../../shared/model.ts'
import { fuzzy } from '../fuzzy.ts'
import { noteHandle } from '../note/handle.ts'
import { applyCode, selectedRange, useCoding } from '../state/coding.ts'
import { coderId, saving } from '../state/session.ts'
import { store } from '../store.ts'
import { Keys } from '../ui/Button.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import { type PickItem, PickList } from '../ui/PickList.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { byIdOf, newColour, pathOf } from './codes.ts'

type Found = { code: CodeRow; path: string; score: number }

/** By name first, then by path, then by words of the definition. */
export function findCodes(query: string, codes: readonly CodeRow[], recent: readonly string[]): Found[] {
  const byId = byIdOf(codes)
  const usable = codes.filter((code) => !code.isFolder && !code.isRetired)
  if (query.trim() === '') {
    const order = (code: CodeRow) => (recent.includes(code.id) ? recent.indexOf(code.id) : 1_000)
    return usable
      .map((code) => ({ code, path: pathOf(code, byId), score: -order(code) }))
      .sort((a, b) => b.score - a.score)
  }
  const found: Found[] = []
  for (const code of usable) {
    const path = pathOf(code, byId)
    const name = fuzzy(query, code.name)
    const whole = name ? null : fuzzy(query, `${path} ${code.name}`)
    const words = query.toLowerCase().trim()
    const inDefinition = words.length > 2 && code.definition.toLowerCase().includes(words)
    if (name) found.push({ code, path, score: name.score + 100 })
    else if (whole) found.push({ code, path, score: whole.score + 40 })
    else if (inDefinition) found.push({ code, path, score: 0 })
  }
  return found.sort((a, b) => b.score - a.score)
}

export function QuickCode({ codes }: { codes: readonly CodeRow[] }) {
  const isOpen = useCoding((state) => state.isQuickCodeOpen)
  return isOpen ? <QuickCodeBox codes={codes} /> : null
}

function QuickCodeBox({ codes }: { codes: readonly CodeRow[] }) {
  const [anchor] = useState(
    () => noteHandle.current?.anchor() ?? { left: 200, right: 200, top: 120, bottom: 120 },
  )
  const isWholeNote = useCoding((state) => state.isWholeNote)
  const hasSelection = useCoding((state) => selectedRange(state) !== null)
  const close = () => {
    useCoding.setState({ isQuickCodeOpen: false })
    noteHandle.current?.focus()
  }
  const apply = (code: CodeRow) => {
    // A code without a selection means the note itself: nothing else could be meant.
    if (!hasSelection) useCoding.setState({ isWholeNote: true })
    close()
    void applyCode(code)
  }
  const target = isWholeNote || !hasSelection ? 'to the whole note' : 'to the selection'
  return (
    <CodePicker
      codes={codes}
      anchor={anchor}
      placeholder={`Apply a code ${target}`}
      onPick={apply}
      onClose={close}
    />
  )
}

/** A box to pick one code by name, or to make a new one in passing. */
export function CodePicker({
  codes,
  anchor,
  align = 'start',
  placeholder,
  onPick,
  onClose,
}: {
  codes: readonly CodeRow[]
  anchor: Anchor
  align?: 'start' | 'end'
  placeholder: string
  onPick(code: CodeRow): void
  onClose(): void
}) {
  const [query, setQuery] = useState('')
  const recent = useCoding((state) => state.recent)
  const create = async () => {
    const name = query.trim()
    if (name === '') return
    const { selection } = useCoding.getState()
    const made = await saving(
      store.codes.create({
        coderId: coderId(),
        id: crypto.randomUUID(),
        name,
        parentId: null,
        colour: newColour(codes),
      }),
    ).catch(() => null)
    if (!made) return
    useCoding.setState({ selection })
    onPick({ ...made, codings: 0, notes: 0 })
  }
  const found = useMemo(() => findCodes(query, codes, recent).slice(0, 60), [query, codes, recent])
  const items: PickItem[] = found.map(({ code, path }) => ({
    id: code.id,
    group: query.trim() === '' ? (recent.includes(code.id) ? 'Used last' : 'All codes') : '',
    name: path ? `${code.name} ${path}` : code.name,
    onPick: () => onPick(code),
    content: (
      <>
        <Swatch colour={code.colour} />
        <span className="pick-name">{code.name}</span> <span className="pick-path">{path}</span>
        {code.shortcut && <Keys combination={code.shortcut.toUpperCase()} />}
      </>
    ),
  }))
  return (
    <Floating anchor={anchor} align={align} width={420} label="Apply a code" onClose={onClose}>
      <PickList
        label="Apply a code by name"
        placeholder={placeholder}
        query={query}
        onQuery={setQuery}
        items={items}
        empty={query.trim() === '' ? 'No codes yet. Type a name.' : 'No code of this name.'}
        onModEnter={() => void create()}
        foot={
          <>
            <span>
              <Keys combination="Enter" /> apply
            </span>
            <span>
              <Keys combination="Ctrl+Enter" />{' '}
              {query.trim() === '' ? 'new code' : `new code “${query.trim()}”`}
            </span>
          </>
        }
      />
    </Floating>
  )
}
