/** The code's own name first: it is what is looked for, and the last to be cut off. */
export function CodePath({ path }: { path: string }) {
  const parts = path.split(' > ')
  return (
    <span className="truncate" title={path}>
      {parts.at(-1)} <span className="zero">{parts.slice(0, -1).join(' › ')}</span>
    </span>
  )
}
