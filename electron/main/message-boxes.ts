/** What a person reads when a part of the program stopped and could not simply be started again. */
import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron'

/** True: start the store once more. */
export function askAfterStoreStopped(window: BrowserWindow | null, reason: string): Promise<boolean> {
  return ask(window, {
    type: 'error',
    message: 'The part of Understory that keeps the project file stopped several times in a row.',
    detail:
      'Everything that was shown as saved is safe in the project file. ' +
      'If it stops again, make a copy of the project file and restart the computer before you go on.' +
      `\n\nReason given by the system: ${reason}.`,
    buttons: ['Start it again', 'Quit'],
  })
}

/** True: load the page once more. */
export function askAfterPageStopped(window: BrowserWindow | null, reason: string): Promise<boolean> {
  return ask(window, {
    type: 'error',
    message: 'The window stopped showing its contents.',
    detail:
      'Everything that was shown as saved is safe in the project file. ' +
      `A memo that was being written may have to be written again.\n\nReason given by the system: ${reason}.`,
    buttons: ['Show it again', 'Quit'],
  })
}

/** The save dialog asked about the name as typed; this one is about the name with the right ending. */
export function askToReplace(window: BrowserWindow | null, name: string): Promise<boolean> {
  return ask(window, {
    type: 'warning',
    message: `${name} exists already. Replace it?`,
    detail: 'What is in it now is lost when you replace it.',
    buttons: ['Replace', 'Cancel'],
    defaultId: 1,
  })
}

/** True for the first button; closing the box counts as the second. */
async function ask(window: BrowserWindow | null, options: MessageBoxOptions): Promise<boolean> {
  const complete = { defaultId: 0, cancelId: 1, noLink: true, ...options }
  const { response } =
    window === null ? await dialog.showMessageBox(complete) : await dialog.showMessageBox(window, complete)
  return response === 0
}
