import { accessChannel } from '@/server/db/access/notify-access'
import { createLiveHub, listenTo, type LiveHub } from './live'
import { processWide } from './process-wide'
import { forgetRights } from './rights'

/** Hears when teams, roles or sessions change anywhere. `reconcile`: something may have been missed. */
export const accessHub = (): LiveHub =>
  processWide('access-hub', () => createLiveHub(listenTo(accessChannel), { coalesceMs: 100, told: () => {} }))

/** Forgets rights at once when any process changed something. */
export function followAccess(): void {
  accessHub().subscribe(() => forgetRights())
}
