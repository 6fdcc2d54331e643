import { useDeferredValue, useState } from 'react'
import { Floating } from '../ui/Floating.tsx'
import { PickList } from '../ui/PickList.tsx'
import {
  closePalette,
  useCaseItems,
  useCodeItems,
  useCoderItems,
  useCommandItems,
  useMemoItems,
  useNoteItems,
} from './palette-items.tsx'

const WIDTH = 560

/** Everything by name: places and commands, codes, notes, cases, memos, coders. */
export function CommandPalette() {
  const [query, setQuery] = useState('')
  const [anchor] = useState(() => ({
    left: (window.innerWidth - WIDTH) / 2,
    right: 0,
    top: 40,
    bottom: 40,
  }))
  // What the store looks for follows the typing; what is here already keeps up with it.
  const asked = useDeferredValue(query)
  const items = [
    ...useCommandItems(query),
    ...useCoderItems(query),
    ...useCodeItems(query),
    ...useCaseItems(asked),
    ...useNoteItems(asked),
    ...useMemoItems(asked),
  ]
  return (
    <Floating anchor={anchor} width={WIDTH} label="Find" onClose={closePalette}>
      <PickList
        label="Find a place, command, code or note"
        placeholder="Find a place, command, code, note, case, memo or coder"
        query={query}
        onQuery={setQuery}
        items={items}
        empty="Nothing of this name."
      />
    </Floating>
  )
}
