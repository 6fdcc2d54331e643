import type { ReactNode } from 'react'
import { Tip } from '../ui/Button.tsx'
import { IntervalPlot } from './IntervalPlot.tsx'

/** A figure as a word, with its interval as a small plot where it has one; undefined with its reason. */
export function FigureCell({
  value,
  reason,
  words,
  interval,
  marks,
  isPlotted,
}: {
  value: number | null
  reason: string | null
  words: string
  interval: readonly [number, number] | undefined
  marks: readonly number[]
  isPlotted: boolean
}): ReactNode {
  if (value === null) {
    const why = reason ?? 'No units to compare.'
    return (
      <Tip words={why} isDescription>
        <button type="button" className="cell-button undefined-figure" aria-label={`undefined: ${why}`}>
          undefined
        </button>
      </Tip>
    )
  }
  if (!isPlotted) return words
  return (
    <span className="figure">
      <IntervalPlot value={value} interval={interval} marks={marks} />
      <span>{words}</span>
    </span>
  )
}
