import { database } from '@/server/database'
import { env } from '@/server/env'
import { processWide } from '@/server/process-wide'
import { providerOf } from './providers'
import { loadSealKeys } from './seal-keys'
import type { SessionKeeper } from './sessions'

/** What sessions are kept by in this process. */
export const sessionKeeper = (): SessionKeeper =>
  processWide('session-keeper', () => {
    const { idle, longest, refresh, rotate } = env().auth.session
    const limits = { idleMs: idle, absoluteMs: longest, refreshMs: refresh, rotateMs: rotate }
    return { pool: database(), limits, keys: loadSealKeys(env()), provider: providerOf }
  })
