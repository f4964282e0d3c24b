import type { MetricFamily } from './family'

/** Every telemetry that is read from metrics: one line a family. */
export const metricFamilies: readonly MetricFamily[] = []

/** Those named, in order; all where none are. */
export const chosenFamilies = (
  families: readonly MetricFamily[],
  names: readonly string[] | undefined,
): readonly MetricFamily[] => (names ? families.filter(({ id }) => names.includes(id)) : families)
