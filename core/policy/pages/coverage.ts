import type { CompiledPolicies } from '../compile'
import { tiersOf } from '../evaluate'
import { isolationOf } from '../judge-tier'
import type { Workload } from '../model'
import { type Direction, type Layer, refKey } from '../normal-form'
import type { SelectedTier } from '../select-blocks'
import { maybe, type Tri, yes } from '../tri'
import type { Isolation, NamespaceCover, WorkloadCover } from './policies-page'

/** `numberOf`: of a policy in the answer's list, by refKey. O(workloads · policies of their namespace). */
export const coverWorkloads = (
  compiled: CompiledPolicies,
  numberOf: (key: string) => number | undefined,
): readonly WorkloadCover[] => {
  const isolation = (workload: Workload, layer: Layer, direction: Direction): Isolation =>
    isolationIn(tiersOf(compiled, workload, layer, direction), numberOf)
  return compiled.catalogue.model.workloads.map((workload) => {
    const { namespace, name, kind, mesh } = workload
    return {
      namespace,
      name,
      kind,
      ingress: isolation(workload, 'network', 'ingress'),
      egress: isolation(workload, 'network', 'egress'),
      mesh: mesh === null || mesh === 'unknown' ? null : isolation(workload, 'mesh', 'ingress'),
    }
  })
}

function isolationIn(tiers: readonly SelectedTier[], numberOf: (key: string) => number | undefined): Isolation {
  let most: Tri = 0
  const by = new Set<number>()
  for (const { tier, blocks } of tiers) {
    if (tier.end !== 'deny') continue
    const here = isolationOf(blocks)
    if (here > most) most = here
    for (const { ref, block } of blocks) {
      const number = block.isolates ? numberOf(refKey(ref)) : undefined
      if (number !== undefined) by.add(number)
    }
  }
  return { state: most === yes ? 'isolated' : most === maybe ? 'maybe' : 'open', by: [...by] }
}

/** By name. `policies`: namespaces of the policies. Those without workloads are there too. O(workloads). */
export function coverNamespaces(
  names: readonly string[],
  workloads: readonly WorkloadCover[],
  policies: readonly (string | null)[],
): readonly NamespaceCover[] {
  const found = new Map(
    names
      .toSorted()
      .map((namespace) => [
        namespace,
        { namespace, workloads: 0, ingress: 0, egress: 0, both: 0, inMesh: 0, mesh: 0, policies: 0 },
      ]),
  )
  const isSure = (isolation: Isolation | null) => (isolation?.state === 'isolated' ? 1 : 0)
  for (const { namespace, ingress, egress, mesh } of workloads) {
    const row = found.get(namespace)
    if (!row) continue
    row.workloads++
    row.ingress += isSure(ingress)
    row.egress += isSure(egress)
    row.both += isSure(ingress) * isSure(egress)
    row.inMesh += mesh ? 1 : 0
    row.mesh += isSure(mesh)
  }
  for (const namespace of policies) {
    const row = namespace === null ? undefined : found.get(namespace)
    if (row) row.policies++
  }
  return [...found.values()]
}
