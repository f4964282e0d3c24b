import type { Asker } from '@/core/access/asker'
import { AppError } from './errors'

/** Who asks, where an answer belongs to somebody. Throws AppError('unauthenticated') for nobody. */
export function mustBe(asker: Asker | undefined): Asker {
  if (asker) return asker
  throw new AppError('unauthenticated', 'This belongs to somebody. Log in as who it belongs to.')
}
