import { Archive, ArchiveRestore, ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { byIdOf, pathOf } from '../codes/codes.ts'
import { Cited } from '../codes/Mentions.tsx'
import { keyLabel } from '../keys/own-keys.ts'
import { Memos } from '../memos/Memos.tsx'
import { coderId, PLACE_NAMES, save, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { Checkbox } from '../ui/Field.tsx'
import type { Anchor } from '../ui/Floating.tsx'
import { Later } from '../ui/Later.tsx'
import { codeColour } from '../ui/palette.ts'
import { Example } from './entry/Example.tsx'
import { SavedField } from './entry/SavedField.tsx'
import { ShortcutField } from './entry/ShortcutField.tsx'
import { UseOfCode } from './entry/UseOfCode.tsx'
import { goBack, useArriving, useWayBack } from './navigate.ts'
import { UsualQualifiers } from './UsualQualifiers.tsx'

type Words = 'definition' | 'useWhen' | 'doNotUseWhen'

const FIELDS: readonly { field: Words; label: string; hint: string; rows: number }[] = [
  {
    field: 'definition',
    label: 'Definition',
    hint: 'What the code means, in one or two sentences.',
    rows: 3,
  },
  { field: 'useWhen', label: 'Use when', hint: 'What the text must say.', rows: 2 },
  {
    field: 'doNotUseWhen',
    label: 'Do not use when',
    hint: 'What looks similar but is not this code, and which code to use instead.',
    rows: 2,
  },
]

/** Where categories of this field come from most often; anything else can be typed. */
const SOURCES = [
  'Children in need census factor',
  'Adverse childhood experience',
  'Working Together to Safeguard Children',
  'Own category',
] as const

/** Where a code was followed from, in its entry. */
function BackTo({ codes }: { codes: readonly CodeRow[] }) {
  const way = useWayBack()
  const cameFrom = useSession((state) => state.cameFrom)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!useArriving.getState().isArriving) return
    button.current?.focus({ preventScroll: true })
    useArriving.setState({ isArriving: false })
  }, [])
  if (!way) return null
  const name =
    way.kind === 'code' ? codes.find(({ id }) => id === way.id)?.name : cameFrom && PLACE_NAMES[cameFrom]
  return (
    <div className="entry-back">
      <Button
        ref={button}
        size="small"
        kind="plain"
        icon={ArrowLeft}
        title={keyLabel('back')}
        onClick={() => goBack(way)}
      >
        Back to {name}
      </Button>
    </div>
  )
}

/** Everything a coder has to know about one code; each field is saved when it is left. */
export function CodeEntry({
  code,
  codes,
  onColour,
  onRetire,
}: {
  code: CodeRow
  codes: readonly CodeRow[]
  onColour(anchor: Anchor): void
  onRetire(): void
}) {
  const path = pathOf(code, byIdOf(codes))
  const change = (changes: Partial<CodeRow>) =>
    save(store.codes.update({ coderId: coderId(), id: code.id, changes }))
  return (
    <div className="entry">
      <BackTo codes={codes} />
      <p className="entry-path">
        {path || (code.isFolder ? 'Folder' : 'Top level')}
        {code.isRetired && <span className="tag">Retired</span>}
      </p>
      <div className="entry-head">
        {!code.isFolder && (
          <button
            type="button"
            className="entry-colour"
            aria-label="Change the colour"
            style={{ background: codeColour(code.colour) }}
            onClick={(event) => onColour(event.currentTarget.getBoundingClientRect())}
          />
        )}
        <SavedField
          label="Name"
          isTitle
          value={code.name}
          onSave={(name) => name.trim() !== '' && change({ name: name.trim() })}
        />
      </div>
      {code.isFolder ? (
        <p className="entry-counts number">
          {counted(codes.filter((other) => other.parentId === code.id).length, 'code')}
        </p>
      ) : (
        <div className="entry-counts number">
          <Later>
            <UseOfCode codeId={code.id} />
          </Later>
        </div>
      )}
      <div className="entry-fields">
        {FIELDS.filter(({ field }) => !code.isFolder || field === 'definition' || code[field] !== '').map(
          ({ field, label, hint, rows }) => (
            <div key={field}>
              <SavedField
                label={label}
                placeholder={hint}
                rows={rows}
                value={code[field]}
                onSave={(value) => change({ [field]: value })}
              />
              <Cited words={code[field]} ownId={code.id} of={label} />
            </div>
          ),
        )}
        {!code.isFolder && (
          <>
            <Example
              code={code}
              label="Typical example"
              hint="An invented or agreed sentence."
              words={code.example}
              codingId={code.exampleCodingId}
              onWords={(example) => change({ example })}
              onCoding={(exampleCodingId) => change({ exampleCodingId })}
            />
            <Example
              code={code}
              label="Counter-example"
              hint="A sentence that looks similar and does not belong to this code."
              words={code.counterExample}
              codingId={code.counterExampleCodingId}
              onWords={(counterExample) => change({ counterExample })}
              onCoding={(counterExampleCodingId) => change({ counterExampleCodingId })}
            />
          </>
        )}
        <div className="entry-pair">
          <SavedField
            label="Source"
            placeholder="Where the category comes from."
            choices={SOURCES}
            value={code.source}
            onSave={(source) => change({ source })}
          />
          {!code.isFolder && (
            <>
              <SavedField
                label="Theme"
                placeholder="The theme it belongs to."
                maxLength={200}
                choices={[...new Set(codes.map(({ theme }) => theme))].filter(Boolean).sort()}
                value={code.theme}
                onSave={(theme) => change({ theme })}
              />
              <SavedField
                label="Short label"
                placeholder="For the margin."
                maxLength={40}
                value={code.shortLabel}
                onSave={(shortLabel) => change({ shortLabel })}
              />
            </>
          )}
        </div>
        <SavedField
          label="Remarks"
          placeholder="On the entry itself: open questions, decisions and their dates."
          rows={2}
          value={code.remarks}
          onSave={(remarks) => change({ remarks })}
        />
        <div className="entry-row">
          {!code.isFolder && (
            <ShortcutField code={code} codes={codes} onSave={(shortcut) => change({ shortcut })} />
          )}
          <Checkbox
            label="Folder: groups codes, cannot be applied"
            checked={code.isFolder}
            disabled={code.codings > 0}
            onChecked={(isFolder) => change({ isFolder })}
          />
        </div>
        <Later>
          <section className="entry-part" aria-label="Memos on this code">
            <h3>Memos</h3>
            <Memos
              about={{ kind: 'code', id: code.id }}
              placeholder="Your thoughts on this code and its use."
            />
          </section>
          {!code.isFolder && <UsualQualifiers code={code} onSave={(qualifiers) => change({ qualifiers })} />}
        </Later>
        <div>
          <Button kind="plain" icon={code.isRetired ? ArchiveRestore : Archive} onClick={onRetire}>
            {code.isRetired ? 'Restore' : 'Retire'} this {code.isFolder ? 'folder' : 'code'}
          </Button>
        </div>
      </div>
    </div>
  )
}
