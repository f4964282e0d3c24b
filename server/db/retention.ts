import type { Tier } from '@/core/time'

/** How long things are kept, in milliseconds: the tiers of buckets (others as long as the next finer one here), raw flows, raw denied flows, and the audit. */
export type Retention = Readonly<Record<'10s' | '1m' | '5m' | '1h' | 'flows' | 'denied' | 'audit', number>>

/** How long a tier is kept, in milliseconds. */
export const keptMs = (retention: Retention, tier: Tier): number => retention[keptWith[tier]]

const keptWith = {
  '10s': '10s',
  '1m': '1m',
  '5m': '5m',
  '15m': '5m',
  '1h': '1h',
  '6h': '1h',
  '1d': '1h',
  '5d': '1h',
} as const satisfies Record<Tier, keyof Retention>

const hour = 3_600_000

export const defaultRetention: Retention = {
  '10s': 2 * hour,
  '1m': 48 * hour,
  '5m': 14 * 24 * hour,
  '1h': 400 * 24 * hour,
  flows: 6 * hour,
  denied: 72 * hour,
  audit: 400 * 24 * hour,
}
