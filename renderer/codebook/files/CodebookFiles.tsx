import { Download, FilePlus2, Snowflake, Upload } from 'lucide-react'
import type { Template } from '../../../shared/contract/codes.ts'
import { coderId, save, say, useLeads } from '../../state/session.ts'
import { store } from '../../store.ts'
import { Button, Tip } from '../../ui/Button.tsx'
import { counted } from '../../ui/Feedback.tsx'
import { useMenu } from '../../ui/Menu.tsx'
import { useIsFrozen } from '../frozen.ts'
import { useCodebookExport } from './exporting.ts'
import { lookAtFile, lookAtTemplate, TEMPLATES } from './importing.ts'

/** Adds a whole template to a codebook that has nothing yet. */
export function addTemplate(template: Template) {
  save(store.codes.addTemplate({ coderId: coderId(), template }), ({ added }) =>
    say(`${counted(added, 'code')} added`),
  )
}

/** What comes into the codebook and what goes out of it. */
export function CodebookFiles() {
  const isExporting = useCodebookExport((state) => state.isOpen)
  const add = useMenu(
    'Add codes',
    () => [
      ...TEMPLATES.map(({ template, label }) => ({
        id: template,
        label,
        icon: FilePlus2,
        onSelect: () => lookAtTemplate(template),
      })),
      'line' as const,
      {
        id: 'import',
        label: 'From a file (.qdc, .csv, .xlsx)',
        icon: Upload,
        onSelect: () => void lookAtFile(),
      },
    ],
    'end',
  )
  return (
    <>
      <Freeze />
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
        aria-expanded={isExporting}
        onClick={() => useCodebookExport.setState({ isOpen: !isExporting })}
      >
        Export
      </Button>
      {add.menu}
    </>
  )
}

/** The sign that the codebook is frozen, for all; a lead freezes it and opens it again. */
function Freeze() {
  const isFrozen = useIsFrozen()
  const leads = useLeads()
  const freeze = () =>
    save(store.codebook.freeze({ coderId: coderId(), isFrozen: !isFrozen }), () =>
      say(
        isFrozen
          ? 'The codebook is open: every coder can change it'
          : 'The codebook is frozen: coders propose, leads change it',
      ),
    )
  return (
    <>
      {isFrozen && (
        <span className="frozen">
          <Snowflake size={14} strokeWidth={1.75} aria-hidden="true" />
          {leads ? 'Frozen' : 'Frozen: propose changes, a lead decides'}
        </span>
      )}
      {leads && (
        <Tip
          words={
            isFrozen
              ? 'Let every coder change the codebook again'
              : 'While a round runs: coders propose changes, only leads make them'
          }
          isDescription
        >
          <Button size="small" kind="plain" icon={Snowflake} onClick={freeze}>
            {isFrozen ? 'Open for changes' : 'Freeze'}
          </Button>
        </Tip>
      )}
    </>
  )
}
