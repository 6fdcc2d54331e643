/**
 * A name as it is given, or, where another computer has given it to something else by now, the first free of "Ben (2)",
 * "Ben (3)" …
 */
export function freeName(name: string, isTaken: (candidate: string) => boolean): string {
  let candidate = name
  for (let other = 2; isTaken(candidate); other++) candidate = `${name} (${other})`
  return candidate
}
