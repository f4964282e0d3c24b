import type { Actor } from '@/server/change'
import { AppError } from '@/server/errors'

/** Settings of everybody are an administrator’s. Throws AppError('forbidden'). */
export function mayAdminister({ asker }: Actor): void {
  if (asker.rights.admin) return
  throw new AppError(
    'forbidden',
    asker.viewAs === null
      ? 'Only an administrator may change this.'
      : `You look on as team ${asker.viewAs}. Stop that first; then you may change this if you are an administrator.`,
  )
}

/** What is a person’s alone: a token makes no token and ends no session, so that who stole one gets no further. Throws AppError('forbidden'). */
export function mustBePerson({ asker }: Actor): number {
  if ('session' in asker.by) return asker.by.session
  throw new AppError('forbidden', 'A token may not do this. Log in with a browser.')
}
