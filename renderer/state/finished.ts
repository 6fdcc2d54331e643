/** Notes that were marked finished take a code only after a question, or as the project says. */
import { create } from 'zustand'
import type { NoteId } from '../../shared/contract/basics.ts'
import type { FinishedRule } from '../../shared/contract/notes.ts'
import { peekRow } from '../queries/note-rows.ts'
import { store } from '../store.ts'
import { useCoding } from './on-screen.ts'
import { announce, coderId, save, useSession } from './session.ts'

export type FinishedAnswer = 'reopen' | 'code' | 'leave'

type Question = {
  words: string
  /** Whether what is in finished notes can be left out of what is to be coded. */
  canLeave: boolean
  run(answer: FinishedAnswer): void
}

/** What waits for an answer, on the screen of the place it was asked in. */
export const useFinished = create<{ question: Question | null }>(() => ({ question: null }))

export const finishedRule = (): FinishedRule => useSession.getState().project?.finishedRule ?? 'ask'

/** The note that was coded though it stays finished: nobody is asked again for it until they go to another note. */
let codedAnyway: string | null = null

/** What is to be done before a code goes on a note: nothing, reopen it, or ask. */
export function beforeCoding(noteId: NoteId): 'nothing' | 'reopen' | 'ask' {
  if (peekRow(coderId(), noteId)?.status !== 'finished' || codedAnyway === keyOf(noteId)) return 'nothing'
  const rule = finishedRule()
  return rule === 'code' ? 'nothing' : rule
}

/** What is taken from or changed in a finished note can be undone, so nobody is asked; they are told what the note is. */
export const finishedWords = (noteId: NoteId): string =>
  peekRow(coderId(), noteId)?.status === 'finished' ? ' The note is still marked finished.' : ''

const keyOf = (noteId: NoteId) => `${coderId()} ${noteId}`

export function askFinished(question: Question): void {
  useFinished.setState({ question })
  announce(question.words)
}

/** Asks about the note on screen; an answer to code it anyway holds until another note is coded. */
export function askAboutNote(noteId: NoteId, words: string, run: (isReopening: boolean) => void): void {
  askFinished({
    words,
    canLeave: false,
    run: (answer) => {
      if (answer === 'code') codedAnyway = keyOf(noteId)
      run(answer === 'reopen')
    },
  })
}

/** `isAlways`: a lead's answer becomes the project's rule. */
export function answerFinished(answer: FinishedAnswer, isAlways = false): void {
  const { question } = useFinished.getState()
  if (!question) return
  useFinished.setState({ question: null })
  if (isAlways && answer !== 'leave') setFinishedRule(answer)
  question.run(answer)
}

/** Nothing is coded. */
export const cancelFinished = (): void => useFinished.setState({ question: null })

export function setFinishedRule(rule: FinishedRule): void {
  save(store.project.setFinishedRule({ coderId: coderId(), rule }), (project) =>
    useSession.setState({ project }),
  )
}

/** Whoever goes to another note and comes back is asked again. */
useCoding.subscribe((now, before) => {
  if (now.noteId === before.noteId) return
  codedAnyway = null
  useFinished.setState({ question: null })
})

/** A question is about what was on screen when it was asked. */
useSession.subscribe((now, before) => {
  if (now.coderId !== before.coderId || now.place !== before.place || now.phase !== before.phase)
    useFinished.setState({ question: null })
})
