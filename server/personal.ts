import type { Asker } from '@/core/access/asker'
import { selfOf } from '@/core/access/owner'
import type { DraftReader } from '@/server/db/policy/read-policy-drafts'
import { AppError } from './errors'

/** Who asks, where an answer belongs to somebody. Throws AppError('unauthenticated') for nobody. */
export function mustBe(asker: Asker | undefined): Asker {
  if (asker) return asker
  throw new AppError('unauthenticated', 'This belongs to somebody. Log in as who it belongs to.')
}

/** As whom drafts are read: who may see one may change it. */
export const draftReader = (asker: Asker): DraftReader => ({ account: selfOf(asker), edits: asker.rights.edits })
