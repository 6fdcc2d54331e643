import { LocateFixed } from 'lucide-react'
import type { Coding } from '../../shared/contract/codings.ts'
import { useCoding } from '../state/coding.ts'
import { showCoding } from '../state/go-through.ts'
import { type MenuItem, useMenu } from '../ui/Menu.tsx'
import { codingItems } from './coding-acts.ts'

/** The menu of a row in the list of codings. It is about the coding that is looked at, which opening makes it. */
export function useCodingMenu() {
  const menu = useMenu('Coding', itemsNow)
  return {
    open: (coding: Coding, x: number, y: number) => {
      useCoding.setState({ activeId: coding.id })
      menu.openAt(x, y)
    },
    element: menu.menu,
  }
}

function itemsNow(): MenuItem[] {
  const { codings, activeId } = useCoding.getState()
  const coding = codings.find(({ id }) => id === activeId)
  if (!coding) return []
  return [
    {
      id: 'go',
      label: coding.span ? 'Go to its text' : 'Go to the note',
      icon: LocateFixed,
      keys: 'Enter',
      onSelect: () => showCoding(coding),
    },
    'line',
    ...codingItems(coding),
  ]
}
