import { createHash, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, toError } from '@/server/errors'
import type { SealKeys } from './seal'

const shortest = 32
const ownFile = 'secret'

type Settings = {
  readonly stateDir: string
  readonly auth: { readonly secret?: string | undefined; readonly secretFile?: string | undefined }
}

/**
 * The keys that what providers gave is sealed with: of auth.secretFile or ORIEL_AUTH_SECRET, one a line, the first
 * seals; else of a file in the state folder, made at first use. Throws AppError('invalid') for what is too short.
 */
export function loadSealKeys({ stateDir, auth: { secret, secretFile } }: Settings): SealKeys {
  const [text, from] =
    secretFile !== undefined
      ? [readSecret(secretFile), secretFile]
      : secret !== undefined
        ? [secret, 'ORIEL_AUTH_SECRET']
        : [ownSecret(stateDir), join(stateDir, ownFile)]
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const short = lines.find((line) => Buffer.byteLength(line) < shortest)
  const [first, ...more] = lines.map((line) => createHash('sha256').update(line).digest())
  if (!first || short !== undefined)
    throw new AppError(
      'invalid',
      `The secret in ${from} must have at least ${shortest} bytes; make one with “openssl rand -base64 48”.`,
    )
  return [first, ...more]
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    throw new AppError('invalid', `Cannot read auth.secretFile: ${toError(thrown).message}`)
  }
}

/** Of several processes that begin at once, one makes it. */
function ownSecret(stateDir: string): string {
  const path = join(stateDir, ownFile)
  const read = () => readFileSync(path, 'utf8')
  try {
    return read()
  } catch (thrown) {
    if (!isMissing(thrown)) throw new AppError('invalid', `Cannot read ${path}: ${toError(thrown).message}`)
  }
  mkdirSync(stateDir, { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(48).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    // Fails where it is there by now, and is never seen half written.
    linkSync(draft, path)
  } catch (thrown) {
    if (!isThere(thrown)) throw new AppError('invalid', `Cannot write ${path}: ${toError(thrown).message}`)
  } finally {
    unlinkSync(draft)
  }
  return read()
}

const hasCode = (thrown: unknown, code: string) => thrown instanceof Error && 'code' in thrown && thrown.code === code
const isMissing = (thrown: unknown) => hasCode(thrown, 'ENOENT')
const isThere = (thrown: unknown) => hasCode(thrown, 'EEXIST')
