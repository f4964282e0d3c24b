import type { Tier } from '@/core/time'

/** How long telemetry is kept, in milliseconds: each tier of buckets, raw flows, and raw denied flows. */
export type Retention = Readonly<Record<Tier | 'flows' | 'denied', number>>

const hour = 3_600_000

export const defaultRetention: Retention = {
  '10s': 2 * hour,
  '1m': 48 * hour,
  '5m': 14 * 24 * hour,
  '1h': 400 * 24 * hour,
  flows: 6 * hour,
  denied: 72 * hour,
}
