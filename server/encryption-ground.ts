import { buildGround } from '@/core/encryption/build-ground'
import type { EncryptionGround } from '@/core/encryption/ground'
import { redactGround } from '@/core/encryption/redact-ground'
import { bothScopes, type Scope } from '@/core/scope'
import { floorTo, type Window } from '@/core/time'
import { readCertificates } from '@/server/db/encryption/read-certificates'
import { readGroundObjects } from '@/server/db/inventory/read-ground-objects'
import { readPlacedPods } from '@/server/db/inventory/read-placed-pods'
import { readTunnelReadings } from '@/server/db/encryption/read-tunnel-readings'
import { database } from './database'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { pastTheWall } from './wall'

/** Pods move seldom: a window that moves on asks again after a fifteenth of its length, ten seconds to a minute. */
const stepOf = ({ from, to }: Window): number => Math.min(60_000, Math.max(10_000, floorTo((to - from) / 15, 10_000)))

const grounds = () =>
  processWide('grounds', () =>
    createSharedCache<EncryptionGround>({
      ttlMs: 60_000,
      entries: 8,
      weight: 100_000,
      weigh: ({ workloads }) => workloads.size,
    }),
  )

/** Over which ground the traffic of a window of live data ran, as the scope may see it; up to a step behind. */
export async function loadGround(window: Window, scope: Scope): Promise<EncryptionGround> {
  const step = stepOf(window)
  const from = floorTo(window.from, step)
  const asked = { from, to: Math.max(from + step, floorTo(window.to, step)) }
  const shared = async () => (await grounds().get(JSON.stringify(asked), () => readGround(asked))).value
  return pastTheWall(shared, (ground, wall) => redactGround(ground, bothScopes(scope, wall)))
}

async function readGround(window: Window): Promise<EncryptionGround> {
  const db = database()
  const [groups, objects, tunnels, certificates] = await Promise.all([
    readPlacedPods(db, window),
    readGroundObjects(db, window),
    readTunnelReadings(db, window.to),
    readCertificates(db, window.to),
  ])
  return buildGround({ groups, objects, tunnels, certificates })
}
