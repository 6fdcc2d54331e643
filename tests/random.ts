/**
 * How many random data sets a test tries: enough to be worth something at every `npm test`, all of them in
 * `npm run soak -- random`, which sets UNDERSTORY_RANDOM to `all`.
 */
const ALL = process.env.UNDERSTORY_RANDOM === 'all'

/** A twentieth, but never fewer than fifty where there are more. */
export const someOf = (all: number): number => (ALL ? all : Math.min(all, Math.max(50, Math.ceil(all / 20))))

/** For what is dear one by one: how many or how large at every `npm test`, and in the soak. */
export const fewOf = (few: number, all: number): number => (ALL ? all : few)
