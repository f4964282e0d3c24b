import { isLocal } from '@/core/access/account'
import type { Asker } from '@/core/access/asker'
import { roleWords } from '@/core/access/role-words'
import { askerOf } from '@/server/access'
import { env } from '@/server/env'
import { AppError } from '@/server/errors'
import { visitOf } from './visit'

/** Who a page is for; null: nobody is logged in. */
export async function loggedIn(headers: Headers): Promise<Asker | null> {
  try {
    return await askerOf(headers)
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'unauthenticated') return null
    throw thrown
  }
}

/** The same in words, for the console. */
export async function whoIsHere(headers: Headers) {
  const asker = await loggedIn(headers)
  if (!asker) return null
  const { account, rights } = asker
  return { name: account.name, role: roleWords(rights), by: meansOf(asker), isOpen: visitOf(headers).isOpen }
}

function meansOf({ account }: Asker): string {
  if (isLocal(account)) return 'Logged in on this installation'
  return `Logged in with ${env().auth.providers.find(({ issuer }) => issuer === account.issuer)?.title ?? account.issuer}`
}
