import { addressParts } from './address-parts'
import type { CompiledPolicies } from './compile'
import type { Connections } from './decision'
import { endTable } from './index/end-table'
import { type PairPorts, pairPorts } from './index/pair-ports'
import { policyIndex } from './index/policy-index'
import type { Workload } from './model'
import type { Direction } from './normal-form'
import { gatherReach, type Reach } from './reach'

/** What policies let pass between a workload and everybody else, whether anybody uses it or not. */
export type Exposure = {
  readonly workload: Workload
  readonly direction: Direction
  /** By the layers that judge: both together, and each as if the other had no policies. */
  readonly layers: Readonly<Record<ExposureLayer, LayerReach>>
}
export type ExposureLayer = 'both' | 'network' | 'mesh'
export type LayerReach = {
  readonly allowed: readonly Reach[]
  /** Neither surely allowed nor surely denied. */
  readonly open: readonly Reach[]
}

/** Answers for the workloads of a model, by their number. Neither itself nor nodes are counted among the other ends. */
export type Exposures = (i: number, direction: Direction) => Exposure | null

/** O(blocks × workloads ÷ 32) to make; an answer reads the rows of all workloads once, then O(ends) each. */
export function exposures(compiled: CompiledPolicies): Exposures {
  const { workloads } = compiled.catalogue.model
  const parts = addressParts(compiled)
  const table = endTable(
    workloads,
    parts.map(({ end }) => end),
  )
  const { network, mesh } = compiled.tiers
  const pairsOf = (tiers: CompiledPolicies['tiers']) => pairPorts(policyIndex({ ...compiled, tiers }, table))
  const both = pairsOf(compiled.tiers)
  const layers = { both, network: pairsOf({ network, mesh: [] }), mesh: pairsOf({ network: [], mesh }) }
  return (i, direction) => {
    const workload = workloads[i]
    if (!workload) return null
    const reach = (pairs: PairPorts): LayerReach => {
      const passes = (other: number): Connections => (direction === 'ingress' ? pairs(other, i) : pairs(i, other))
      const inside = workloads.flatMap((one, k) => (k === i ? [] : [[one, passes(k)] as const]))
      const outside = parts.map((part, k) => [part, passes(workloads.length + k)] as const)
      const of = (grade: keyof Connections) =>
        gatherReach(
          inside.map(([one, ports]) => [one, ports[grade]] as const),
          outside.map(([part, ports]) => [part, ports[grade]] as const),
        )
      return { allowed: of('allowed'), open: of('open') }
    }
    return {
      workload,
      direction,
      layers: { both: reach(layers.both), network: reach(layers.network), mesh: reach(layers.mesh) },
    }
  }
}
