/** While a memo is on its way its keys are held, and nobody else's. */
import { fireEvent } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { takeKeyboard, useMemoFocus, wantMemo } from '../../renderer/memos/memo-focus.ts'
import { useSession } from '../../renderer/state/session.ts'

/** Whether a key gets to what has the keyboard. */
const isHeard = (key: string) => fireEvent.keyDown(document.body, { key })

/** What the memo is given from now on. */
function typedInMemo(): string[] {
  const typed: string[] = []
  const memo = document.body.appendChild(document.createElement('textarea'))
  memo.focus()
  takeKeyboard(memo, (letter) => typed.push(letter))
  return typed
}

beforeEach(() => useSession.setState({ phase: 'open' }))

it('gives the memo what was pressed, in its order, and then lets keys through', async () => {
  wantMemo('note N1')
  for (const key of 'one') expect(isHeard(key)).toBe(false)
  const typed = typedInMemo()
  await expect.poll(() => typed.join('')).toBe('one')
  await expect.poll(() => isHeard('x')).toBe(true)
})

it('waits no more for somebody who has gone elsewhere with the pointer, and says what was lost', () => {
  wantMemo('note N1')
  isHeard('o')
  fireEvent.pointerDown(document.body)
  expect(useMemoFocus.getState().wanted).toBeNull()
  expect(useSession.getState().toasts.at(-1)?.words).toContain('keys pressed meanwhile did nothing')
  expect(isHeard('x')).toBe(true)
})

it('leaves the lock screen its keys, and types nothing of before the lock', async () => {
  wantMemo('note N1')
  isHeard('o')
  useSession.setState({ phase: 'locked' })
  expect(isHeard('p')).toBe(true)
  expect(typedInMemo()).toEqual([])
})
