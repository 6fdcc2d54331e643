/**
 * The outside of a package: one file in the format of age (C2SP age v1), which the standard `age` tool opens too. It is
 * encrypted for keys, or under a passphrase where none is known yet. What is inside is padded, so that its size says no
 * more than its order of magnitude.
 */
import { Decrypter, Encrypter } from 'age-encryption'
import { Problem } from '../../../../shared/problem.ts'

/** scrypt with N = 2^18, as the `age` tool has it: a second for each try. */
const PASSPHRASE_WORK = 18

/** Either keys of the receivers (`age1…`), or a passphrase. */
export type Lock = { recipients: readonly string[] } | { passphrase: string }

/** What may open a package: keys that a copy of the project has (`AGE-SECRET-KEY-1…`), and a passphrase. */
export type Openers = { identities: readonly string[]; passphrase: string | null }

export async function seal(content: Uint8Array, lock: Lock): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  if ('passphrase' in lock) {
    encrypter.setPassphrase(lock.passphrase)
    encrypter.setScryptWorkFactor(PASSPHRASE_WORK)
  } else for (const recipient of lock.recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(content)
}

const BEGINNING = 'age-encryption.org/v1\n'

/** Whether a file begins as one in this format does. */
export const isSealed = (beginning: Uint8Array): boolean =>
  Buffer.from(beginning.subarray(0, BEGINNING.length)).toString('latin1') === BEGINNING

/** @throws Problem `wrong-passphrase` where nothing given opens it, `project-damaged` where it is not as it was written */
export async function unseal(file: Uint8Array, openers: Openers, name: string): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  for (const identity of openers.identities) decrypter.addIdentity(identity)
  if (openers.passphrase !== null) decrypter.addPassphrase(openers.passphrase)
  try {
    return await decrypter.decrypt(file)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    if (/no identity matched|no identities/i.test(words))
      throw new Problem(
        'wrong-passphrase',
        `Neither the passphrase nor the keys of this copy open ${name}: it is for somebody else, or has another passphrase. Nothing was changed.`,
        { cause: error },
      )
    throw new Problem(
      'project-damaged',
      `${name} is damaged or was changed after it was written. Nothing was changed; ask for it again.`,
      { cause: error },
    )
  }
}
