import { useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { CodePicker } from '../codes/CodePicker.tsx'
import { noteHandle } from '../note/handle.ts'
import { applyCodes, trimmed, useCoding, wordsInHand } from '../state/coding.ts'
import { applyNewCode, recode } from '../state/coding-edits.ts'

export function QuickCode({ codes }: { codes: readonly CodeRow[] }) {
  const isOpen = useCoding((state) => state.isQuickCodeOpen)
  return isOpen ? <QuickCodeBox codes={codes} /> : null
}

function QuickCodeBox({ codes }: { codes: readonly CodeRow[] }) {
  const [anchor] = useState(
    () => noteHandle.current?.anchor() ?? { left: 200, right: 200, top: 120, bottom: 120 },
  )
  const isWholeNote = useCoding((state) => state.isWholeNote)
  const hasSelection = useCoding((state) => wordsInHand(state) !== null)
  const pickFor = useCoding((state) => state.pickFor)
  const coding = useCoding((state) => state.codings.find(({ id }) => id === state.activeId))
  const close = () => {
    useCoding.setState({ isQuickCodeOpen: false, pickFor: 'apply' })
    noteHandle.current?.focus()
  }
  if (pickFor === 'recode' && coding) {
    const name = codes.find(({ id }) => id === coding.codeId)?.name ?? 'this coding'
    return (
      <CodePicker
        codes={codes}
        anchor={anchor}
        label="Recode"
        verb="recode"
        placeholder={`Recode “${name}” to`}
        onPick={(code) => {
          close()
          void recode(coding, code)
        }}
        onClose={close}
      />
    )
  }
  const apply = (picked: readonly CodeRow[]) => {
    // A code without a selection means the note itself: nothing else could be meant.
    if (!hasSelection) useCoding.setState({ isWholeNote: true })
    close()
    void applyCodes(picked)
  }
  const applyNew = (name: string) => {
    const { note } = useCoding.getState()
    const range = isWholeNote ? null : wordsInHand()
    close()
    void applyNewCode(name, range && note ? trimmed(note.text, range) : null)
  }
  const target = isWholeNote || !hasSelection ? 'to the whole note' : 'to the selection'
  return (
    <CodePicker
      codes={codes}
      anchor={anchor}
      placeholder={`Apply a code ${target}`}
      {...(isWholeNote || hasSelection ? {} : { warning: 'No text is selected: this codes the whole note.' })}
      onPick={(code) => apply([code])}
      onPickMany={apply}
      onNew={applyNew}
      onClose={close}
    />
  )
}
