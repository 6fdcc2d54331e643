import { Check } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { fuzzy } from '../fuzzy.ts'
import { newId } from '../ids.ts'
import { useCoding } from '../state/coding.ts'
import { useRecentCodes } from '../state/recent-codes.ts'
import { announce, coderId, saving } from '../state/session.ts'
import { store } from '../store.ts'
import { Keys } from '../ui/Button.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import { type PickItem, PickList } from '../ui/PickList.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { CodePreview } from './CodePreview.tsx'
import { byIdOf, newColour, pathOf } from './codes.ts'

type Found = { code: CodeRow; path: string; score: number }

/** By name first, then by path, then by words of the definition; names in which letters are merely scattered last. */
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
    else if (inDefinition) found.push({ code, path, score: 20 })
  }
  return found.sort((a, b) => b.score - a.score)
}

/** Why nothing is offered, and what can be done: what is meant may be there and not to be had. */
export function nothingFound(query: string, codes: readonly CodeRow[]): string {
  const meant = codes.find(
    ({ name, isFolder, isRetired }) => (isFolder || isRetired) && fuzzy(query, name)?.isLiteral,
  )
  if (meant?.isFolder) return `“${meant.name}” is a folder: type the name of a code in it.`
  if (meant) return `“${meant.name}” is retired. Restore it in the codebook to use it again.`
  return `No code has “${query}” in its name, path or definition. Ctrl+Enter makes a new code with this name.`
}

type PickerProps = {
  codes: readonly CodeRow[]
  anchor: Anchor
  align?: 'start' | 'end'
  label?: string
  /** What Enter does, as the foot of the box says it. */
  verb?: string
  placeholder: string
  /** What may not be meant. It is read first: Enter alone takes nothing then. */
  warning?: string
  onPick(code: CodeRow): void
  /** Where several codes can be taken at once: those that were ticked, with the one that was picked. */
  onPickMany?(codes: readonly CodeRow[]): void
  /** Makes a code of the name and does with it what is meant, in one step; without it that is two. */
  onNew?(name: string): void
  onClose(): void
}

/** A box to pick one code by name (or several), or to make a new one in passing; beside it what the code means. */
export function CodePicker(props: PickerProps) {
  const { codes, anchor, align = 'start', label = 'Apply a code', placeholder, warning, onClose } = props
  const [query, setQuery] = useState('')
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [activeId, setActiveId] = useState<string | null>(null)
  const recent = useRecentCodes((state) => state.newest)
  const byId = useMemo(() => byIdOf(codes), [codes])
  const pick = (code: CodeRow) => {
    const others = ticked.filter((id) => id !== code.id).flatMap((id) => byId.get(id) ?? [])
    if (props.onPickMany && others.length > 0) props.onPickMany([...others, code])
    else props.onPick(code)
  }
  const tick = (code: CodeRow) => {
    const isTicked = ticked.includes(code.id)
    setTicked(isTicked ? ticked.filter((id) => id !== code.id) : [...ticked, code.id])
    setQuery('')
    announce(isTicked ? `${code.name} unticked` : `${code.name} ticked. Enter applies`)
  }
  const create = async () => {
    const name = query.trim()
    if (name !== '' && props.onNew && ticked.length === 0) return props.onNew(name)
    const made = await createCode(name, codes)
    if (made) pick(made)
  }
  const found = useMemo(() => findCodes(query, codes, recent).slice(0, 60), [query, codes, recent])
  const isFree = query.trim() === ''
  const ordered = isFree ? tickedFirst(found, ticked, byId) : found
  const items = ordered.map(({ code, path }): PickItem => {
    const isTicked = ticked.includes(code.id)
    return {
      id: code.id,
      group: !isFree ? '' : isTicked ? 'Ticked' : recent.includes(code.id) ? 'Used last' : 'All codes',
      name: path ? `${code.name} ${path}` : code.name,
      onPick: () => pick(code),
      ...(props.onPickMany ? { isTicked, onTick: () => tick(code) } : {}),
      content: <PickRow code={code} path={path} onTick={props.onPickMany ? () => tick(code) : undefined} />,
    }
  })
  const shown = activeId === null ? undefined : byId.get(activeId)
  return (
    <Floating anchor={anchor} align={align} label={label} onClose={onClose}>
      <div className="picker">
        <PickList
          label={`${label} by name`}
          placeholder={placeholder}
          query={query}
          onQuery={setQuery}
          items={items}
          empty={isFree ? 'No codes yet. Type a name.' : nothingFound(query.trim(), codes)}
          {...(warning ? { head: warning, isNothingFirst: ticked.length === 0 } : {})}
          onModEnter={() => void create()}
          onActive={setActiveId}
          foot={<PickerFoot {...props} query={query.trim()} ticked={ticked.length} />}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
        <aside className="picker-aside" aria-label="Definition of the code" tabIndex={0}>
          {shown && <CodePreview code={shown} path={pathOf(shown, byId)} />}
        </aside>
      </div>
    </Floating>
  )
}

/** What was chosen stands on top while nothing is typed, also when it is not among those found. */
function tickedFirst(
  found: readonly Found[],
  ticked: readonly string[],
  byId: ReadonlyMap<string, CodeRow>,
): readonly Found[] {
  const chosen = ticked.flatMap((id): Found[] => {
    const code = byId.get(id)
    return code ? [{ code, path: pathOf(code, byId), score: 0 }] : []
  })
  return [...chosen, ...found.filter(({ code }) => !ticked.includes(code.id))]
}

async function createCode(name: string, codes: readonly CodeRow[]): Promise<CodeRow | null> {
  if (name === '') return null
  const { selection } = useCoding.getState()
  const made = await saving(
    store.codes.create({
      coderId: coderId(),
      id: newId(),
      name,
      parentId: null,
      colour: newColour(codes, null),
    }),
  ).catch(() => null)
  if (!made) return null
  useCoding.setState({ selection })
  return { ...made, codings: 0, notes: 0 }
}

function PickRow({ code, path, onTick }: { code: CodeRow; path: string; onTick: (() => void) | undefined }) {
  return (
    <>
      {onTick && (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the box has Shift+Enter
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <span
          className="pick-tick"
          onClick={(event) => {
            event.stopPropagation()
            onTick()
          }}
        >
          <Check size={11} strokeWidth={3} aria-hidden="true" />
        </span>
      )}
      <Swatch colour={code.colour} />
      <span className="pick-name">{code.name}</span> <span className="pick-path">{path}</span>
      {code.shortcut && <Keys combination={code.shortcut.toUpperCase()} />}
    </>
  )
}

function PickerFoot({
  query,
  ticked,
  verb = 'apply',
  onPickMany,
}: Pick<PickerProps, 'verb' | 'onPickMany'> & { query: string; ticked: number }) {
  return (
    <>
      <span>
        <Keys combination="Enter" /> {verb}
        {ticked > 0 && ` with ${ticked} more`}
      </span>
      {onPickMany && (
        <span>
          <Keys combination="Shift+Enter" /> add
        </span>
      )}
      <span className="picker-new">
        <Keys combination="Ctrl+Enter" /> {query === '' ? 'new code' : `new “${query}”`}
      </span>
    </>
  )
}
