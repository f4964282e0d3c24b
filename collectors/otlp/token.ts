import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { AppError, toError } from '@/server/errors'

/** Whether an Authorization header is let in. */
export type Gate = (authorization: string | undefined) => boolean

/** The secret of a file; null without a file. Throws AppError that names the file. */
export async function readToken(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null
  let token: string
  try {
    token = (await readFile(path, 'utf8')).trim()
  } catch (thrown) {
    throw new AppError(
      'unavailable',
      `Cannot read the bearer token file ${path}: ${toError(thrown).message}. Check the source’s bearerTokenFile.`,
    )
  }
  if (!token) throw new AppError('invalid', `The bearer token file ${path} is empty. Write the senders’ token into it.`)
  return token
}

/** Compares in constant time, whatever was sent; lets everybody in without a token. */
export function createGate(token: string | null): Gate {
  if (token === null) return () => true
  const wanted = digest(token)
  return (authorization) => {
    const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? ''
    return timingSafeEqual(digest(given), wanted)
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
