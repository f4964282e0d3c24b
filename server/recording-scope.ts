import type { Scope } from '@/core/scope'
import { AppError } from './errors'

/**
 * A recording is of a whole cluster and nobody's namespaces, so only who sees everything sees it; to others there is
 * none. Throws AppError('not_found').
 */
export function checkRecording(params: unknown, scope: Scope): void {
  if (scope.all || typeof params !== 'object' || params === null || !('recording' in params)) return
  if (typeof params.recording === 'number') throw noRecording(params.recording)
}

export const noRecording = (id: number): AppError =>
  new AppError('not_found', `There is no recording ${id}. It may have been deleted; see Sources.`)
