import type { Pool } from '@/server/db/pool'
import { writeLoginCode } from '@/server/db/access/write-login-code'
import { hashOf, newToken } from '@/server/link-token'

const keptMs = 3_600_000

/**
 * A code that lets in the local administrator once, within an hour; only its hash is kept. `breakGlass`: also where
 * local logins are off, because whoever asks for it is on the machine itself.
 */
export async function makeLoginCode(pool: Pool, breakGlass: boolean, now = Date.now()): Promise<string> {
  const code = newToken()
  await writeLoginCode(pool, hashOf(code), breakGlass, now + keptMs)
  return code
}

/** The address that logs a browser in by itself: what follows # is sent to no server and stands in no log. */
export const loginLink = (origin: string, code: string): string => `${origin}/login#${code}`
