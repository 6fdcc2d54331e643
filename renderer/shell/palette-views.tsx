/** Views inside a place, by name: whoever looks for "qualifiers" need not know that they are in the codebook. */
import { askForView, type View } from '../agreement/asked-view.ts'
import { closeImport } from '../codebook/files/importing.ts'
import { choose, type Shown } from '../codebook/overview/choices.ts'
import { type CodebookView, showPane, showView } from '../codebook/selection.ts'
import { useReview } from '../identifiers/review.ts'
import { setView } from '../library/note-view.ts'
import { useMemoView } from '../memos/view.ts'
import { groupSegments } from '../retrieval/retrieval.ts'
import { goTo, PLACE_NAMES, type Place, placesOf, useSession } from '../state/session.ts'
import type { PickItem } from '../ui/PickList.tsx'
import { best, closePalette, Named } from './palette-items.tsx'

type Inside = {
  place: Place
  name: string
  /** Further words it is found by. */
  also?: string
  show(): void
}

/** An import that is looked at covers the views of the codebook; it is put away for one of them, as their tabs do. */
const inCodebook = (name: string, open: () => void, also = ''): Inside => ({
  place: 'codebook',
  name,
  also,
  show: () => {
    closeImport()
    open()
  },
})
const codebook = (view: CodebookView) => () => showView(view)
const overview = (shown: Shown) => () => {
  choose({ shown })
  showView('overview')
}
const agreement = (name: string, view: View, also = ''): Inside => ({
  place: 'agreement',
  name,
  show: () => askForView(view),
  also,
})

const VIEWS: readonly Inside[] = [
  {
    place: 'notes',
    name: 'Attributes of notes and cases',
    show: () => setView({ side: { kind: 'attributes', attribute: null } }),
  },
  {
    place: 'identifiers',
    name: 'Words and masks',
    also: 'never report always report lists',
    show: () => useReview.setState({ tab: 'words', asked: null }),
  },
  inCodebook('Qualifiers', () => showPane('qualifiers')),
  inCodebook('Overview: use of codes', overview('use'), 'unused over-broad'),
  inCodebook('Overview: codes that co-occur', overview('together'), 'co-occurrence'),
  inCodebook('Overview: codes confused between coders', overview('confused')),
  inCodebook('Versions', codebook('versions')),
  inCodebook('Recheck', codebook('recheck')),
  inCodebook('Proposals', codebook('proposals')),
  {
    place: 'memos',
    name: 'Memos on cases',
    show: () => useMemoView.setState({ kind: 'case' }),
  },
  { place: 'retrieval', name: 'Segments by case', also: 'cases', show: () => groupSegments('case') },
  agreement('By code', 'codes'),
  agreement('Free spans', 'spans', 'unitizing'),
  agreement('Confused codes', 'confused'),
  agreement('Pairs of coders', 'pairs'),
  agreement('Over time', 'series', 'week month'),
  agreement('Rounds', 'rounds', 'double coding blind draw a round'),
]

const MOST = 6

/** Only while something is typed: places come first. */
export function useViewItems(query: string): PickItem[] {
  const project = useSession((state) => state.project)
  if (query === '') return []
  const places = placesOf(project)
  const offered = VIEWS.filter(({ place }) => places.includes(place))
  return best(
    query,
    offered,
    (view) => `${view.name} ${PLACE_NAMES[view.place]} ${view.also ?? ''}`,
    MOST,
  ).map(({ place, name, show }) => ({
    id: `view-${place}-${name}`,
    group: 'Views',
    name,
    isSaidByContent: true,
    onPick: () => {
      closePalette()
      show()
      goTo(place)
    },
    content: <Named icon={null} name={name} more={PLACE_NAMES[place]} />,
  }))
}
