/** A span of time in milliseconds since the epoch, `from` inclusive, `to` exclusive. */
export type Window = { readonly from: number; readonly to: number }

/** The tiers of stored buckets, finest first; each is a multiple of the one before it and filled from it by roll-up. */
export const tiers = ['10s', '1m', '5m', '15m', '1h', '6h', '1d', '5d'] as const
export type Tier = (typeof tiers)[number]

export const tierMs: Readonly<Record<Tier, number>> = {
  '10s': 10_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
  '1d': 86_400_000,
  '5d': 432_000_000,
}

export const floorTo = (time: number, step: number): number => Math.floor(time / step) * step
export const ceilTo = (time: number, step: number): number => Math.ceil(time / step) * step

export const windowSeconds = (window: Window): number => (window.to - window.from) / 1000
