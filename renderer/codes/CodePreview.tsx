import { useEffect, useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Segment } from '../../shared/contract/codings.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoder } from '../state/session.ts'
import { Swatch } from '../ui/Swatch.tsx'
import { MentionedWords } from './Mentions.tsx'
import './preview.css'

const EXAMPLES = 3
const LONGEST_SEGMENT = 180
/** Rest on a code, in ms, before its examples are fetched: going down the list asks for nothing. */
const REST = 140

/** What a code means, when to use it and when not, and how this coder has used it. */
export function CodePreview({ code, path }: { code: CodeRow; path: string }) {
  return (
    <div className="preview">
      <div className="preview-head">
        {!code.isFolder && <Swatch colour={code.colour} />}
        <div>
          <strong>{code.name}</strong>
          {path && <span className="preview-path">{path}</span>}
        </div>
      </div>
      <CodeWords code={code} />
      {!code.isFolder && <Examples code={code} />}
    </div>
  )
}

/** What a code means, when to use it and when not. */
export function CodeWords({ code }: { code: CodeRow }) {
  return (
    <>
      <Part of="" words={code.definition} ownId={code.id} />
      <Part of="Use when" words={code.useWhen} ownId={code.id} />
      <Part of="Do not use when" words={code.doNotUseWhen} ownId={code.id} />
      {!code.definition && !code.useWhen && !code.doNotUseWhen && (
        <p className="preview-none">No definition yet.</p>
      )}
    </>
  )
}

/** `ownId`: the code whose words they are; other codes named in them lead to their entries. */
function Part({ of, words, ownId }: { of: string; words: string; ownId?: string }) {
  if (words.trim() === '') return null
  return (
    <div className="preview-part">
      {of && <h4>{of}</h4>}
      <p>{ownId === undefined ? words : <MentionedWords words={words} ownId={ownId} />}</p>
    </div>
  )
}

function Examples({ code }: { code: CodeRow }) {
  const coder = useCoder()
  const [rested, setRested] = useState<string | null>(null)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(code.id), REST)
    return () => window.clearTimeout(timer)
  }, [code.id])
  const { data } = useStore(
    'codings.segments',
    rested === code.id
      ? {
          codeId: code.id,
          includeChildren: false,
          coderIds: [coder],
          attribute: null,
          offset: 0,
          limit: EXAMPLES,
        }
      : null,
  )
  if (!data) return null
  if (data.segments.length === 0) return <Part of="Example" words={code.example} />
  return (
    <div className="preview-part">
      <h4>
        You coded <span className="number">{data.total}</span>
      </h4>
      {data.segments.map((segment) => (
        <blockquote key={segment.codingId} className="preview-segment">
          {clip(segment)}
          <footer>{segment.noteTitle}</footer>
        </blockquote>
      ))}
    </div>
  )
}

function clip({ words: all, span }: Segment): string {
  if (span === null) return 'Whole note'
  const words = all.replace(/\s+/g, ' ')
  return words.length > LONGEST_SEGMENT ? `${words.slice(0, LONGEST_SEGMENT).trimEnd()}…` : words
}
