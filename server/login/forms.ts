import { AppError } from '@/server/errors'
import { LoginFailure } from '@/server/auth/login-failure'

const mostBytes = 64 * 1024

/** The fields of a form. Throws AppError: `too_large` past 64 kB, `invalid` for another kind of body. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new AppError('invalid', 'Send a form (application/x-www-form-urlencoded).')
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.length
    if (size > mostBytes) throw new AppError('too_large', 'The form is larger than 64 kB.')
    parts.push(part)
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

/**
 * Refuses forms that a page elsewhere sends, so that nobody is logged in as somebody else without knowing. A browser
 * says where a form comes from, in Sec-Fetch-Site (over https and on loopback) or in Origin. Throws LoginFailure.
 */
export function checkOwnForm(headers: Headers, origin: string): void {
  const site = headers.get('sec-fetch-site')
  const isOwn = site === null ? headers.get('origin') === origin : site === 'same-origin'
  if (!isOwn)
    throw new LoginFailure('elsewhere', `a form of ${headers.get('origin') ?? 'nowhere'}, ${site ?? 'unsaid'}`)
}
