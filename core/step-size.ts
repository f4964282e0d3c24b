import { type Tier, tierMs, tiers, type Window, windowSeconds } from './time'

/** Lengths of steps that a chart may have; each is a multiple of every tier that is not longer than it. */
const sizes = [
  10_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 86_400_000, 604_800_000,
]

/** The shortest step with at most `maxSteps` in the window, and not finer than `finest`. */
export function stepSize(window: Window, maxSteps: number, finest: Tier = tiers[0]): number {
  const least = Math.max(tierMs[finest], (windowSeconds(window) * 1000) / maxSteps)
  return sizes.find((size) => size >= least) ?? Math.ceil(least / tierMs['1h']) * tierMs['1h']
}
