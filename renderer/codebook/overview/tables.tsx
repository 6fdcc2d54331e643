/** The tables of the overview; every figure in them opens the text it counts. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { CodebookOverview } from '../../../shared/contract/codebook.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { openRetrieval } from '../../retrieval/navigate.ts'
import type { Setup } from '../../retrieval/retrieval.ts'
import { formatCount } from '../../ui/Feedback.tsx'
import { Swatch } from '../../ui/Swatch.tsx'
import type { Column } from '../../ui/Table.tsx'
import { showCode } from '../selection.ts'
import type { Use } from './report.ts'

type Pair = CodebookOverview['together'][number]
type Confusion = CodebookOverview['confused'][number]

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`)

/** As far as characters go in one note: nearness that asks only for the same note. */
const SAME_NOTE = 1_000_000

function Figure({ value, words, asked }: { value: number; words: string; asked: Partial<Setup> }) {
  if (value === 0) return <span className="zero">0</span>
  return (
    <button
      type="button"
      className="cell-button"
      aria-label={`${words}: ${formatCount(value)}. Show the text`}
      onClick={() => openRetrieval({ includeChildren: false, ...asked })}
    >
      {formatCount(value)}
    </button>
  )
}

function CodeName({ code, path }: { code: CodeRow | undefined; path?: string }) {
  if (!code) return <span className="zero">a deleted code</span>
  return (
    <button type="button" className="cell-button overview-code" onClick={() => showCode(code.id)}>
      <Swatch colour={code.colour} />
      <span className="overview-name">{code.name}</span>
      {path && <span className="overview-path">{path}</span>}
      {code.isRetired && <span className="tag">Retired</span>}
    </button>
  )
}

const who = (coder: CoderId | null) => (coder === null ? [] : [coder])

const codersOf = ({ byCoder }: Use): number => byCoder.filter((codings) => codings > 0).length

export function usageColumns(
  report: CodebookOverview,
  coders: readonly Coder[],
  coder: CoderId | null,
): Column<Use>[] {
  const nameOf = (id: string) => coders.find((other) => other.id === id)?.name ?? 'A coder'
  return [
    {
      id: 'code',
      head: 'Code',
      name: 'code',
      width: 'minmax(280px, 1fr)',
      sortBy: ({ code }) => code.name,
      cell: ({ code, path }) => <CodeName code={code} path={path} />,
    },
    {
      id: 'codings',
      head: 'Codings',
      name: 'codings',
      width: '96px',
      isNumber: true,
      sortBy: ({ codings }) => codings,
      cell: ({ code, codings }) => (
        <Figure
          value={codings}
          words={`Codings of ${code.name}`}
          asked={{ codeIds: [code.id], coders: who(coder) }}
        />
      ),
    },
    {
      id: 'notes',
      head: 'Notes',
      name: 'notes',
      width: '88px',
      isNumber: true,
      sortBy: ({ notes }) => notes,
      cell: ({ code, notes }) => (
        <Figure
          value={notes}
          words={`Notes with ${code.name}`}
          asked={{ codeIds: [code.id], coders: who(coder) }}
        />
      ),
    },
    {
      id: 'share',
      head: 'Share of notes',
      name: 'share of notes',
      width: '128px',
      isNumber: true,
      help: `Notes with the code, of the ${formatCount(report.notesCoded)} that have any code.`,
      sortBy: ({ notes }) => notes,
      cell: ({ notes }) => percent(notes, report.notesCoded),
    },
    {
      id: 'coders',
      head: 'Used by',
      name: 'Used by coders',
      width: '112px',
      isNumber: true,
      help: `Coders with at least one coding of the code, of the ${formatCount(report.coders.length)} whose codings are counted. The columns beside it show each coder.`,
      sortBy: codersOf,
      cell: (use) => `${codersOf(use)} of ${report.coders.length}`,
    },
    ...report.coders.map(
      (id, at): Column<Use> => ({
        id,
        head: nameOf(id),
        name: `codings by ${nameOf(id)}`,
        width: '96px',
        isNumber: true,
        sortBy: ({ byCoder }) => byCoder[at] ?? 0,
        cell: ({ code, byCoder }) => (
          <Figure
            value={byCoder[at] ?? 0}
            words={`Codings of ${code.name} by ${nameOf(id)}`}
            asked={{ codeIds: [code.id], coders: [id] }}
          />
        ),
      }),
    ),
  ]
}

export function togetherColumns(byId: ReadonlyMap<string, CodeRow>, coder: CoderId | null): Column<Pair>[] {
  const nameOf = (id: string) => byId.get(id)?.name ?? 'a deleted code'
  return [
    {
      id: 'first',
      head: 'Code',
      name: 'first code',
      width: 'minmax(240px, 1fr)',
      sortBy: ({ first }) => nameOf(first),
      cell: ({ first }) => <CodeName code={byId.get(first)} />,
    },
    {
      id: 'second',
      head: 'Also in the note, same coder',
      name: 'Also in the note, same coder: second code',
      width: '320px',
      sortBy: ({ second }) => nameOf(second),
      cell: ({ second }) => <CodeName code={byId.get(second)} />,
    },
    {
      id: 'both',
      head: 'Notes with both',
      name: 'notes with both',
      width: '156px',
      isNumber: true,
      sortBy: ({ both }) => both,
      cell: ({ first, second, both }) => (
        <Figure
          value={both}
          words={`Notes with ${nameOf(first)} and ${nameOf(second)}`}
          asked={{
            codeIds: [first],
            relation: 'near',
            otherIds: [second],
            distance: SAME_NOTE,
            coders: who(coder),
          }}
        />
      ),
    },
    {
      id: 'ofFirst',
      head: '% of first',
      name: '% of first code’s notes',
      width: '112px',
      isNumber: true,
      sortBy: ({ both, notesFirst }) => both / notesFirst,
      cell: ({ both, notesFirst }) => percent(both, notesFirst),
    },
    {
      id: 'ofSecond',
      head: '% of second',
      name: '% of second code’s notes',
      width: '124px',
      isNumber: true,
      sortBy: ({ both, notesSecond }) => both / notesSecond,
      cell: ({ both, notesSecond }) => percent(both, notesSecond),
    },
  ]
}

export function confusedColumns(byId: ReadonlyMap<string, CodeRow>): Column<Confusion>[] {
  const nameOf = (id: string) => byId.get(id)?.name ?? 'a deleted code'
  return [
    {
      id: 'first',
      head: 'One coder applied',
      name: 'One coder applied: first code',
      width: 'minmax(240px, 1fr)',
      sortBy: ({ first }) => nameOf(first),
      cell: ({ first }) => <CodeName code={byId.get(first)} />,
    },
    {
      id: 'second',
      head: 'Another coder, to the same text',
      name: 'Another coder, to the same text: second code',
      width: '320px',
      sortBy: ({ second }) => nameOf(second),
      cell: ({ second }) => <CodeName code={byId.get(second)} />,
    },
    {
      id: 'times',
      head: 'Times',
      name: 'times',
      width: '96px',
      isNumber: true,
      help: 'Codings of the first code that another coder’s coding of the second code overlaps, and none of the first.',
      sortBy: ({ times }) => times,
      cell: ({ first, second, times }) => (
        <Figure
          value={times}
          words={`${nameOf(first)} where another coder applied ${nameOf(second)}`}
          asked={{ codeIds: [first], relation: 'instead', otherIds: [second], coders: [] }}
        />
      ),
    },
  ]
}
