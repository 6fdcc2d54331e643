import { Download } from 'lucide-react'
import { useRef } from 'react'
import type { QuotesFormat } from '../../shared/contract/retrieval.ts'
import { useAskedExport } from '../export/asked-export.ts'
import { startExport, writtenWords } from '../export/exporting.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { coderId } from '../state/session.ts'
import { store } from '../store.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { useMenu } from '../ui/Menu.tsx'
import { queryOf, useRetrieval } from './retrieval.ts'

const FORMATS: readonly { format: QuotesFormat; label: string }[] = [
  { format: 'docx', label: 'As a Word document (.docx)' },
  { format: 'xlsx', label: 'As an Excel workbook (.xlsx)' },
  { format: 'csv', label: 'As a table (.csv)' },
]

/** What is exported is settled when the file is picked: the list may change while the check is answered. */
async function exportSegments(format: QuotesFormat): Promise<void> {
  const { setup, chosen, groupBy } = useRetrieval.getState()
  const order = {
    coderId: coderId(),
    query: queryOf(setup),
    picked: chosen.size === 0 ? null : [...chosen],
    groupBy,
    format,
  }
  const picked = await window.bridge.pickSave(`quotes-${format}`, 'segments')
  if (!picked) return
  const { ticket, name } = picked
  await startExport({
    place: 'retrieval',
    file: name,
    unit: 'text',
    run: (identifiers, options) => store.retrieval.exportFile({ ...order, ticket, identifiers }, options),
    done: ({ segments, warnings }) =>
      writtenWords(`${counted(segments, 'segment')} written to ${name}`, warnings),
  })
}

/** The ticked segments as a file, or all that were found when none is ticked. */
export function SegmentsExport({ total }: { total: number }) {
  const ticked = useRetrieval((state) => state.chosen.size)
  const button = useRef<HTMLButtonElement>(null)
  const menu = useMenu(
    'Export the segments',
    () =>
      FORMATS.map(({ format, label }) => ({
        id: format,
        label,
        onSelect: () => void exportSegments(format),
      })),
    'end',
  )
  const open = () => button.current && menu.open(button.current)
  useCommand('segmentsExport', () => void open())
  useAskedExport('retrieval', () => void open())
  return (
    <>
      <Tip
        words={
          ticked > 0
            ? `Export ${counted(ticked, 'ticked segment')}`
            : `Export all ${counted(total, 'segment')}`
        }
        keys={keyLabel('segmentsExport')}
      >
        <Button
          ref={button}
          size="small"
          icon={Download}
          aria-haspopup="menu"
          aria-expanded={menu.isOpen}
          onClick={open}
        >
          {ticked > 0 ? 'Export ticked' : 'Export'}
        </Button>
      </Tip>
      {menu.menu}
    </>
  )
}
