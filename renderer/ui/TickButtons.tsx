import { Button } from './Button.tsx'

/** Ticks everything in a list, or nothing. `keys` are those that do the same. */
export function TickButtons({
  ticked,
  keys,
  onAll,
  onNone,
}: {
  /** How many are. */
  ticked: number
  keys: { all: string; none: string }
  onAll(): void
  onNone(): void
}) {
  return (
    <>
      <Button size="small" kind="plain" title={keys.all} onClick={onAll}>
        Tick all
      </Button>
      <Button size="small" kind="plain" title={keys.none} disabled={ticked === 0} onClick={onNone}>
        Tick none
      </Button>
    </>
  )
}
