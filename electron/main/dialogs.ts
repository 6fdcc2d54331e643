/** The native file dialogs; paths leave here only towards the tickets. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { app, type BrowserWindow, dialog, type FileFilter, type OpenDialogOptions } from 'electron'
import type { SaveKind } from '../../shared/bridge.ts'
import { NOTE_ENDINGS } from '../../shared/note-endings.ts'
import { suggestedFileName, withExtension } from './file-names.ts'
import { PROJECT_EXTENSION } from './launch-arguments.ts'
import { askToReplace } from './message-boxes.ts'

type Paths = readonly [string, ...string[]]
type SaveType = { title: string; type: string; extension: string }

const PROJECT_FILTER: FileFilter = { name: 'Understory project', extensions: [PROJECT_EXTENSION] }

const SAVE_TYPES: Readonly<Record<SaveKind, SaveType>> = {
  project: { title: 'New project', type: 'Understory project', extension: PROJECT_EXTENSION },
  backup: { title: 'Save a backup', type: 'Understory project', extension: PROJECT_EXTENSION },
  'codebook-qdc': { title: 'Export the codebook', type: 'REFI-QDA codebook', extension: 'qdc' },
  'codebook-csv': { title: 'Export the codebook', type: 'CSV table', extension: 'csv' },
  'codebook-xlsx': { title: 'Export the codebook', type: 'Excel workbook', extension: 'xlsx' },
  'codebook-docx': { title: 'Export the codebook', type: 'Word document', extension: 'docx' },
  'codebook-html': { title: 'Export the codebook', type: 'Web page', extension: 'html' },
  'codebook-md': { title: 'Export the codebook', type: 'Markdown text', extension: 'md' },
  'themes-csv': { title: 'Export the theme table', type: 'CSV table', extension: 'csv' },
  'agreement-csv': { title: 'Export the agreement table', type: 'CSV table', extension: 'csv' },
  'agreement-xlsx': { title: 'Export the agreement table', type: 'Excel workbook', extension: 'xlsx' },
  'agreement-docx': { title: 'Export the agreement table', type: 'Word document', extension: 'docx' },
  'reliability-csv': { title: 'Export reliability data', type: 'CSV table', extension: 'csv' },
  'diagnosis-csv': { title: 'Export where coders differ', type: 'CSV table', extension: 'csv' },
  'quotes-csv': { title: 'Export segments', type: 'CSV table', extension: 'csv' },
  'quotes-xlsx': { title: 'Export segments', type: 'Excel workbook', extension: 'xlsx' },
  'quotes-docx': { title: 'Export segments', type: 'Word document', extension: 'docx' },
  'journal-csv': { title: 'Export the journal', type: 'CSV table', extension: 'csv' },
}

export const isSaveKind = (value: unknown): value is SaveKind =>
  typeof value === 'string' && Object.hasOwn(SAVE_TYPES, value)

export const askForProject = (window: BrowserWindow): Promise<Paths | null> =>
  askToChoose(window, {
    title: 'Open a project',
    properties: ['openFile'],
    filters: [PROJECT_FILTER, { name: 'All files', extensions: ['*'] }],
  })

export const askForImportFiles = (window: BrowserWindow): Promise<Paths | null> =>
  askToChoose(window, {
    title: 'Choose files to import',
    properties: ['openFile', 'multiSelections'],
    filters: [
      {
        name: 'Notes and codebooks',
        // The same button takes codebooks; whole projects of other programs come in elsewhere.
        extensions: [...NOTE_ENDINGS.map((ending) => ending.slice(1)), 'qdc'],
      },
      { name: 'All files', extensions: ['*'] },
    ],
  })

export const askForImportFolder = (window: BrowserWindow): Promise<Paths | null> =>
  askToChoose(window, { title: 'Choose a folder of notes', properties: ['openDirectory'] })

export const askForCodebook = (window: BrowserWindow): Promise<Paths | null> =>
  askToChoose(window, {
    title: 'Choose a codebook',
    properties: ['openFile'],
    filters: [
      { name: 'Codebooks', extensions: ['qdc', 'csv', 'xlsx'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })

async function askToChoose(window: BrowserWindow, options: OpenDialogOptions): Promise<Paths | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: documents(),
    ...options,
  })
  const [first, ...others] = filePaths
  return canceled || first === undefined ? null : [first, ...others]
}

/** Where to save, with the right extension; null when the person changed their mind. */
export async function askWhereToSave(
  window: BrowserWindow,
  kind: SaveKind,
  suggestion: string,
): Promise<string | null> {
  const { title, type, extension } = SAVE_TYPES[kind]
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: path.join(documents(), suggestedFileName(suggestion, extension)),
    filters: [{ name: type, extensions: [extension] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  if (canceled || !filePath) return null
  const complete = withExtension(filePath, extension)
  // The dialog has asked about replacing what the person typed, not what it became.
  const isUnasked = complete !== filePath && existsSync(complete)
  return isUnasked && !(await askToReplace(window, path.basename(complete))) ? null : complete
}

function documents(): string {
  try {
    return app.getPath('documents')
  } catch {
    // Some locked-down accounts have none.
    return app.getPath('home')
  }
}
