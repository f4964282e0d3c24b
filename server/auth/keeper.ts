import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { AppError, toError } from '@/server/errors'
import { processWide } from '@/server/process-wide'
import { providerOf } from './providers'
import type { SealKeys } from './seal'
import type { SessionKeeper } from './sessions'

const leastBytes = 32

/** What sessions are kept by in this process. */
export const sessionKeeper = (): SessionKeeper =>
  processWide('session-keeper', () => {
    const { idle, longest, refresh, rotate } = env().auth.session
    const limits = { idleMs: idle, absoluteMs: longest, refreshMs: refresh, rotateMs: rotate }
    return { pool: database(), limits, keys: sealKeys(), provider: providerOf }
  })

/** The key that seals what providers give: of the configuration, else of a file that is made once. Throws AppError('invalid'). */
export function sealKeys(): SealKeys {
  const { secretFile } = env().auth
  const secret = secretFile === undefined ? ownSecret() : readSecret(secretFile)
  return [createHash('sha256').update('oriel seal ').update(secret).digest()]
}

function readSecret(file: string): Buffer {
  let secret: Buffer
  try {
    secret = readFileSync(file)
  } catch (thrown) {
    throw new AppError('invalid', `auth.secretFile cannot be read: ${toError(thrown).message}`)
  }
  if (secret.length < leastBytes)
    throw new AppError('invalid', `auth.secretFile must hold at least ${leastBytes} bytes: openssl rand -base64 48`)
  return secret
}

function ownSecret(): Buffer {
  const file = join(env().stateDir, 'session-secret')
  try {
    return readSecret(file)
  } catch {
    mkdirSync(env().stateDir, { recursive: true, mode: 0o700 })
    // Another process may make it at the same moment; the first one wins.
    try {
      writeFileSync(file, randomBytes(leastBytes).toString('base64url'), { mode: 0o600, flag: 'wx' })
    } catch {}
    return readSecret(file)
  }
}
