import type { Tier } from '@/core/time'

/** How long telemetry is kept, in milliseconds: the tiers of buckets (coarser ones as long as 1 h), raw flows, and raw denied flows. */
export type Retention = Readonly<Record<'10s' | '1m' | '5m' | '1h' | 'flows' | 'denied', number>>

/** How long a tier is kept, in milliseconds. */
export const keptMs = (retention: Retention, tier: Tier): number =>
  retention[tier === '6h' || tier === '1d' ? '1h' : tier]

const hour = 3_600_000

export const defaultRetention: Retention = {
  '10s': 2 * hour,
  '1m': 48 * hour,
  '5m': 14 * 24 * hour,
  '1h': 400 * 24 * hour,
  flows: 6 * hour,
  denied: 72 * hour,
}
