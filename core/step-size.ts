import { tierMs, tiers, type Window } from './time'

/** Lengths of steps that a chart may have: whole buckets of some tier. */
const sizes = [10_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 86_400_000]

/**
 * The shortest step with at most `maxSteps` in the window, for which at most `maxBuckets` buckets of
 * an edge are read. Beyond the longest size: whole days.
 */
export function stepSize({ from, to }: Window, maxSteps: number, maxBuckets = Number.POSITIVE_INFINITY): number {
  const length = to - from
  const fits = (size: number) => length / size <= maxSteps && length / bucketMs(size) <= maxBuckets
  return sizes.find(fits) ?? Math.ceil(length / maxSteps / tierMs['1d']) * tierMs['1d']
}

/** The coarsest bucket that steps of this size are read from. */
const bucketMs = (size: number): number =>
  tiers.reduce((coarsest, tier) => (size % tierMs[tier] === 0 ? tierMs[tier] : coarsest), tierMs['10s'])
