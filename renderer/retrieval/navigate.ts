/** The way from a figure to the text behind it. */
import { leaveFor } from '../state/session.ts'
import { changeSetup, resetSetup, type Setup } from './retrieval.ts'

/** Asks the retrieval this and goes there; Alt+Left leads back. */
export function openRetrieval(asked: Partial<Setup>): void {
  resetSetup()
  changeSetup(asked)
  leaveFor('retrieval')
}
