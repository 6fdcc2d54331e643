import { memo } from 'react'
import type { ImportPreview } from '../../shared/contract/note-import.ts'
import { Checkbox, Select } from '../ui/Field.tsx'
import { ROLES, type RoleName, type Roles, roleName } from './mapping.ts'
import { type FirstRow, firstRows, type RowChoice } from './row-choice.ts'

const CELL = 240

/** Each column of the table with what it becomes and what its first rows hold. */
export function ColumnMap({
  preview,
  roles,
  rowChoice,
  isLocked,
  onRole,
  onRow,
}: {
  preview: ImportPreview
  roles: Roles
  rowChoice: RowChoice
  isLocked: boolean
  onRole(column: string, name: RoleName): void
  onRow(number: number, isTaken: boolean): void
}) {
  const rows = firstRows(preview, rowChoice)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="columns" tabIndex={0} aria-label="Columns and first rows">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Use as</th>
            {rows.map((row) => (
              <RowHead key={row.number} row={row} isLocked={isLocked} onRow={onRow} />
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.columns.map((column, at) => (
            <ColumnRow
              key={column}
              column={column}
              role={roleName(roles[column])}
              cells={rows.map(({ number, cells, isTaken }) => ({ number, text: cells[at] ?? '', isTaken }))}
              isLocked={isLocked}
              onRole={onRole}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Ticked rows become notes. What looks like none is not ticked, and says what it looks like. */
function RowHead({
  row: { number, isTaken, looksLike },
  isLocked,
  onRow,
}: {
  row: FirstRow
  isLocked: boolean
  onRow(number: number, isTaken: boolean): void
}) {
  return (
    <th scope="col" className="number">
      <Checkbox
        label={
          <>
            Row {number}
            {!isTaken && <span className="row-left">, left out{looksLike && `: ${looksLike}`}</span>}
          </>
        }
        checked={isTaken}
        disabled={isLocked}
        onChecked={(checked) => onRow(number, checked)}
      />
    </th>
  )
}

type ShownCell = { number: number; text: string; isTaken: boolean }

type RowProps = {
  column: string
  role: RoleName
  cells: readonly ShownCell[]
  isLocked: boolean
  onRole(column: string, name: RoleName): void
}

const ColumnRow = memo(
  function ColumnRow({ column, role, cells, isLocked, onRole }: RowProps) {
    return (
      <tr className={role === 'ignore' ? 'column-left' : role === 'text' ? 'column-text' : undefined}>
        <th scope="row">
          <span title={column}>{column}</span>
        </th>
        <td className="column-role">
          <Select
            label={`What ${column} is`}
            isLabelHidden
            value={role}
            disabled={isLocked}
            options={ROLES}
            onValue={(name) => onRole(column, name)}
          />
        </td>
        {cells.map(({ number, text, isTaken }) => (
          <td key={number} className={isTaken ? undefined : 'cell-left'}>
            <Sample text={text} />
          </td>
        ))}
      </tr>
    )
  },
  (before, after) =>
    before.column === after.column &&
    before.role === after.role &&
    before.isLocked === after.isLocked &&
    before.cells.length === after.cells.length &&
    before.cells.every(({ text, isTaken }, index) => {
      const cell = after.cells[index]
      return text === cell?.text && isTaken === cell.isTaken
    }),
)

const Sample = ({ text }: { text: string }) =>
  text.trim() === '' ? <span className="missing">missing</span> : <span>{text.slice(0, CELL)}</span>

/** Files that are a note each: their names and how they begin. */
export function FirstTexts({ preview }: { preview: ImportPreview }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="columns" tabIndex={0} aria-label="First files">
      <table>
        <thead>
          <tr>
            <th scope="col">Note</th>
            <th scope="col">How the text begins</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map(([name, text], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview never move
            <tr key={index}>
              <th scope="row">
                <span title={name}>{name}</span>
              </th>
              <td>
                <Sample text={text ?? ''} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
