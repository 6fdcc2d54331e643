/**
 * How many random data sets a test tries: enough to be worth something at every `npm test`, all of them in
 * `npm run soak -- random`, which sets UNDERSTORY_RANDOM to `all`.
 */
const ALL = process.env.UNDERSTORY_RANDOM === 'all'

/** A tenth, but never fewer than a hundred where there are more. */
export const someOf = (all: number): number => (ALL ? all : Math.min(all, Math.max(100, Math.ceil(all / 10))))
