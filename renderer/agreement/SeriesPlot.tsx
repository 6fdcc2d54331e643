/** A figure step by step, with its intervals, on a scale from −0.2 to 1. The table under it says the same in words. */
export type Point = {
  key: string
  label: string
  value: number | null
  interval: readonly [number, number] | null
}

const HEIGHT = 220
const LEFT = 36
const BOTTOM = 24
const FROM = -0.2
const WIDEST_STEP = 120
const WIDTH = 880

const y = (value: number) =>
  8 + (1 - (Math.max(FROM, Math.min(1, value)) - FROM) / (1 - FROM)) * (HEIGHT - BOTTOM - 16)

export function SeriesPlot({ points, marks }: { points: readonly Point[]; marks: readonly number[] }) {
  const step = Math.min(WIDEST_STEP, (WIDTH - LEFT) / points.length)
  const x = (at: number) => LEFT + step * (at + 0.5)
  const width = LEFT + step * points.length
  const drawn = points.flatMap(({ value }, at) => (value === null ? [] : [{ at, value }]))
  // Labels that would run into one another are left out; the table has them all.
  const every = Math.max(1, Math.ceil(76 / step))
  return (
    <svg
      className="series"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      aria-hidden="true"
    >
      {[0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => (
        <g key={value}>
          <line className="series-grid" x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
          <text className="series-words" x={LEFT - 8} y={y(value) + 4} textAnchor="end">
            {value.toFixed(1)}
          </text>
        </g>
      ))}
      {marks.map((mark) => (
        <line key={mark} className="series-mark" x1={LEFT} x2={width} y1={y(mark)} y2={y(mark)} />
      ))}
      <polyline
        className="series-line"
        points={drawn.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')}
      />
      {points.map(({ key, label, value, interval }, at) => (
        <g key={key}>
          {interval && (
            <line className="interval-line" x1={x(at)} x2={x(at)} y1={y(interval[0])} y2={y(interval[1])} />
          )}
          {value !== null && <circle className="interval-dot" cx={x(at)} cy={y(value)} r={4} />}
          {at % every === 0 && (
            <text className="series-words" x={x(at)} y={HEIGHT - 6} textAnchor="middle">
              {label.length > 16 ? `${label.slice(0, 15)}…` : label}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
