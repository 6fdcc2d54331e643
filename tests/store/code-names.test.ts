import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { resolveCode } from '../../electron/store/codebook/names.ts'
import { codePaths } from '../../electron/store/codebook/tree.ts'
import { attributeCalled, ownerCalled } from '../../electron/store/notes/names.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { addCode, addNotes } from './project-content.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

function codeOf(project: Project, words: string): string {
  const codes = listCodes(project.db)
  return resolveCode(codes, codePaths(codes), words).id
}

describe('a code is meant', () => {
  it('by what is spelt exactly so before what is only alike, by its path before its name', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const harm = addCode(project, amara, 'Harm')
    const inHarm = addCode(project, amara, 'harm', harm)
    const small = addCode(project, amara, 'Straße')
    expect(codeOf(project, 'Harm')).toBe(harm)
    expect(codeOf(project, 'harm')).toBe(inHarm)
    expect(codeOf(project, 'HARM')).toBe(harm)
    expect(codeOf(project, 'harm > HARM')).toBe(inHarm)
    expect(codeOf(project, 'STRASSE')).toBe(small)
    expect(codeOf(project, inHarm.toUpperCase())).toBe(inHarm)
    expect(() => codeOf(project, 'Harms')).toThrow('There is no code "Harms" in the codebook.')
  })

  it('by none of several that fit equally well: their paths are named, or their ids where those are one', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const [home, school] = ['Home', 'School'].map((name) => addCode(project, amara, name)) as [CodeId, CodeId]
    addCode(project, amara, 'Safe', home)
    addCode(project, amara, 'Safe', school)
    expect(() => codeOf(project, 'safe')).toThrow(
      '"safe" fits 2 codes equally well: "Home > Safe", "School > Safe"',
    )
    expect(() => codeOf(project, 'Safe')).toThrow(/fits 2 codes/)
    const twin = addCode(project, amara, 'Safe', school)
    expect(() => codeOf(project, 'School > Safe')).toThrow(twin)
  })
})

describe('a note, case or attribute is meant', () => {
  it('by the same rule; what notes and cases both have is named in full', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, { n1: 'One.', N1: 'Two.', N2: 'Three.' }, 'Case A')
    project.change(amara, 'attribute.add', { name: 'team', of: 'case', kind: 'category' })
    project.change(amara, 'attribute.add', { name: 'Site', of: 'note', kind: 'category' })
    expect(ownerCalled(project.db, 'note', 'N1')).toBe('N1')
    expect(ownerCalled(project.db, 'note', 'n2')).toBe('N2')
    expect(() => ownerCalled(project.db, 'note', ' N1')).not.toThrow()
    expect(() => ownerCalled(project.db, 'note', 'n3')).toThrow('There is no note "n3"')
    expect(ownerCalled(project.db, 'case', 'case  a')).toBe('Case A')
    expect(attributeCalled(project.db, 'SITE')).toEqual({ name: 'Site', of: 'note' })
    expect(attributeCalled(project.db, 'case:team')).toEqual({ name: 'team', of: 'case' })
    expect(() => attributeCalled(project.db, 'team')).toThrow('"note:team", "case:team"')
  })
})

describe('two coders whose names are alike', () => {
  it('are both found as they are spelt, and none by a spelling between them', () => {
    const project = makeProject()
    const [one, two] = ['Ann Strasse', 'Ann Straße'].map((name) => project.addCoder(name).id)
    expect(project.coderCalled('Ann Strasse').id).toBe(one)
    expect(project.coderCalled('Ann Straße').id).toBe(two)
    expect(() => project.coderCalled('ANN STRASSE')).toThrow(/fits 2 coders/)
    expect(verify(project.db).ok).toBe(true)
  })
})

describe('what is refused half-way', () => {
  it('has no half characters in any name or text, and whole ones and backslashes as they are', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const code = addCode(project, amara, 'C:\\ud83d 🐕')
    const before = fingerprint(project.db)
    expect(() => project.addCoder('Be\ud83dn')).toThrow(/half a character in it, .* Nothing was changed/)
    expect(() => addCode(project, amara, 'Harm\udc15')).toThrow(/half a character/)
    expect(() => project.coderCalled('\\\ud83d')).toThrow(/half a character/)
    expect(fingerprint(project.db)).toBe(before)
    expect(listCodes(project.db)).toMatchObject([{ id: code, name: 'C:\\ud83d 🐕' }])
    expect(verify(project.db).ok).toBe(true)
  })

  it('leaves no project file when a new project cannot be filled', () => {
    const folder = temporaryFolder()
    const create = () =>
      Project.create(join(folder, 'study.understory'), PASSPHRASE, { title: 'Study' }, (project) => {
        project.addCoder('Amara')
        throw new Error('no template')
      })
    expect(create).toThrow('no template')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves no coder of a step that is refused, and announces nothing of it', () => {
    const project = makeProject()
    const heard: string[][] = []
    project.onChange(({ topics }) => heard.push(topics))
    const refuse = () =>
      project.allOrNothing(() => {
        project.coderCalled('Zed')
        throw new Error('refused')
      })
    expect(refuse).toThrow('refused')
    expect([heard, project.info().coders.map(({ name }) => name)]).toEqual([
      [['coders', 'history']],
      ['Coder 1'],
    ])
    heard.splice(0)
    project.allOrNothing(() => {
      project.coderCalled('Zed')
      project.coderCalled('Yan')
    })
    expect(heard).toEqual([['coders', 'history']])
    expect(verify(project.db).ok).toBe(true)
  })
})
