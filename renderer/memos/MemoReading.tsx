import { createElement, type ReactNode } from 'react'
import type { MemoBlock, MemoDocument, MemoRun } from '../../shared/memo.ts'
import { openSubject } from './navigate.ts'

/** A memo that is another coder's to change: to be read, with links that lead on. */
export function MemoReading({ body, label }: { body: MemoDocument; label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a piece of reading among others, not an article of its own
    <div className="memo-text memo-text-read" role="group" aria-label={label}>
      {body.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name, and nothing moves while it is read
        <Block key={index} block={block} />
      ))}
    </div>
  )
}

const TAGS = { paragraph: 'p', heading: 'h2', quote: 'blockquote', bullets: 'ul', numbers: 'ol' } as const

function Block({ block }: { block: MemoBlock }) {
  if ('runs' in block) return createElement(TAGS[block.kind], null, ...block.runs.map(runOf))
  return createElement(
    TAGS[block.kind],
    null,
    ...block.items.map((runs) => createElement('li', null, ...runs.map(runOf))),
  )
}

function runOf(run: MemoRun): ReactNode {
  const { link } = run
  const classes = [run.bold && 'memo-bold', run.italic && 'memo-italic', run.underline && 'memo-underline']
    .filter(Boolean)
    .join(' ')
  if (!link) return <span className={classes}>{run.text}</span>
  return (
    <button type="button" className={`memo-link text-link ${classes}`} onClick={() => openSubject(link)}>
      {run.text}
    </button>
  )
}
