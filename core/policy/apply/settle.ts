import type { ModelObject } from '../model'
import { isFields } from '../read'
import type { AuditedChange, ChangeState } from './audited-change'
import { lastWriter, managersOf } from './managed-fields'
import { metadataText, sameManifest } from './manifest'

type Open = Pick<AuditedChange, 'change'> & { readonly before: ModelObject | null; readonly after: ModelObject | null }
export type Settled = { readonly state: Exclude<ChangeState, 'intended'>; readonly error: string }

const applied: Settled = { state: 'applied', error: '' }
const neverSent: Settled = { state: 'failed', error: 'Oriel ended before it was done; the object is as it was before.' }

/** What became of a change that was written down and never completed, by the object as it is now (null: not there). */
export function settle({ change, before, after }: Open, now: ModelObject | null, manager: string): Settled {
  if (change === 'delete') return settleDeletion(before, now)
  if (now === null)
    return change === 'create'
      ? neverSent
      : unknown('The object is not there any more, so whether it was changed is not known.')
  const written = managersOf(now).some((one) => one.manager === manager)
  if (after && sameManifest(now, after) && (change === 'update' || written)) return applied
  if (change === 'update' && before && sameManifest(now, before)) return neverSent
  return unknown(`The object is neither as before nor as it was to be${lastWords(now)}.`)
}

function settleDeletion(before: ModelObject | null, now: ModelObject | null): Settled {
  if (now === null) return applied
  const metadata = isFields(now.metadata) ? now.metadata : {}
  if (metadata.deletionTimestamp !== undefined) return applied
  if (before && metadataText(now, 'uid') !== metadataText(before, 'uid'))
    return { state: 'applied', error: `It was made again since${lastWords(now)}.` }
  return neverSent
}

const unknown = (error: string): Settled => ({ state: 'unknown', error })

function lastWords(object: ModelObject): string {
  const last = lastWriter(object)
  return last ? `; it was last written by ${last.manager}` : ''
}
