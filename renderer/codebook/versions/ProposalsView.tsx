import { MessageSquarePlus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ProposalId } from '../../../shared/contract/basics.ts'
import type { Proposal } from '../../../shared/contract/codebook.ts'
import type { CodeChanges, CodeRow } from '../../../shared/contract/codes.ts'
import { newId } from '../../ids.ts'
import { useStore } from '../../queries/use-store.ts'
import { coderId, save, say, useLeads, useSession } from '../../state/session.ts'
import { store } from '../../store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Feedback.tsx'
import { Select, TextArea, TextField } from '../../ui/Field.tsx'
import { Divider } from '../../ui/Split.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { BeforeAfter } from '../BeforeAfter.tsx'
import { useCodebook } from '../selection.ts'
import '../files/files.css'
import './versions.css'

const NO_PROPOSALS: readonly Proposal[] = []
const NO_CODES: CodeRow[] = []
const STATUS = { open: 'Open', accepted: 'Accepted', declined: 'Declined' } as const
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** What may be proposed, with what a person calls it. */
const FIELDS = [
  ['name', 'Name'],
  ['definition', 'Definition'],
  ['useWhen', 'When to use'],
  ['doNotUseWhen', 'When not to use'],
  ['example', 'Example'],
] as const
type Field = (typeof FIELDS)[number][0]

/** What coders would change in the codebook; a lead accepts or declines with a reason. */
export function ProposalsView() {
  const { data: proposals = NO_PROPOSALS } = useStore('proposals.list', {})
  const { data: codes = NO_CODES } = useStore('codes.list', {})
  const [activeId, setActiveId] = useState<string | null>(null)
  const [isWriting, setWriting] = useState(false)
  const [width, setWidth] = useState(380)
  const list = useRef<VirtualListHandle>(null)
  const at = Math.max(
    0,
    proposals.findIndex(({ id }) => id === activeId),
  )
  const active = proposals[at]
  const nameOf = useNames(codes)
  const done = (id: string | null) => {
    setWriting(false)
    if (id !== null) setActiveId(id)
    window.setTimeout(() => list.current?.focus())
  }
  return (
    <div className="codebook">
      <section className="pane codebook-tree" aria-label="Proposals" data-pane="proposals" style={{ width }}>
        <div className="place-bar">
          <Button size="small" kind="primary" icon={MessageSquarePlus} onClick={() => setWriting(true)}>
            Propose a change
          </Button>
        </div>
        {proposals.length === 0 ? (
          <EmptyState>
            Nothing has been proposed. A proposal says what should change in a code, and why.
          </EmptyState>
        ) : (
          <VirtualList
            ref={list}
            label="Proposals"
            count={proposals.length}
            rowHeight={48}
            active={at}
            onActive={(index) => {
              setWriting(false)
              setActiveId(proposals[index]?.id ?? null)
            }}
            keyOf={(index) => proposals[index]?.id ?? String(index)}
            row={(index) => {
              const proposal = proposals[index] as Proposal
              return (
                <div className="version-row">
                  <span className="version-words">
                    <span className="version-name">
                      <span className="version-label">{nameOf.code(proposal)}</span>
                      <span className="tag">{STATUS[proposal.status]}</span>
                    </span>
                    <span className="version-facts">
                      {nameOf.coder(proposal.coderId)} · {proposal.reason}
                    </span>
                  </span>
                </div>
              )
            }}
          />
        )}
      </section>
      <Divider
        label="Width of the list of proposals"
        axis="x"
        of="before"
        size={width}
        min={280}
        max={640}
        onSize={setWidth}
      />
      <section className="pane import-item" aria-label="Proposal" data-pane="entry">
        {isWriting ? (
          <Writing codes={codes} onDone={done} />
        ) : active ? (
          <Shown
            key={active.id}
            proposal={active}
            code={codes.find(({ id }) => id === active.codeId)}
            nameOf={nameOf}
            onDone={() => done(active.id)}
          />
        ) : (
          <EmptyState>While the codebook is frozen, this is the way to change it.</EmptyState>
        )}
      </section>
    </div>
  )
}

function useNames(codes: readonly CodeRow[]) {
  const coders = useSession((state) => state.project?.coders)
  return {
    coder: (id: string | null) => coders?.find((coder) => coder.id === id)?.name ?? 'A coder',
    code: ({ codeId, fields }: Proposal) =>
      codeId === null
        ? `New code: ${fields.name}`
        : (codes.find(({ id }) => id === codeId)?.name ?? 'A deleted code'),
  }
}

function Shown({
  proposal,
  code,
  nameOf,
  onDone,
}: {
  proposal: Proposal
  code: CodeRow | undefined
  nameOf: ReturnType<typeof useNames>
  onDone(): void
}) {
  const { fields, reason, status, answer, codeId } = proposal
  const leads = useLeads()
  const changed = FIELDS.filter(([field]) => fields[field] !== undefined)
  return (
    <div className="import-item-words">
      <h2>{nameOf.code(proposal)}</h2>
      <p>
        Proposed by {nameOf.coder(proposal.coderId)} on {day.format(new Date(proposal.createdAt))}
      </p>
      <p className="proposal-reason">{reason}</p>
      {changed.map(([field, label]) => (
        <BeforeAfter
          key={field}
          field={label}
          before={codeId !== null && status === 'open' ? { label: 'Now', text: code?.[field] ?? '' } : null}
          after={{ label: 'Proposed', text: fields[field] ?? '' }}
        />
      ))}
      {status === 'open' ? (
        leads ? (
          <Deciding proposal={proposal} onDone={onDone} />
        ) : (
          <p>A lead decides about it.</p>
        )
      ) : (
        <p>
          {STATUS[status]} by {nameOf.coder(proposal.decidedBy)}
          {proposal.decidedAt && ` on ${day.format(new Date(proposal.decidedAt))}`}
          {answer && `: ${answer}`}
        </p>
      )}
    </div>
  )
}

function Deciding({ proposal, onDone }: { proposal: Proposal; onDone(): void }) {
  const [answer, setAnswer] = useState('')
  const decide = (isAccepted: boolean) =>
    save(store.proposals.decide({ coderId: coderId(), id: proposal.id, isAccepted, answer }), () => {
      say(isAccepted ? 'Accepted: the codebook is changed' : 'Declined, with your reason')
      onDone()
    })
  return (
    <div className="proposal-deciding">
      <TextArea
        label="Answer"
        hint="Needed to decline; kept with the proposal."
        value={answer}
        onText={setAnswer}
      />
      <div className="proposal-buttons">
        <Button kind="primary" onClick={() => decide(true)}>
          Accept
        </Button>
        <Button disabled={answer.trim() === ''} onClick={() => decide(false)}>
          Decline
        </Button>
      </div>
    </div>
  )
}

const NEW_CODE = 'new'
const EMPTY: Record<Field, string> = { name: '', definition: '', useWhen: '', doNotUseWhen: '', example: '' }

function textsOf(code: CodeRow | undefined): Record<Field, string> {
  if (!code) return EMPTY
  const { name, definition, useWhen, doNotUseWhen, example } = code
  return { name, definition, useWhen, doNotUseWhen, example }
}

/** The code as it is, to be rewritten; only what was changed is proposed. */
function Writing({ codes, onDone }: { codes: readonly CodeRow[]; onDone(id: string | null): void }) {
  const shownCode = useCodebook((state) => state.activeId)
  const [codeId, setCodeId] = useState(shownCode ?? codes[0]?.id ?? NEW_CODE)
  const code = codes.find(({ id }) => id === codeId)
  const [texts, setTexts] = useState(() => textsOf(code))
  const [reason, setReason] = useState('')
  const now = textsOf(code)
  const fields: CodeChanges = Object.fromEntries(
    FIELDS.filter(([field]) => texts[field].trim() !== now[field]).map(([field]) => [
      field,
      texts[field].trim(),
    ]),
  )
  const isReady = reason.trim() !== '' && Object.keys(fields).length > 0 && texts.name.trim() !== ''
  const choose = (id: string) => {
    setCodeId(id)
    setTexts(textsOf(codes.find((each) => each.id === id)))
  }
  const propose = () => {
    const id: ProposalId = newId()
    save(
      store.proposals.add({
        coderId: coderId(),
        id,
        codeId: code?.id ?? null,
        fields,
        reason: reason.trim(),
      }),
      () => {
        say('Proposed. A lead decides about it.')
        onDone(id)
      },
    )
  }
  return (
    <form
      className="import-item-words proposal-form"
      aria-label="Propose a change"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) propose()
      }}
      onKeyDown={(event) => event.key === 'Escape' && onDone(null)}
    >
      <Select
        label="Code"
        value={codeId}
        autoFocus
        options={[
          { value: NEW_CODE, label: 'A new code' },
          ...codes.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValue={choose}
      />
      {FIELDS.map(([field, label]) =>
        field === 'name' ? (
          <TextField
            key={field}
            label={label}
            value={texts.name}
            maxLength={500}
            onText={(text) => setTexts({ ...texts, name: text })}
          />
        ) : (
          <TextArea
            key={field}
            label={label}
            value={texts[field]}
            onText={(text) => setTexts({ ...texts, [field]: text })}
          />
        ),
      )}
      <TextArea label="Why" hint="For the lead, and for the record." value={reason} onText={setReason} />
      <div className="proposal-buttons">
        <Button type="submit" kind="primary" disabled={!isReady}>
          Propose
        </Button>
        <Button kind="plain" onClick={() => onDone(null)}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
