import { Pencil } from 'lucide-react'
import { useRef, useState } from 'react'
import type { CodebookVersion } from '../../../shared/contract/codebook.ts'
import { commandFor, keyLabel } from '../../keys/own-keys.ts'
import { useStore } from '../../queries/use-store.ts'
import { coderId, save, say } from '../../state/session.ts'
import { store } from '../../store.ts'
import { Button, Tip } from '../../ui/Button.tsx'
import { counted, EmptyState } from '../../ui/Feedback.tsx'
import { Checkbox, InlineEdit, Segmented, Select } from '../../ui/Field.tsx'
import { Divider } from '../../ui/Split.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { Changes } from './Changes.tsx'
import { CodebookThen } from './CodebookThen.tsx'
import './versions.css'

const NONE: readonly CodebookVersion[] = []
const MOST = 500
const ROW = 48
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Every state of the codebook: who made it, when and how; what differs between any two; the codebook as it was. */
export function VersionsView() {
  const [isNamedOnly, setNamedOnly] = useState(false)
  const { data } = useStore('codebook.versions', { before: null, limit: MOST, namedOnly: isNamedOnly })
  const rows = data?.rows ?? NONE
  const [chosen, setChosen] = useState<number | null>(null)
  const [isNaming, setNaming] = useState(false)
  const [width, setWidth] = useState(420)
  const list = useRef<VirtualListHandle>(null)
  const at = Math.max(
    0,
    rows.findIndex(({ version }) => version === chosen),
  )
  const active = rows[at]
  const refocus = () => window.setTimeout(() => list.current?.focus())
  const name = ({ version }: CodebookVersion, words: string) => {
    setNaming(false)
    save(store.codebook.nameVersion({ coderId: coderId(), version, name: words }), () =>
      say(`Version ${version} is called “${words}”`),
    )
    refocus()
  }
  return (
    <div className="codebook">
      <section className="pane codebook-tree" aria-label="Versions" data-pane="versions" style={{ width }}>
        <div className="place-bar">
          <Checkbox label="Named versions only" checked={isNamedOnly} onChecked={setNamedOnly} />
          <span className="spacer" />
          <Tip words="A name to refer to, such as “v1.2 after calibration”" keys={keyLabel('treeRename')}>
            <Button
              size="small"
              kind="plain"
              icon={Pencil}
              disabled={!active}
              onClick={() => setNaming(true)}
            >
              Name this version
            </Button>
          </Tip>
        </div>
        {data && rows.length === 0 ? (
          <EmptyState>
            {isNamedOnly
              ? 'No version has a name yet. Name one when the team agrees on it.'
              : 'Every change of a code makes a version. There is none yet.'}
          </EmptyState>
        ) : (
          <VirtualList
            ref={list}
            label="Versions"
            count={rows.length}
            rowHeight={ROW}
            active={at}
            onActive={(index) => {
              setNaming(false)
              setChosen(rows[index]?.version ?? null)
            }}
            onKeyDown={(event) => {
              if (commandFor(event, 'tree') !== 'treeRename') return
              event.preventDefault()
              setNaming(true)
            }}
            keyOf={(index) => String(rows[index]?.version)}
            row={(index) => {
              const row = rows[index] as CodebookVersion
              return isNaming && index === at ? (
                <div className="version-row">
                  <InlineEdit
                    label={`Name of version ${row.version}`}
                    placeholder="v1.2 after calibration"
                    value={row.name ?? ''}
                    onSave={(words) => name(row, words)}
                    onCancel={() => {
                      setNaming(false)
                      refocus()
                    }}
                  />
                </div>
              ) : (
                <VersionRow row={row} isCurrent={row.version === data?.current} />
              )
            }}
          />
        )}
        <div className="place-foot">
          <span className="number">{counted(rows.length, 'version')}</span>
          {rows.length === MOST && <span>Only the latest are listed.</span>}
        </div>
      </section>
      <Divider
        label="Width of the list of versions"
        axis="x"
        of="before"
        size={width}
        min={280}
        max={720}
        onSize={setWidth}
      />
      <section className="pane version-pane" aria-label="What the version is" data-pane="entry">
        {active && <Version key={active.version} of={active} rows={rows} current={data?.current ?? 0} />}
      </section>
    </div>
  )
}

function VersionRow({ row, isCurrent }: { row: CodebookVersion; isCurrent: boolean }) {
  const { version, name, label, by, at } = row
  return (
    <div className="version-row">
      <span className="version-number number">{version}</span>
      <span className="version-words">
        <span className="version-name">
          {name ? <strong>{name}</strong> : <span className="version-label">{label}</span>}
          {isCurrent && <span className="tag">Now</span>}
        </span>
        <span className="version-facts">
          {by} · {moment.format(new Date(at))}
          {name && ` · ${label}`}
        </span>
      </span>
    </div>
  )
}

const titleOf = ({ version, name }: CodebookVersion) =>
  name ? `Version ${version}, ${name}` : `Version ${version}`

type Shown = 'changes' | 'then'
const SHOWN: readonly { value: Shown; label: string }[] = [
  { value: 'changes', label: 'What changed' },
  { value: 'then', label: 'The codebook then' },
]

function Version({
  of,
  rows,
  current,
}: {
  of: CodebookVersion
  rows: readonly CodebookVersion[]
  current: number
}) {
  const [shown, setShown] = useState<Shown>('changes')
  const [other, setOther] = useState(String(of.version - 1))
  const others = [
    { value: String(of.version - 1), label: 'The one before' },
    ...(of.version < current ? [{ value: String(current), label: 'The codebook now' }] : []),
    ...rows
      .filter(({ version }) => ![of.version, of.version - 1, current].includes(version))
      .map((row) => ({ value: String(row.version), label: titleOf(row) })),
  ]
  const [from, to] = [Number(other), of.version].sort((a, b) => a - b) as [number, number]
  return (
    <>
      <div className="version-head">
        <h2>{titleOf(of)}</h2>
        <span className="spacer" />
        <Segmented label="Show" value={shown} options={SHOWN} onValue={(value) => setShown(value)} />
      </div>
      {shown === 'changes' ? (
        <>
          <div className="version-compare">
            <Select label="Compared with" value={other} options={others} onValue={setOther} />
            <p>
              From version {from} to version {to}:
            </p>
          </div>
          <Changes from={from} to={to} />
        </>
      ) : (
        <CodebookThen version={of.version} />
      )}
    </>
  )
}
