import { useEffect, useState } from 'react'
import type { Picked } from '../../shared/bridge.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import type {
  AttributeKind,
  AttributeOwner,
  ImportMap,
  ImportPreview,
  ImportReport,
} from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { coderId, say } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, formatCount, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { Select } from '../ui/Field.tsx'
import { type ColumnRole, mapOf, ROLES, rolesOf } from './mapping.ts'

type State = {
  preview: ImportPreview | null
  roles: Record<string, ColumnRole>
  report: ImportReport | null
  isDone: boolean
  progress: Progress | null
  token: CancelToken | null
  problem: string | null
}

const START: State = {
  preview: null,
  roles: {},
  report: null,
  isDone: false,
  progress: null,
  token: null,
  problem: null,
}

/** Look at what would be read, say which column is what, try it, then import. */
export function ImportSheet({ picked, onClose }: { picked: Picked; onClose(): void }) {
  const [state, setState] = useState<State>(START)
  const patch = (changes: Partial<State>) => setState((before) => ({ ...before, ...changes }))

  useEffect(() => {
    const token = new CancelToken()
    store.notes
      .previewImport({ ticket: picked.ticket }, { signal: token })
      .then((preview) => setState({ ...START, preview, roles: rolesOf(preview) }))
      .catch((error) => setState({ ...START, problem: asProblem(error).message }))
    return () => token.cancel()
  }, [picked.ticket])

  const { preview, roles, report, progress, token, problem, isDone } = state
  const map: ImportMap | null = preview?.kind === 'table' ? mapOf(roles) : null
  const isReady = preview !== null && (preview.kind === 'texts' || map !== null)

  const run = async (dryRun: boolean) => {
    const token = new CancelToken()
    patch({ token, problem: null, report: null, progress: null })
    try {
      const report = await store.notes.import(
        { coderId: coderId(), ticket: picked.ticket, map, dryRun },
        { signal: token, onProgress: (progress) => patch({ progress }) },
      )
      patch({ report, isDone: !dryRun })
      if (!dryRun) say(`${counted(report.notes.added, 'note')} imported`)
    } catch (error) {
      const { code, message } = asProblem(error)
      patch({
        problem:
          code === 'cancelled'
            ? 'The import was stopped. Notes imported until then stay; importing again adds only the rest.'
            : message,
      })
    } finally {
      patch({ token: null })
    }
  }

  return (
    <section className="import" aria-label="Import notes" data-pane="import">
      <div className="import-head">
        <h2>Import {picked.name}</h2>
        {preview && (
          <span className="place-facts">
            {preview.kind === 'texts'
              ? counted(preview.files.length, 'text file')
              : counted(preview.columns.length, 'column')}
            {preview.encoding && `, ${preview.encoding}`}
          </span>
        )}
        <span className="spacer" />
        {!isDone && (
          <>
            <Button disabled={!isReady || token !== null} onClick={() => void run(true)}>
              Try it
            </Button>
            <Button kind="primary" disabled={!isReady || token !== null} onClick={() => void run(false)}>
              Import notes
            </Button>
          </>
        )}
        <Button kind="plain" onClick={onClose}>
          {isDone ? 'Done' : 'Close'}
        </Button>
      </div>
      {!preview && !problem && <ProgressBar progress={null} />}
      {problem && <ProblemNote>{problem}</ProblemNote>}
      {token && <ProgressBar progress={progress} onCancel={() => token.cancel()} />}
      {report && <Outcome report={report} isDone={isDone} />}
      {preview && !isDone && (
        <PreviewTable preview={preview} roles={roles} onRoles={(roles) => patch({ roles, report: null })} />
      )}
      {preview?.kind === 'table' && map === null && !problem && (
        <p className="field-problem">Choose the column that holds the text of the notes.</p>
      )}
    </section>
  )
}

function PreviewTable({
  preview,
  roles,
  onRoles,
}: {
  preview: ImportPreview
  roles: Record<string, ColumnRole>
  onRoles(roles: Record<string, ColumnRole>): void
}) {
  const columns = preview.columns.length > 0 ? preview.columns : ['File', 'Text']
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="preview" tabIndex={0} aria-label="First rows">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                <span>{column}</span>
                {preview.kind === 'table' && (
                  <Select
                    label={`What ${column} is`}
                    isLabelHidden
                    value={roleName(roles[column])}
                    options={ROLES}
                    onValue={(name) => onRoles(withRole(roles, column, name))}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, 8).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview never move
            <tr key={index}>
              {columns.map((column, at) => (
                <td key={column}>
                  <span>{(row[at] ?? '').slice(0, 140)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type RoleName = (typeof ROLES)[number]['value']

const roleName = (role: ColumnRole | undefined): RoleName => {
  if (!role) return 'ignore'
  return role.as === 'attribute' ? (`${role.of}:${role.kind}` as RoleName) : role.as
}

/** The text, the id and so on are one column each: who had the part before is ignored from now on. */
function withRole(
  roles: Record<string, ColumnRole>,
  column: string,
  name: RoleName,
): Record<string, ColumnRole> {
  const [of, kind] = name.split(':') as [AttributeOwner, AttributeKind | undefined]
  const role: ColumnRole = kind
    ? { as: 'attribute', of, kind }
    : { as: name as Exclude<ColumnRole['as'], 'attribute'> }
  const others = Object.entries(roles).map(([other, before]): [string, ColumnRole] =>
    role.as !== 'attribute' && role.as !== 'ignore' && before.as === role.as
      ? [other, { as: 'ignore' }]
      : [other, before],
  )
  return { ...Object.fromEntries(others), [column]: role }
}

function Outcome({ report, isDone }: { report: ImportReport; isDone: boolean }) {
  const { added, duplicate, rejected } = report.notes
  const found = Object.entries(report.identifiers).filter(([, count]) => count > 0)
  return (
    <div className="outcome" role="status">
      <p className="number">
        <strong>
          {isDone ? `${counted(added, 'note')} imported` : `${counted(added, 'note')} would be imported`}
        </strong>
        {`, ${formatCount(duplicate)} already there, ${formatCount(rejected.length)} rejected; ${counted(report.cases, 'case')}, ${counted(report.attributes, 'attribute')}.`}
      </p>
      {found.length > 0 && (
        <p className="number">
          Possible identifiers found:{' '}
          {found.map(([kind, count]) => `${kind} ${formatCount(count)}`).join(', ')}. Look at them before you
          share the project.
        </p>
      )}
      {rejected.length > 0 && (
        <ul className="rejected">
          {rejected.slice(0, 200).map((row) => (
            <li key={`${row.row}-${row.reason}`} className="number">
              <span className="rejected-row">Row {row.row}</span>
              {row.reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
