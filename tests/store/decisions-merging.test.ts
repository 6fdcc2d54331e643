/** What becomes of decisions that two laptops made apart. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { selectCompared } from '../../electron/store/analysis/disagreements.ts'
import { readStanding } from '../../electron/store/analysis/undecided.ts'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { makeDecisions } from '../../electron/store/decisions/decisions.ts'
import { planDecisions } from '../../electron/store/intake/decisions.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close(false)
})

type Team = { mine: Project; theirs: Project; amara: CoderId; ben: CoderId; consensus: CoderId }

/** Amara, who leads, and Ben, who may decide too, each with a copy of the project. */
function team(): Team {
  const folder = temporaryFolder()
  const ids = {} as Pick<Team, 'amara' | 'ben' | 'consensus'>
  const made = Project.create(
    join(folder, 'amara.understory'),
    PASSPHRASE,
    { title: 'A study' },
    (project) => {
      const amara = project.addCoder('Amara').id
      const ben = project.addCoder('Ben').id
      project.change(amara, 'coder.setRole', { id: ben, role: 'adjudicator' })
      Object.assign(ids, { amara, ben, consensus: project.addConsensus(amara).id })
      addNotes(project, amara, { N1: 'Sarah shouted at him. Police came twice in the night.' })
      const violence = addCode(project, amara, 'Violence')
      applyCode(project, amara, 'N1', violence, [0, 13])
      applyCode(project, ben, 'N1', violence, [6, 20])
      for (const coder of [amara, ben])
        project.change(coder, 'note.setStatus', { notes: ['N1'], status: 'finished' })
    },
  )
  made.compareWithMark({ settingsFolder: join(folder, 'settings of amara') })
  made.close(false)
  copyFileSync(made.path, join(folder, 'ben.understory'))
  const openOn = (name: string) => {
    const project = Project.open(join(folder, `${name}.understory`), PASSPHRASE, {
      settingsFolder: join(folder, `settings of ${name}`),
    })
    open.push(project)
    return project
  }
  return { mine: openOn('amara'), theirs: openOn('ben'), ...ids }
}

const standing = ({ db }: Project, { amara, ben }: Team) => {
  const scope = { coderIds: [amara, ben], roundId: null, codeIds: null }
  return [...readStanding(db, selectCompared(db, scope), scope)]
}

function decide(project: Project, who: CoderId, decision: string, each: Team): void {
  const [first] = standing(project, each)
  const row = { row: 1, disagreement: first?.about.id ?? '', decision, code: '', span: null, reason: '' }
  const scope = { coderIds: [each.amara, each.ben], roundId: null, codeIds: null }
  makeDecisions(project, who, planDecisions(project.db, scope, [row], []))
}

/** Both take in what the other has; then they must hold the same. @returns why entries are void */
function meet({ mine, theirs }: Team): string[] {
  const reports = [mine.merge(theirs.path, PASSPHRASE), theirs.merge(mine.path, PASSPHRASE)]
  reports.push(mine.merge(theirs.path, PASSPHRASE), theirs.merge(mine.path, PASSPHRASE))
  expect(fingerprint(theirs.db)).toBe(fingerprint(mine.db))
  for (const { db } of [mine, theirs]) expect(verify(db)).toMatchObject({ ok: true, problems: [] })
  return [...new Set(reports.flatMap(({ entries }) => entries.void.map(({ reason }) => reason)))]
}

const made = ({ db }: Project, { consensus }: Team) =>
  codingsOfNote(db, 'N1', [consensus]).map(
    ({ span }) => span && getNote(db, 'N1').text.slice(span.start, span.end),
  )

describe('decisions made apart', () => {
  it('about the same disagreement: the later stands, and what the other made is gone', () => {
    const each = team()
    decide(each.mine, each.amara, 'union', each)
    decide(each.theirs, each.ben, 'intersection', each)
    expect(meet(each)).toEqual([])
    expect(made(each.mine, each)).toEqual(['shouted'])
    expect(standing(each.mine, each)).toMatchObject([
      { standing: { isStale: false, decision: { decision: 'intersection', by: each.ben } } },
    ])
  })

  it('and a redaction that one did not know of: the consensus lies on the same words', () => {
    const each = team()
    redact(each.mine, each.amara, [{ noteId: 'N1', cuts: [{ start: 0, end: 5, mask: '[NAME]' }] }])
    decide(each.theirs, each.ben, 'Ben', each)
    expect(meet(each)).toEqual([])
    expect(made(each.mine, each)).toEqual(['shouted at him'])
    expect(standing(each.theirs, each)).toMatchObject([{ standing: { isStale: false } }])
  })

  it('and a coding that was changed meanwhile: the decision is stale everywhere', () => {
    const each = team()
    const [bens] = codingsOfNote(each.mine.db, 'N1', [each.ben])
    each.theirs.change(each.ben, 'codings.change', {
      changes: [{ id: bens?.id as NonNullable<typeof bens>['id'], range: { start: 6, end: 16 } }],
    })
    decide(each.mine, each.amara, 'union', each)
    expect(meet(each)).toEqual([])
    expect(standing(each.theirs, each)).toMatchObject([{ standing: { isStale: true } }])
  })

  it('by somebody who might not decide any more do nothing, and say why', () => {
    const each = team()
    each.mine.change(each.amara, 'coder.setRole', { id: each.ben, role: 'coder' })
    decide(each.theirs, each.ben, 'union', each)
    expect(meet(each)).toEqual(['Only a lead or an adjudicator edits the consensus layer.'])
    expect(made(each.theirs, each)).toEqual([])
  })

  it('about a code that was deleted meanwhile leave out what they made of it', () => {
    const each = team()
    const [coding] = codingsOfNote(each.mine.db, 'N1', [each.amara])
    each.mine.change(each.amara, 'codes.delete', {
      ids: [coding?.codeId as NonNullable<typeof coding>['codeId']],
    })
    decide(each.theirs, each.ben, 'both', each)
    expect(meet(each)).toEqual([expect.stringMatching(/^There is no code/)])
    expect(made(each.mine, each)).toEqual([])
  })
})
