import { limitsWords, twoDecimals } from '../../shared/agreement-words.ts'

const WIDTH = 84
const HEIGHT = 16
const FROM = -0.2
const at = (value: number) => 4 + ((Math.max(FROM, Math.min(1, value)) - FROM) / (1 - FROM)) * (WIDTH - 8)

/** A dot with its 95 % limits on a scale from −0.2 to 1, with a line at 0 and at each of the marks. */
export function IntervalPlot({
  value,
  interval,
  marks,
}: {
  value: number
  interval: readonly [number, number] | undefined
  marks: readonly number[]
}) {
  const words = interval
    ? `${twoDecimals(value)}, 95 % interval ${limitsWords(interval)}`
    : twoDecimals(value)
  return (
    <svg className="interval" width={WIDTH} height={HEIGHT} role="img" aria-label={words}>
      <title>{words}</title>
      {[0, ...marks].map((mark) => (
        <line
          key={mark}
          className={mark === 0 ? 'interval-zero' : 'interval-mark'}
          x1={at(mark)}
          x2={at(mark)}
          y1={1}
          y2={HEIGHT - 1}
        />
      ))}
      {interval && (
        <line
          className="interval-line"
          x1={at(interval[0])}
          x2={at(interval[1])}
          y1={HEIGHT / 2}
          y2={HEIGHT / 2}
        />
      )}
      <circle className="interval-dot" cx={at(value)} cy={HEIGHT / 2} r={3.5} />
    </svg>
  )
}
