import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Qualifiers } from '../../shared/contract/qualifiers.ts'
import { toggled } from '../../shared/qualifiers.ts'
import { QualifierChoices } from '../codes/QualifierChoices.tsx'
import { useQualifiers } from '../codes/qualifiers.ts'
import { showPane } from './selection.ts'

/** What a new coding with this code says until the coder says otherwise. */
export function UsualQualifiers({
  code,
  onSave,
}: {
  code: Pick<CodeRow, 'qualifiers'>
  onSave(qualifiers: Qualifiers): void
}) {
  const definitions = useQualifiers()
  const edit = () => showPane('qualifiers')
  return (
    <section className="entry-part" aria-label="Usual qualifiers">
      <div className="entry-part-head">
        <h3>Usual qualifiers</h3>
        <button type="button" className="link" onClick={edit}>
          {definitions.length === 0 ? 'Set up qualifiers' : 'Edit the qualifiers'}
        </button>
      </div>
      <p className="field-hint">
        {definitions.length === 0
          ? 'Qualifiers record more about a coding: negated, past, about a sibling. This project has none.'
          : 'New codings with this code get these values; the coder can change them.'}
      </p>
      <QualifierChoices
        definitions={definitions}
        said={code.qualifiers}
        onToggle={(qualifier, value) => onSave(toggled(code.qualifiers, qualifier, value))}
      />
    </section>
  )
}
