/** What of each place comes back when the project is unlocked, for those that keep their state for themselves. */
import { useCodebook } from '../codebook/selection.ts'
import { useNoteView } from '../library/note-view.ts'
import { useMemoView } from '../memos/view.ts'
import { activeNow, resumeRetrieval, useRetrieval } from '../retrieval/retrieval.ts'
import { choiceNow, chooseInNext, runSearch, useSearch } from '../search/search.ts'
import { openNote, useCoding } from '../state/coding.ts'
import { keepView } from '../state/kept-view.ts'
import { beforeLeaving } from '../state/leaving.ts'
import { coderId, placesOf, useSession } from '../state/session.ts'
import { store } from '../store.ts'

function pick<T extends object, K extends keyof T>(state: T, ...names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, state[name]])) as Pick<T, K>
}

keepView(
  'session',
  () => pick(useSession.getState(), 'place', 'cameFrom', 'isHistoryOpen'),
  ({ place, ...others }) =>
    useSession.setState(({ project, place: asked }) => ({
      ...others,
      place: placesOf(project).includes(place) ? place : asked,
    })),
)

/** How far a note was read is otherwise kept once scrolling rests. */
beforeLeaving(async () => {
  const { noteId, note, readFrom } = useCoding.getState()
  if (noteId !== null && note)
    await store.reading.keep({ coderId: coderId(), noteId, position: readFrom }).catch(() => {})
  return true
})

const scroller = () => document.querySelector('.note-scroll')

keepView(
  'coding',
  () => ({
    ...pick(useCoding.getState(), 'noteId', 'selection', 'activeId', 'isWholeNote'),
    width: window.innerWidth,
    top: scroller()?.scrollTop ?? 0,
  }),
  ({ noteId, selection, activeId, isWholeNote, width, top }) => {
    if (noteId === null) return
    void openNote(noteId).then(() => {
      if (useCoding.getState().noteId !== noteId) return
      useCoding.setState({ selection, activeId, isWholeNote })
      // In another width its lines are others; then the first of them in sight is what was kept.
      if (width === window.innerWidth) requestAnimationFrame(() => scroller()?.scrollTo({ top }))
    })
  },
)

keepView(
  'notes',
  () => useNoteView.getState(),
  (kept) => useNoteView.setState(kept),
)
keepView(
  'memos',
  () => useMemoView.getState(),
  (kept) => useMemoView.setState(kept),
)

keepView(
  'codebook',
  () => {
    const { chosen, ...plain } = pick(
      useCodebook.getState(),
      'view',
      'activeId',
      'chosen',
      'pane',
      'order',
      'isRetiredShown',
    )
    return { ...plain, chosen: [...chosen] }
  },
  ({ chosen, ...plain }) => useCodebook.setState({ ...plain, chosen: new Set(chosen) }),
)

keepView(
  'search',
  () => {
    const { setup, unit } = useSearch.getState()
    const { active, chosen } = choiceNow()
    return { setup, unit, active, chosen: [...chosen] }
  },
  ({ setup, unit, active, chosen }) => {
    useSearch.setState({ setup, unit })
    chooseInNext({ active, chosen: new Set(chosen) })
    runSearch()
  },
)

keepView(
  'retrieval',
  () => {
    const { setup, groupBy, chosen, levels } = useRetrieval.getState()
    return { setup, groupBy, active: activeNow(), chosen: [...chosen], levels: [...levels] }
  },
  ({ chosen, levels, ...kept }) =>
    resumeRetrieval({ ...kept, chosen: new Set(chosen), levels: new Map(levels) }),
)
