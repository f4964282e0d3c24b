import { envoy } from './families/envoy'
import { felix } from './families/felix'
import { istio } from './families/istio'
import { linkerd } from './families/linkerd'
import { obi } from './families/obi'
import { servicegraph } from './families/servicegraph'
import type { MetricFamily } from './family'

/** Every telemetry that is read from metrics: one line a family. */
export const metricFamilies: readonly MetricFamily[] = [istio, linkerd, envoy, felix, servicegraph, obi]

/** Those named, in order; all where none are. */
export const chosenFamilies = (
  families: readonly MetricFamily[],
  names: readonly string[] | undefined,
): readonly MetricFamily[] => (names ? families.filter(({ id }) => names.includes(id)) : families)
