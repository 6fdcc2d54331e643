import { Download } from 'lucide-react'
import { useRef } from 'react'
import type { AgreementFormat, AgreementReport, ReliabilityForm } from '../../shared/contract/agreement.ts'
import { useAskedExport } from '../export/asked-export.ts'
import { startExport, writeOut, writtenWords } from '../export/exporting.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { useMenu } from '../ui/Menu.tsx'

const FORMATS: readonly { format: AgreementFormat; label: string }[] = [
  { format: 'docx', label: 'Table for a paper, with methods (.docx)' },
  { format: 'xlsx', label: 'Every figure as an Excel workbook (.xlsx)' },
  { format: 'csv', label: 'Every figure as a table (.csv)' },
]
const FORMS: readonly { form: ReliabilityForm; label: string }[] = [
  { form: 'long', label: 'Data for R, a row for each unit and coder (.csv)' },
  { form: 'wide', label: 'Data for R, a column for each coder (.csv)' },
]

/** What was compared as a file; computed anew, so that the file is of now. */
export function AgreementExport({ report }: { report: AgreementReport }) {
  const button = useRef<HTMLButtonElement>(null)
  const menu = useMenu(
    'Export the agreement',
    () => [
      ...FORMATS.map(({ format, label }) => ({
        id: format,
        label,
        onSelect: () => void writeTable(report, format),
      })),
      'line',
      ...FORMS.map(({ form, label }) => ({ id: form, label, onSelect: () => void writeData(report, form) })),
      {
        id: 'diagnosis',
        label: 'Where coders agree and differ, with the text (.csv)',
        onSelect: () => void writeDiagnosis(report),
      },
    ],
    'end',
  )
  const open = () => button.current && menu.open(button.current)
  useAskedExport('agreement', () => void open())
  return (
    <>
      <Button
        ref={button}
        kind="plain"
        icon={Download}
        aria-haspopup="menu"
        aria-expanded={menu.isOpen}
        onClick={open}
      >
        Export
      </Button>
      {menu.menu}
    </>
  )
}

async function writeTable(
  { scope, replicates, resampled, seed }: AgreementReport,
  format: AgreementFormat,
): Promise<void> {
  const picked = await window.bridge.pickSave(`agreement-${format}`, 'agreement')
  if (!picked) return
  const { ticket, name } = picked
  await writeOut({
    place: 'agreement',
    file: name,
    run: (options) =>
      store.agreement.exportFile({ ticket, format, ...scope, replicates, resampled, seed }, options),
    done: ({ warnings }) => writtenWords(`Agreement written to ${name}`, warnings),
  })
}

async function writeData({ scope }: AgreementReport, form: ReliabilityForm): Promise<void> {
  const picked = await window.bridge.pickSave('reliability-csv', `reliability ${form}`)
  if (!picked) return
  const { ticket, name } = picked
  await writeOut({
    place: 'agreement',
    file: name,
    run: (options) => store.agreement.exportData({ ticket, form, ...scope, codeIds: null }, options),
    done: ({ rows }) => `${counted(rows, 'row')} written to ${name}`,
  })
}

async function writeDiagnosis({ scope }: AgreementReport): Promise<void> {
  const picked = await window.bridge.pickSave('diagnosis-csv', 'diagnosis')
  if (!picked) return
  const { ticket, name } = picked
  await startExport({
    place: 'agreement',
    file: name,
    unit: 'text',
    run: (identifiers, options) =>
      store.agreement.exportDiagnosis({ ticket, ...scope, codeIds: null, identifiers }, options),
    done: ({ rows }) => `${counted(rows, 'segment')} written to ${name}`,
  })
}
