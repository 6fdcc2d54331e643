/** What is compared and how it is looked at, kept while the person looks at a segment in a note and comes back. */
import { useEffect, useRef, useState } from 'react'
import type { Measure } from '../../shared/agreement-definitions.ts'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import type { Topic } from '../../shared/contract/events.ts'
import { cancelJobs } from '../queries/use-job.ts'
import { useStore } from '../queries/use-store.ts'
import { keepView } from '../state/kept-view.ts'
import { useCoder, useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import { useAskedView, type View } from './asked-view.ts'
import type { Lines } from './figures.ts'
import type { Asked } from './SegmentsPane.tsx'
import { FIRST_SETUP, type Setup } from './setup.ts'

/** What stands beside the table. */
export type Beside =
  | { kind: 'reading'; codeId: CodeId }
  /** `readingOf`: the code whose reading the segments were opened from, to go back to. */
  | { kind: 'segments'; asked: Asked; readingOf: CodeId | null }
  | { kind: 'definition'; measure: Measure }

/** A setup that was computed; `run` counts the times, so that the same may be computed anew. */
export type Computed = { setup: Setup; run: number }

type Kept = {
  project: string
  /** For whose eyes it was computed: a blind round keeps other things from the next. */
  coder: CoderId
  setup: Setup
  computed: Computed | null
  /** What became another since it was computed, and when (ms). */
  old: { why: 'project' | 'setting'; at: number } | null
  view: View
  beside: Beside | null
  lines: Lines
}
let kept: Kept | null = null
let runs = 0

const nowOld = (why: 'project' | 'setting') => ({ why, at: Date.now() })
const aged = (before: Kept): Kept => (before.computed ? { ...before, old: nowOld('project') } : before)
/** What a blind round may keep by now is not shown from before it did. */
const forgotten = (before: Kept): Kept => ({ ...before, computed: null, old: null, beside: null })

/** Of the place while it is on screen. */
let onChanged: (change: (before: Kept) => Kept) => void = () => {}
function change(how: (before: Kept) => Kept): void {
  kept = kept && how(kept)
  onChanged(how)
}

const COUNTED: readonly Topic[] = ['codings', 'status', 'codes', 'rounds']
client.onChange(({ topics }) => {
  if (!topics.some((topic) => COUNTED.includes(topic))) return
  change(aged)
  // A round that begins, or a note that is open again, may keep from whoever looks what they have been shown.
  if (topics.includes('rounds') || topics.includes('status')) void forgetWhatIsBlind()
})

async function forgetWhatIsBlind(): Promise<void> {
  const rounds = await store.rounds.list({}).catch(() => null)
  if (rounds === null || rounds.some(({ isBlind }) => isBlind)) change(forgotten)
}

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') kept = null
})
keepView<Kept | null>(
  'agreement',
  () => kept,
  (before) => {
    kept = before
  },
)

const firstOf = (coderIds: readonly CoderId[], project: string, coder: CoderId): Kept => ({
  project,
  coder,
  setup: { ...FIRST_SETUP, coderIds: coderIds.slice(0, 2) },
  computed: null,
  old: null,
  view: 'codes',
  beside: null,
  lines: 'none',
})

/** What somebody else had computed is asked for anew. */
const seenBy = (coder: CoderId, before: Kept): Kept =>
  before.coder === coder ? before : { ...before, coder, computed: null, old: null, beside: null }

/** The setting, and the way the results are looked at. */
export function useAgreement() {
  const project = useSession((state) => state.project)
  const coder = useCoder()
  const [stored, setNow] = useState<Kept>(() =>
    kept && kept.project === project?.id
      ? kept
      : firstOf(
          (project?.coders ?? []).filter(({ layer }) => layer === 'own').map(({ id }) => id),
          project?.id ?? '',
          coder,
        ),
  )
  const now = seenBy(coder, stored)
  const set = (changes: Partial<Kept>) => setNow((before) => ({ ...seenBy(coder, before), ...changes }))
  const opener = useRef<Element | null>(null)
  const asked = useAskedView((state) => state.asked)
  useEffect(() => {
    if (asked === null) return
    setNow((before) => ({ ...before, view: asked, beside: null }))
    useAskedView.setState({ asked: null })
  }, [asked])
  useEffect(() => {
    kept = now
  }, [now])
  useEffect(() => {
    onChanged = setNow
    return () => {
      onChanged = () => {}
    }
  }, [])
  const { setup, beside } = now
  const { data: rounds } = useStore('rounds.list', project ? {} : null)
  const isRoundGone =
    rounds !== undefined && setup.roundId !== null && !rounds.some(({ id }) => id === setup.roundId)
  useEffect(() => {
    if (!isRoundGone) return
    setNow((before) => ({ ...before, setup: { ...before.setup, roundId: null }, old: nowOld('setting') }))
  }, [isRoundGone])
  const compute = (next: Setup = setup, view: View = now.view) => {
    runs++
    cancelJobs()
    set({ setup: next, computed: { setup: next, run: runs }, old: null, beside: null, view })
  }
  /** What opened it gets the keyboard back when it is closed. */
  const open = (next: Beside) => {
    if (!document.activeElement?.closest('aside')) opener.current = document.activeElement
    set({ beside: next })
  }
  const close = () => {
    if (beside?.kind === 'segments' && beside.readingOf !== null) {
      set({ beside: { kind: 'reading', codeId: beside.readingOf } })
      return
    }
    set({ beside: null })
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  return {
    ...now,
    project: project?.id ?? '',
    change: (changes: Partial<Setup>) =>
      set({ setup: { ...setup, ...changes }, old: now.computed && nowOld('setting'), beside: null }),
    compute,
    show: (view: View) => set({ view, beside: null }),
    setLines: (lines: Lines) => set({ lines }),
    open,
    close,
  }
}
