import { ChevronRight } from 'lucide-react'
import type { CodingId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { JournalRow } from '../../shared/contract/history.ts'
import { lazily } from '../../shared/lazily.ts'
import { CodeWords } from '../codes/CodePreview.tsx'
import { QualifierChoices } from '../codes/QualifierChoices.tsx'
import { toggleQualifier, useQualifiers } from '../codes/qualifiers.ts'
import { type CommandId, labelOf } from '../keys/commands.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { noteHandle } from '../note/handle.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoding } from '../state/coding.ts'
import { say, useSession } from '../state/session.ts'
import { Tip } from '../ui/Button.tsx'
import { whyNoSplit, whyNoUnion } from './coding-acts.ts'
import { toggleHistory, toggleMeaning, useShownParts } from './drawer.ts'

const QUOTE = 240
const clip = (text: string) => (text.length > QUOTE ? `${text.slice(0, QUOTE).trimEnd()}…` : text)

/** One coding: its words, what was thought about it, what it says besides, and how it came to be. */
export function CodingDetails({
  coding,
  code,
  children,
}: {
  coding: Coding
  code: CodeRow | undefined
  /** What was thought about it. */
  children: React.ReactNode
}) {
  const definitions = useQualifiers()
  const note = useCoding((state) => state.note)
  const segment = coding.span && note ? note.text.slice(coding.span.start, coding.span.end) : 'Whole note'
  return (
    <div className="drawer-body coding-details">
      <blockquote className="coding-details-words">{clip(segment)}</blockquote>
      <div className="coding-details-memo">{children}</div>
      <QualifierChoices
        definitions={definitions}
        said={coding.qualifiers}
        withKeys
        onToggle={(qualifier, value) => void toggleQualifier(coding, qualifier, value)}
      />
      <div className="coding-details-foot">
        <Acts coding={coding} />
        {code && <Meaning code={code} />}
        <Origin coding={coding} code={code} />
      </div>
    </div>
  )
}

const ACTS: readonly { id: CommandId; label: string }[] = [
  { id: 'recode', label: 'Recode' },
  { id: 'splitCoding', label: 'Split' },
  { id: 'uniteCodings', label: 'Unite' },
]

/** What can be done to the coding; the same as by key in the note. */
function Acts({ coding }: { coding: Coding }) {
  // What each of them needs, in turn: with the selection or the codings it may become possible.
  const whySplit = useCoding((state) => whyNoSplit(coding, state))
  const whyUnite = useCoding((state) => whyNoUnion(coding, state))
  const why: Partial<Record<CommandId, string | null>> = { splitCoding: whySplit, uniteCodings: whyUnite }
  return (
    <div className="coding-acts">
      {ACTS.map(({ id, label }) => (
        <Tip key={id} words={why[id] ?? labelOf(id)} keys={keyLabel(id)} isDescription>
          <button
            type="button"
            className="coding-act"
            aria-disabled={Boolean(why[id])}
            onClick={() => {
              if (why[id]) return say(`${why[id]} Nothing was changed.`)
              runCommand(id)
              // Another coding stands here afterwards: the keyboard must not be left on what removes it.
              if (id !== 'recode') noteHandle.current?.focus()
            }}
          >
            {label}
          </button>
        </Tip>
      ))}
    </div>
  )
}

const moment = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))
const when = (at: string): string => moment().format(new Date(at))

/** What the code means, behind a press. */
function Meaning({ code }: { code: CodeRow }) {
  const isOpen = useShownParts((state) => state.isMeaning)
  return (
    <div className="origin">
      <Tip words="Definition, when to use and when not to use" keys={keyLabel('codingMeaning')} isDescription>
        <button type="button" className="origin-line" aria-expanded={isOpen} onClick={toggleMeaning}>
          <ChevronRight size={12} aria-hidden="true" />
          Definition of the code
        </button>
      </Tip>
      {isOpen && <CodeWords code={code} />}
    </div>
  )
}

/** Who made it, when, by which state of the codebook; what happened to it since stands behind a press. */
function Origin({ coding, code }: { coding: Coding; code: CodeRow | undefined }) {
  const isOpen = useShownParts((state) => state.isHistory)
  const name = useSession((state) => state.project?.coders.find(({ id }) => id === coding.coderId)?.name)
  const isSaved = coding.codebookVersion > 0
  const isOld = isSaved && code !== undefined && code.definedVersion > coding.codebookVersion
  return (
    <div className="origin">
      <Tip words="History of this coding" keys={keyLabel('codingHistory')} isDescription>
        <button type="button" className="origin-line" aria-expanded={isOpen} onClick={toggleHistory}>
          <ChevronRight size={12} aria-hidden="true" />
          <span>
            <span className="visually-hidden">History of this coding: </span>
            {name}, {when(coding.createdAt)}
            {isSaved && `, codebook version ${coding.codebookVersion}`}
          </span>
        </button>
      </Tip>
      {isOld && (
        <p className="origin-old">
          The code’s definition has changed since, in version {code.definedVersion}. Recheck whether this
          coding still fits.
        </p>
      )}
      {isOpen && <History id={coding.id} />}
    </div>
  )
}

const sentence = (label: string): string => label.charAt(0).toLocaleUpperCase('en-GB') + label.slice(1)

function History({ id }: { id: CodingId }) {
  const { data: rows, problem } = useStore('codings.history', { id })
  if (problem) return <p className="origin-old">{problem.message}</p>
  return (
    <ol className="origin-history" aria-label="History of this coding">
      {rows?.map((row: JournalRow) => (
        <li key={row.id} className={row.isUndone ? 'origin-undone' : undefined}>
          <span>
            {sentence(row.label)}
            {row.isUndone && ' (undone)'}
          </span>
          <span className="number">
            {row.coder}, {when(row.at)}
          </span>
        </li>
      ))}
    </ol>
  )
}
