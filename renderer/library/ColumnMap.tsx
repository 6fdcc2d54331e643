import { memo } from 'react'
import type { ImportPreview } from '../../shared/model.ts'
import { Select } from '../ui/Field.tsx'
import { ROLES, type RoleName, type Roles, roleName } from './mapping.ts'

const ROWS = 3
const CELL = 240

/** Each column of the table with what it becomes and what its first rows hold. */
export function ColumnMap({
  preview,
  roles,
  isLocked,
  onRole,
}: {
  preview: ImportPreview
  roles: Roles
  isLocked: boolean
  onRole(column: string, name: RoleName): void
}) {
  const rows = preview.rows.slice(0, ROWS)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="columns" tabIndex={0} aria-label="Columns and first rows">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">What it is</th>
            {rows.map((_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview never move
              <th key={index} scope="col" className="number">
                Row {index + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.columns.map((column, at) => (
            <ColumnRow
              key={column}
              column={column}
              role={roleName(roles[column])}
              cells={rows.map((row) => row[at] ?? '')}
              isLocked={isLocked}
              onRole={onRole}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type RowProps = {
  column: string
  role: RoleName
  cells: readonly string[]
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
        {cells.map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview never move
          <td key={index}>
            <Sample text={cell} />
          </td>
        ))}
      </tr>
    )
  },
  (before, after) =>
    before.column === after.column &&
    before.role === after.role &&
    before.isLocked === after.isLocked &&
    before.cells.every((cell, index) => cell === after.cells[index]),
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
