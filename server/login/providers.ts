import type { Logins } from '@/server/auth/logins'
import { providerOf } from '@/server/auth/providers'
import { database } from '@/server/database'
import type { Visit } from './visit'

/** Logins at the configured providers, which lead back to the console as this browser knows it. */
export const loginsOf = ({ origin }: Visit): Logins => ({
  pool: database(),
  provider: providerOf,
  redirectUri: (id) => `${origin}/login/callback/${id}`,
})
