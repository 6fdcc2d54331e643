/** Codes: the tree, their fields, import and export. */
import type { CodebookSource } from '../../../shared/contract/codebook.ts'
import { nextColour } from '../../../shared/palette.ts'
import { allCodes, getCode, listCodes } from '../codebook/codes.ts'
import { previewRemoval } from '../codebook/edits.ts'
import { emptyCode } from '../codebook/fields.ts'
import { codeUseOf } from '../codebook/use.ts'
import { keepRecentCodes, recentCodes } from '../codings/recent-codes.ts'
import { newId } from '../file/new-id.ts'
import {
  addTemplate,
  importCodebook,
  previewCodebook,
  type ReadCodebook,
  readTemplate,
  withSplitNames,
} from '../intake/codebook.ts'
import { type Desk, done, type VerbsOf } from './desk.ts'

/** Reads the template or the picked file that a codebook comes from. */
async function readSource({ pathOf, resourcesFolder }: Desk, source: CodebookSource): Promise<ReadCodebook> {
  if ('template' in source) return readTemplate(resourcesFolder, source.template, source.year)
  const { readCodebookFile } = await import('../intake/codebook-file.ts')
  const codebook = await readCodebookFile(pathOf(source.ticket, 'import-codebook', 'import-notes'))
  return source.isSplit ? withSplitNames(codebook) : codebook
}

export const codesVerbs = (desk: Desk): VerbsOf<'codes'> => {
  const { project, db, viewer, pathOf, keeper, resourcesFolder } = desk
  return {
    'codes.recent': ({ coderId }) => recentCodes(db(), coderId),
    'codes.keepRecent': ({ coderId, newest, numbered }) => {
      keepRecentCodes(project().db, coderId, { newest, numbered })
      return done
    },
    'codes.list': () => listCodes(db(), viewer()),
    'codes.create': ({ coderId, id = newId(), name, parentId, afterId, colour, isFolder = false }) => {
      project().change(coderId, 'codes.add', {
        source: 'the codebook editor',
        codes: [
          {
            ...emptyCode(id, name),
            parentId,
            colour: colour ?? (isFolder ? null : nextColour(allCodes(db()), parentId)),
            isFolder,
            ...(afterId ? { afterId } : {}),
          },
        ],
      })
      return getCode(db(), id)
    },
    'codes.update': ({ coderId, id, changes }) => {
      project().change(coderId, 'codes.update', { changes: [{ id, fields: changes }] })
      return getCode(db(), id)
    },
    'codes.updateAll': ({ coderId, ids, changes }) => {
      project().change(coderId, 'codes.update', { changes: ids.map((id) => ({ id, fields: changes })) })
      return done
    },
    'codes.setRetired': ({ coderId, ids, isRetired }) => {
      project().change(coderId, 'codes.setRetired', { ids, isRetired })
      return done
    },
    'codes.arrange': ({ coderId, how, moves }) => {
      project().change(coderId, 'codes.arrange', { how, moves })
      return done
    },
    'codes.merge': ({ coderId, into, from }) => {
      project().change(coderId, 'codes.merge', { into, from })
      return done
    },
    'codes.use': ({ codeId }) => codeUseOf(db(), codeId, viewer()),
    'codes.previewRemoval': ({ ids }) => previewRemoval(db(), ids, viewer()),
    'codes.delete': ({ coderId, ids }) => {
      project().change(coderId, 'codes.delete', { ids })
      return done
    },
    'codes.moveCodings': ({ coderId, how, from, moves }) => {
      const payload = moves.map(({ codingId, codeId }) => ({ coding: codingId, code: codeId }))
      project().change(coderId, 'codings.reassign', { how, from, moves: payload })
      return done
    },
    'codes.addTemplate': ({ coderId, template }) =>
      addTemplate(project(), coderId, template, resourcesFolder),
    'codes.previewImport': async ({ source }) => previewCodebook(db(), await readSource(desk, source)),
    'codes.import': async ({ coderId, source, digest, take }) => {
      const codebook = await readSource(desk, source)
      await keeper()?.before('import')
      return importCodebook(project(), coderId, codebook, { digest, take })
    },
    'codes.exportFile': async ({ ticket, format, parts, identifiers = 'ask' }, { signal, progress }) => {
      const { exportCodebook } = await import('../reports/codebook.ts')
      return exportCodebook(db(), pathOf(ticket, `codebook-${format}`), format, identifiers, {
        ...(parts ? { parts } : {}),
        viewer: viewer(),
        signal,
        onProgress: progress,
      })
    },
    'codes.printable': async ({ parts, identifiers }, { signal, progress }) => {
      const { printableCodebook } = await import('../reports/codebook.ts')
      return printableCodebook(db(), identifiers, { parts, viewer: viewer(), signal, onProgress: progress })
    },
  }
}
