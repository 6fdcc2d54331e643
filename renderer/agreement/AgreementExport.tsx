import { Download } from 'lucide-react'
import { useRef } from 'react'
import type { AgreementFormat } from '../../shared/model.ts'
import { complain, say } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { useMenu } from '../ui/Menu.tsx'
import { intervalsOf, type Setup, scopeOf } from './setup.ts'

const FORMATS: readonly { format: AgreementFormat; label: string }[] = [
  { format: 'docx', label: 'Table for a paper, with methods (.docx)' },
  { format: 'xlsx', label: 'Every figure as an Excel workbook (.xlsx)' },
  { format: 'csv', label: 'Every figure as a table (.csv)' },
]

/** The table of codes as a file; computed anew, so that the file is of now. */
export function AgreementExport({ setup }: { setup: Setup }) {
  const button = useRef<HTMLButtonElement>(null)
  const menu = useMenu(
    'Export the agreement table',
    () =>
      FORMATS.map(({ format, label }) => ({ id: format, label, onSelect: () => void write(setup, format) })),
    'end',
  )
  return (
    <>
      <Button
        ref={button}
        kind="plain"
        icon={Download}
        aria-haspopup="menu"
        aria-expanded={menu.isOpen}
        onClick={() => button.current && menu.open(button.current)}
      >
        Export
      </Button>
      {menu.menu}
    </>
  )
}

async function write(setup: Setup, format: AgreementFormat): Promise<void> {
  const picked = await window.bridge.pickSave(`agreement-${format}`, 'agreement')
  if (!picked) return
  const { ticket, name } = picked
  store.agreement
    .exportFile({ ticket, format, ...scopeOf(setup), ...intervalsOf(setup) })
    .then(() => say(`Agreement written to ${name}`), complain)
}
