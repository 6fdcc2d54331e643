/**
 * The rows of the notes table. Filtered and sorted lists are held here, one at a time, and not with the other
 * answers: sixty different sortings of 100,000 notes would fill the memory.
 */
import { useEffect, useRef, useState } from 'react'
import type { ArgsOf } from '../../shared/contract.ts'
import type { NoteRow } from '../../shared/model.ts'
import { asProblem, type Problem } from '../../shared/problem.ts'
import { useStore } from '../queries.ts'
import { client } from '../store.ts'
import type { AttributeName } from './note-view.ts'

type Args = ArgsOf<'notes.list'>
/** `columns` are the attributes whose values the rows carry, which may lag behind those asked for. */
export type NoteRows = { rows: readonly NoteRow[]; columns: readonly AttributeName[] }

const QUIET = 120
const LONGEST_WAIT = 8_000

/** The last of several quick changes. */
function useSettled<T>(value: T, key: string): { value: T; key: string } {
  const [settled, setSettled] = useState({ value, key })
  const latest = useRef(value)
  latest.current = value
  useEffect(() => {
    const timer = window.setTimeout(
      () => setSettled((before) => (before.key === key ? before : { value: latest.current, key })),
      QUIET,
    )
    return () => window.clearTimeout(timer)
  }, [key])
  return settled
}

const TOUCHING: ReadonlySet<string> = new Set(['notes', 'status', 'codings'])

/** Asks by itself and stays current; null asks for nothing. What is dear to fetch is fetched less often. */
export function useOwnRows(args: Args | null): {
  answer: NoteRows | null
  problem: Problem | null
} {
  const [state, setState] = useState<{ answer: NoteRows | null; problem: Problem | null }>({
    answer: null,
    problem: null,
  })
  const latest = useRef(args)
  latest.current = args
  const key = args === null ? null : JSON.stringify(args)
  useEffect(() => {
    if (key === null) {
      setState({ answer: null, problem: null })
      return
    }
    let isGone = false
    let timer: number | undefined
    let cost = 0
    const fetchRows = async () => {
      timer = undefined
      const args = latest.current
      if (args === null) return
      const start = performance.now()
      try {
        const rows = await client.call('notes.list', args)
        if (!isGone) setState({ answer: { rows, columns: args.columns ?? [] }, problem: null })
      } catch (error) {
        if (!isGone) setState((before) => ({ ...before, problem: asProblem(error) }))
      }
      cost = performance.now() - start
    }
    const stop = client.onChange((event) => {
      if (timer !== undefined || !event.topics.some((topic) => TOUCHING.has(topic))) return
      timer = window.setTimeout(() => void fetchRows(), Math.min(cost < 60 ? 0 : cost * 15, LONGEST_WAIT))
    })
    void fetchRows()
    return () => {
      isGone = true
      window.clearTimeout(timer)
      stop()
    }
  }, [key])
  return state
}

const isPlain = (args: Args) => Object.keys(args).length === 1
const NO_COLUMNS: readonly AttributeName[] = []

/** What is asked for, or, until it comes, what was shown before. Null before the first answer. */
export function useNoteRows(args: Args): { answer: NoteRows | null; problem: Problem | undefined } {
  const settled = useSettled(args, JSON.stringify(args)).value
  const plain = useStore('notes.list', isPlain(settled) ? settled : null)
  const own = useOwnRows(isPlain(settled) ? null : settled)
  const shown = useRef<NoteRows | null>(null)
  if (plain.data && plain.data !== shown.current?.rows)
    shown.current = { rows: plain.data, columns: NO_COLUMNS }
  else if (own.answer && !plain.data) shown.current = own.answer
  return { answer: shown.current, problem: plain.problem ?? own.problem ?? undefined }
}
