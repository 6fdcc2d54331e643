/** The project itself: making, opening and closing it, its settings, copies and proof. */
import { existsSync } from 'node:fs'
import { dropProjectFile, startProjectFile } from '../file/written-file.ts'
import { addTemplate } from '../intake/codebook.ts'
import { Project } from '../project.ts'
import { createSample, SAMPLE_PASSPHRASE } from '../sample.ts'
import { assertWholeCopy } from '../verify/whole-copy.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

export const projectVerbs = (desk: Desk): VerbsOf<'project'> => {
  const { project, opened, run, pathOf, use, leave, announce, marks, resourcesFolder, sampleFile } = desk
  return {
    'project.create': ({ ticket, passphrase, title, coderName, template }) => {
      const fill = (created: Project) => {
        const coder = created.addCoder(coderName)
        created.activate(coder.id)
        if (template !== 'empty') addTemplate(created, coder.id, template, resourcesFolder)
      }
      return use(Project.create(pathOf(ticket, 'project'), passphrase, { title }, fill), false)
    },
    'project.open': ({ ticket, passphrase }) => {
      const path = pathOf(ticket, 'open-project')
      // A wrong passphrase must leave the project that is open as it is.
      return use(Project.open(path, passphrase, marks))
    },
    'project.openSample': () => {
      const isThere = existsSync(sampleFile)
      return use(
        isThere
          ? Project.open(sampleFile, SAMPLE_PASSPHRASE, marks)
          : createSample(sampleFile, resourcesFolder),
      )
    },
    'project.close': async () => {
      await leave()
      announce({ topics: ['project'], noteIds: null })
      return done
    },
    'project.info': () => opened()?.info() ?? null,
    'project.rename': ({ coderId, title }) => {
      project().change(coderId, 'project.set', { name: 'title', value: title })
      return project().info()
    },
    'project.setReflexive': ({ coderId, isReflexive }) => {
      project().change(coderId, 'project.setReflexive', { isReflexive })
      return project().info()
    },
    'project.setFinishedRule': ({ coderId, rule }) => {
      project().change(coderId, 'project.setFinishedRule', { rule })
      return project().info()
    },
    'project.verify': (_args, context) => run('verify', null, context),
    'project.backup': async ({ ticket }, context) => {
      const copied = project()
      const path = pathOf(ticket, 'backup')
      // The copy has the seal in it; where none can be written nothing is sealed.
      startProjectFile(path)
      dropProjectFile(path)
      copied.seal('backup')
      await run('backup', { path }, context)
      if (copied.guard.lost === 'content') assertWholeCopy(path, copied.passphrase)
      copied.noteCopied()
      return done
    },
  }
}
