import { useEffect, useRef, useState } from 'react'
import type { CodebookFormat } from '../../../shared/contract/codebook.ts'
import { startExport, writtenWords } from '../../export/exporting.ts'
import { printPage } from '../../export/printing.ts'
import { useSession } from '../../state/session.ts'
import { store } from '../../store.ts'
import { Button } from '../../ui/Button.tsx'
import { counted } from '../../ui/Feedback.tsx'
import { Checkbox, Segmented } from '../../ui/Field.tsx'
import { useCodebookExport } from './exporting.ts'
import './files.css'

type Way = CodebookFormat | 'print'
const WAYS: readonly { value: Way; label: string; hint: string }[] = [
  {
    value: 'docx',
    label: 'Word',
    hint: 'For the appendix of a paper: the hierarchy, then a table for each code.',
  },
  { value: 'html', label: 'Web page', hint: 'One file for any browser, which can also print it.' },
  { value: 'md', label: 'Markdown', hint: 'Plain text with headings, for a repository or an editor.' },
  { value: 'xlsx', label: 'Excel', hint: 'A row for each code; can be edited and imported again.' },
  { value: 'csv', label: 'CSV', hint: 'A row for each code; can be edited and imported again.' },
  {
    value: 'qdc',
    label: 'REFI-QDA',
    hint: 'For NVivo, MAXQDA, ATLAS.ti and QualCoder (.qdc): names, hierarchy, colours and texts.',
  },
  {
    value: 'print',
    label: 'Print',
    hint: 'On paper, or as a PDF if this computer has a PDF printer.',
  },
]
const DOCUMENTS: readonly Way[] = ['docx', 'html', 'md', 'print']

/** Under the head of the codebook while somebody says how it should go out. */
export function CodebookExport() {
  const isOpen = useCodebookExport((state) => state.isOpen)
  return isOpen ? <ExportChoices /> : null
}

function ExportChoices() {
  const [way, setWay] = useState<Way>('docx')
  const [examples, setExamples] = useState(true)
  const [counts, setCounts] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const title = useSession((state) => state.project?.title ?? '')
  useEffect(() => form.current?.querySelector<HTMLElement>('input:checked')?.focus(), [])
  const close = () => useCodebookExport.setState({ isOpen: false })
  const parts = { examples, counts }
  const print = () => {
    close()
    return startExport({
      place: 'codebook',
      file: 'The codebook',
      unit: 'text',
      run: async (identifiers, options) => {
        const answer = await store.codes.printable({ parts, identifiers }, options)
        if (answer.html !== null) printPage(answer.html)
        return answer
      },
      done: ({ codes, warnings }) =>
        writtenWords(`${counted(codes, 'code')} sent to the print dialog`, warnings),
    })
  }
  const write = async (format: CodebookFormat) => {
    const picked = await window.bridge.pickSave(`codebook-${format}`, `${title} codebook`)
    if (!picked) return
    close()
    const { ticket, name } = picked
    await startExport({
      place: 'codebook',
      file: name,
      unit: 'text',
      run: (identifiers, options) => store.codes.exportFile({ ticket, format, parts, identifiers }, options),
      done: ({ codes, warnings }) => writtenWords(`${counted(codes, 'code')} written to ${name}`, warnings),
    })
  }
  return (
    <form
      ref={form}
      className="codebook-export"
      aria-label="Export the codebook"
      onSubmit={(event) => {
        event.preventDefault()
        void (way === 'print' ? print() : write(way))
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <Segmented label="Format" value={way} options={WAYS} onValue={(value) => setWay(value)} />
      {DOCUMENTS.includes(way) && (
        <>
          <Checkbox label="Example quotes" checked={examples} onChecked={setExamples} />
          <Checkbox label="Counts of codings" checked={counts} onChecked={setCounts} />
        </>
      )}
      <span className="spacer" />
      <Button size="small" kind="plain" onClick={close}>
        Cancel
      </Button>
      <Button size="small" kind="primary" type="submit">
        {way === 'print' ? 'Print…' : 'Export'}
      </Button>
      <p className="codebook-export-hint">{WAYS.find(({ value }) => value === way)?.hint}</p>
    </form>
  )
}
