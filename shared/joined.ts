/** Groups of named things as one. */

type Joined<G extends readonly object[]> = G extends readonly [
  infer First,
  ...infer Others extends readonly object[],
]
  ? First & Joined<Others>
  : unknown

/** All of them together. @throws Error for a name that two of them have: neither may take the other's place unseen */
export function joined<G extends readonly object[]>(...groups: G): Joined<G> {
  const names = groups.flatMap((group) => Object.keys(group))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`There are two of ${twice}.`)
  return Object.assign({}, ...groups) as Joined<G>
}
