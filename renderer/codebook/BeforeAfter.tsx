import './before-after.css'

/** A text as it is beside what it would be, or as it was beside what it became. */
export function BeforeAfter({
  field,
  before,
  after,
}: {
  field?: string
  /** Null where there is nothing to hold it against. */
  before: { label: string; text: string } | null
  after: { label: string; text: string }
}) {
  const sides = before === null ? [after] : [before, after]
  return (
    <div className="before-after">
      {field !== undefined && <h3>{field}</h3>}
      <dl>
        {sides.map(({ label, text }) => (
          <div key={label}>
            <dt className={before === null ? 'visually-hidden' : undefined}>{label}</dt>
            <dd>{text || <em>empty</em>}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
