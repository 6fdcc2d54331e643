/** The backups of a project, and what is in each: they are opened one after the other, newest first. */
import { useEffect, useState } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { BackupLook, BackupRow } from '../../shared/contract/backups.ts'
import { asProblem } from '../../shared/problem.ts'
import { store } from '../store.ts'

/** A project on the start screen; null stands for the one that is open. */
export type BackupsOf = { ticket: string; passphrase: string } | null

export type Looks = {
  /** Null until they are known. */
  rows: readonly BackupRow[] | null
  looks: Readonly<Record<string, BackupLook>>
  problem: string | null
}

const UNKNOWN: Looks = { rows: null, looks: {}, problem: null }

/**
 * No query: the passphrase of a closed project would stay in its key, and what a backup holds does not change.
 * `soundOne`: no further than the newest that is sound.
 */
export function useLooks(of: BackupsOf, until: 'all' | 'soundOne' = 'all'): Looks {
  const [known, setKnown] = useState<Looks>(UNKNOWN)
  const { ticket, passphrase } = of ?? { ticket: null, passphrase: null }
  useEffect(() => {
    const token = new CancelToken()
    const asked = ticket === null ? null : { ticket, passphrase }
    const look = async () => {
      const rows = await store.backups.list({ of: asked })
      if (token.aborted) return
      setKnown({ rows, looks: {}, problem: null })
      for (const { name } of rows) {
        const one = await store.backups.look({ of: asked, name }, { signal: token })
        if (token.aborted) return
        setKnown((before) => ({ ...before, looks: { ...before.looks, [name]: one } }))
        if (until === 'soundOne' && one.problem === null) return
      }
    }
    look().catch((error: unknown) => {
      if (!token.aborted) setKnown((before) => ({ ...before, problem: asProblem(error).message }))
    })
    return () => token.cancel()
  }, [ticket, passphrase, until])
  return known
}
