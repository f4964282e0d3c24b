import { tierMs, tiers, type Window } from '../time'

/** Lengths of steps that a chart may have: whole buckets of some tier. */
const sizes = [10_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 86_400_000]

export type StepLimits = {
  readonly maxSteps: number
  /** Buckets of an edge that are read at most. */
  readonly maxBuckets?: number
  /** Shortest bucket that is kept of all of the window, milliseconds: finer steps would have nothing to be read from. */
  readonly keptMs?: number
}

/** The shortest step within the limits, made of buckets that are kept. Beyond the longest size: whole days. */
export function stepSize(
  { from, to }: Window,
  { maxSteps, maxBuckets = Number.POSITIVE_INFINITY, keptMs = tierMs['10s'] }: StepLimits,
): number {
  const length = to - from
  const fits = (size: number) =>
    size % keptMs === 0 && length / size <= maxSteps && length / bucketMs(size) <= maxBuckets
  return sizes.find(fits) ?? Math.ceil(length / maxSteps / tierMs['1d']) * tierMs['1d']
}

/** The coarsest bucket that steps of this size are read from. */
const bucketMs = (size: number): number =>
  tiers.reduce((coarsest, tier) => (size % tierMs[tier] === 0 ? tierMs[tier] : coarsest), tierMs['10s'])
