import { Download, FilePlus2, Upload } from 'lucide-react'
import type { Template } from '../../../shared/model.ts'
import { startExport } from '../../export/exporting.ts'
import { coderId, save, say } from '../../state/session.ts'
import { store } from '../../store.ts'
import { Button } from '../../ui/Button.tsx'
import { counted } from '../../ui/Feedback.tsx'
import { useMenu } from '../../ui/Menu.tsx'

const TEMPLATES: readonly { template: Template; label: string }[] = [
  { template: 'safeguarding', label: 'Safeguarding in CAMHS notes' },
  { template: 'cin-factors', label: 'Children in need census factors' },
  { template: 'aces', label: 'Adverse childhood experiences' },
]

const report = ({ added, same, updated }: { added: number; same: number; updated: number }) =>
  say(`${counted(added, 'code')} added, ${updated} updated, ${same} already there`)

export function addTemplate(template: Template) {
  save(store.codes.addTemplate({ coderId: coderId(), template }), report)
}

async function importCodebook() {
  const picked = await window.bridge.pickImportFiles()
  if (!picked) return
  save(store.codes.importFile({ coderId: coderId(), ticket: picked.ticket }), (result) => {
    report(result)
    for (const warning of result.warnings.slice(0, 3)) say(warning)
  })
}

async function exportCodebook(format: 'qdc' | 'csv') {
  const picked = await window.bridge.pickSave(format === 'qdc' ? 'codebook-qdc' : 'codebook-csv', 'codebook')
  if (!picked) return
  const { ticket, name } = picked
  await startExport({
    place: 'codebook',
    file: name,
    unit: 'text',
    run: (identifiers) => store.codes.exportFile({ ticket, format, identifiers }),
    done: ({ codes }) => `${counted(codes, 'code')} written to ${name}`,
  })
}

/** What comes into the codebook and what goes out of it. */
export function CodebookFiles() {
  const add = useMenu('Add codes', () => [
    ...TEMPLATES.map(({ template, label }) => ({
      id: template,
      label,
      icon: FilePlus2,
      onSelect: () => addTemplate(template),
    })),
    'line' as const,
    {
      id: 'import',
      label: 'Import a codebook (.qdc, .csv)',
      icon: Upload,
      onSelect: () => void importCodebook(),
    },
  ])
  const out = useMenu(
    'Export codebook',
    () => [
      {
        id: 'qdc',
        label: 'For other programs (.qdc)',
        icon: Download,
        onSelect: () => void exportCodebook('qdc'),
      },
      { id: 'csv', label: 'As a table (.csv)', icon: Download, onSelect: () => void exportCodebook('csv') },
    ],
    'end',
  )
  return (
    <>
      <Button
        size="small"
        kind="plain"
        icon={Upload}
        aria-haspopup="menu"
        aria-expanded={add.isOpen}
        onClick={(event) => add.open(event.currentTarget)}
      >
        Add
      </Button>
      <Button
        size="small"
        kind="plain"
        icon={Download}
        aria-haspopup="menu"
        aria-expanded={out.isOpen}
        onClick={(event) => out.open(event.currentTarget)}
      >
        Export
      </Button>
      {add.menu}
      {out.menu}
    </>
  )
}
