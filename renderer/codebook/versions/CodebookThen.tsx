import { useState } from 'react'
import type { VersionedCode } from '../../../shared/contract/codebook.ts'
import { useStore } from '../../queries/use-store.ts'
import { EmptyState } from '../../ui/Feedback.tsx'
import { Swatch } from '../../ui/Swatch.tsx'
import { Tree } from '../../ui/Tree.tsx'

const NONE: VersionedCode[] = []

/** The codebook as it was in a version, to read. */
export function CodebookThen({ version }: { version: number }) {
  const { data } = useStore('codebook.at', { version })
  const codes = data ?? NONE
  const [chosen, setChosen] = useState<string | null>(null)
  const active = codes.find(({ id }) => id === chosen) ?? codes[0]
  if (data && codes.length === 0) return <EmptyState>The codebook was empty.</EmptyState>
  return (
    <div className="then">
      <div className="then-tree">
        <Tree
          label={`Codebook of version ${version}`}
          nodes={codes}
          activeId={active?.id ?? null}
          onActive={setChosen}
          row={({ node }) => (
            <>
              {node.colour && <Swatch colour={node.colour} />}
              <span className={node.isRetired ? 'codebook-name codebook-retired' : 'codebook-name'}>
                {node.name}
              </span>
              {node.isRetired && <span className="tag">Retired</span>}
            </>
          )}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <section className="then-code" aria-label="The entry then" tabIndex={0}>
        {active && <Entry code={active} />}
      </section>
    </div>
  )
}

function Entry({ code }: { code: VersionedCode }) {
  const written = Object.entries(code.fields).filter(([, text]) => text !== '')
  return (
    <>
      <h3>{code.name}</h3>
      {written.length === 0 && <p>Its entry was empty.</p>}
      <dl className="then-fields">
        {written.map(([field, text]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
