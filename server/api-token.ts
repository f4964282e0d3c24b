import { type Account, isLocal } from '@/core/access/account'
import { env } from './env'
import { newToken } from './link-token'

/** The part of a token that nobody guesses; its hash is kept. */
export const newTokenSecret = (): string => newToken() + newToken()

/** A token as its owner gets it, once. */
export const apiToken = (id: number, secret: string): string => `oriel_${id}_${secret}`

/**
 * Whether a token rests: its owner has not been confirmed by their provider for as long as a session lasts at most. Who
 * has left a company does not log in any more, and nobody would tell. The local administrator is of no provider.
 */
export const isResting = (owner: Pick<Account, 'issuer'>, ownerSeenAt: number, now = Date.now()): boolean =>
  !isLocal(owner) && now - ownerSeenAt > env().auth.session.longest
