/** Everything a coder can do in a note, as commands: keys, the context menu and the palette give the same ones. */
import { goToEntry } from '../coding/codings-keyboard.ts'
import { useCommand } from '../keys/use-command.ts'
import { removeCoding, selectText, useCoding, wordsInHand } from '../state/coding.ts'
import { applyAgain, codeInVivo, codingInHand, splitAtCaret, uniteInHand } from '../state/coding-edits.ts'
import { takeEdge } from '../state/edge.ts'
import { activate, activateAt, showCoding, stepCoding } from '../state/go-through.ts'
import { bySentence, grow, shrink, stepSnap, stepUncoded, tellSelection } from '../state/selecting.ts'
import { announce, say } from '../state/session.ts'
import { noteHandle } from './handle.ts'
import { stepReadCodes } from './read-aloud.ts'

const { getState, setState } = useCoding

const selectionNow = () => getState().selection ?? { anchor: 0, focus: 0 }

/** Offers the acts while a note is on screen. */
export function useNoteActs(onMemo: () => void): void {
  useCodingActs(onMemo)
  useChangeActs()
  useSelectionActs()
}

function useCodingActs(onMemo: () => void): void {
  useCommand('quickCode', () => openPicker('apply'))
  useCommand('codeAgain', applyAgain)
  useCommand('inVivo', () => void codeInVivo())
  useCommand('wholeNote', () => {
    setState((state) => ({ isWholeNote: !state.isWholeNote }))
    announce(getState().isWholeNote ? 'Codes apply to the whole note' : 'Codes apply to the selection')
  })
  useCommand('memo', () => {
    const { activeId } = getState()
    const coding = codingInHand()
    // One that is looked at already is not gone to: the words just coded stay in hand.
    if (coding && coding.id !== activeId) showCoding(coding)
    onMemo()
  })
}

function useChangeActs(): void {
  useCommand('removeCoding', () => {
    const { activeId } = getState()
    if (activeId) void removeCoding(activeId)
  })
  useCommand('recode', () => {
    if (codingInHand()) openPicker('recode')
    else say('Select a coding first: click it, or go to it with [ and ].')
  })
  useCommand('splitCoding', () => void splitAtCaret())
  useCommand('uniteCodings', () => void uniteInHand())
  useCommand('takeEdge', () => {
    if (takeEdge()) noteHandle.current?.showEdge()
  })
}

function useSelectionActs(): void {
  useCommand('cycleCodings', () => activateAt(selectionNow().focus))
  useCommand('nextCoding', () => stepCoding(1))
  useCommand('previousCoding', () => stepCoding(-1))
  useCommand('nextUncoded', () => stepUncoded(1))
  useCommand('previousUncoded', () => stepUncoded(-1))
  useCommand('snapSetting', stepSnap)
  useCommand('readCodes', stepReadCodes)
  useCommand('codingEntry', goToEntry)
  useCommand('grow', () => {
    const text = getState().note?.text ?? ''
    const next = grow(text, selectionNow())
    if (!next) return announce('The whole note is selected')
    noteHandle.current?.select(next)
    tellSelection(text, next)
  })
  useCommand('shrink', () => {
    const text = getState().note?.text ?? ''
    const next = shrink(text, selectionNow())
    noteHandle.current?.select(next)
    tellSelection(text, next)
  })
  useCommand('selectAll', () => {
    const end = getState().note?.text.length ?? 0
    noteHandle.current?.select({ anchor: 0, focus: end })
  })
  useCommand('nextSentence', () => goBySentence(1))
  useCommand('previousSentence', () => goBySentence(-1))
  useCommand('deselect', () => {
    const { selection } = getState()
    if (wordsInHand() && selection) selectText({ anchor: selection.focus, focus: selection.focus })
    else activate(null)
    document.getSelection()?.collapseToEnd()
  })
}

function goBySentence(direction: 1 | -1): void {
  const text = getState().note?.text ?? ''
  noteHandle.current?.select(bySentence(text, selectionNow(), direction, false))
}

/** Opens the box to pick a code by name at the selection. */
export function openPicker(pickFor: 'apply' | 'recode'): void {
  if (getState().note) setState({ isQuickCodeOpen: true, pickFor })
}
