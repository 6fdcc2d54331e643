/** The one check of who calls a verb of main: our page, in the main frame of the window that was asked for. */
import { isOurAddress } from './page-address.ts'

/** The part of Electron's WebFrameMain that matters here. */
export type FrameLike = { readonly url: string; readonly parent: unknown }
/** The part of Electron's IpcMainInvokeEvent that matters here; `senderFrame` is null once the frame has gone. */
export type CallLike = { readonly sender: { readonly id: number }; readonly senderFrame: FrameLike | null }

export class ForeignSenderError extends Error {
  readonly code = 'ERR_FOREIGN_SENDER'

  constructor() {
    super('This call was refused: it did not come from the page of the project window.')
    this.name = 'ForeignSenderError'
  }
}

export function isOurSender(call: CallLike, windowContentsId: number | undefined): boolean {
  const frame = call.senderFrame
  return (
    frame !== null && frame.parent === null && call.sender.id === windowContentsId && isOurAddress(frame.url)
  )
}

/** @throws {ForeignSenderError} unless the call comes from the main frame of our page in that window */
export function assertOurSender(call: CallLike, windowContentsId: number | undefined): void {
  if (!isOurSender(call, windowContentsId)) throw new ForeignSenderError()
}
