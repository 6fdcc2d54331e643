/** What is made when it is first needed, and kept: a start then waits for nothing that it does not show. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly it: T } | null = null
  return () => {
    made ??= { it: make() }
    return made.it
  }
}
