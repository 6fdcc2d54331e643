/** Nothing confirmed is lost without a word: kills, damage, full disks, and files that are taken away or put in place. */
import { damages } from './faults/damage.ts'
import { fullDisks } from './faults/full-disk.ts'
import { kills } from './faults/kills.ts'
import { places } from './faults/places.ts'
import { asSoak, isShort, seed } from './soak.ts'

const MUCH = { kills: 200, flips: 200, cuts: 100, disks: 40, places: 3 }
const LITTLE = { kills: 3, flips: 2, cuts: 2, disks: 1, places: 1 }
/** UNDERSTORY_FAULTS=kills,damage runs only these. */
const wanted = process.env.UNDERSTORY_FAULTS?.split(',') ?? ['kills', 'damage', 'disks', 'places']

await asSoak('faults', async (folder) => {
  const counts = isShort ? LITTLE : MUCH
  if (wanted.includes('kills')) await kills(folder, counts.kills, seed)
  if (wanted.includes('damage')) await damages(folder, counts, seed + 1)
  if (wanted.includes('disks')) await fullDisks(folder, counts.disks, seed + 2)
  if (wanted.includes('places')) await places(folder, counts.places, seed + 3, isShort ? 3 : Infinity)
})
