import type { CompiledPolicies } from '../compile'
import { tiersOf } from '../evaluate'
import { isolationOf } from '../judge-tier'
import type { Workload } from '../model'
import { type Direction, type Layer, type PolicyRef, refKey } from '../normal-form'
import type { SelectedTier } from '../select-blocks'
import { maybe, no, type Tri, yes } from '../tri'
import type { Isolation, NamespaceCover, WorkloadCover } from './policies-page'

type State = Isolation['state']

/** Whether policies isolate each workload. `numberOf`: of a policy in the answer's list, by refKey. O(workloads · policies of their namespace). */
export const coverWorkloads = (
  compiled: CompiledPolicies,
  numberOf: (key: string) => number | undefined,
): readonly WorkloadCover[] =>
  compiled.catalogue.model.workloads.map((workload) => {
    const { namespace, name, kind } = workload
    const numbered = (state: State, by: readonly PolicyRef[]) => ({
      state,
      by: by.flatMap((ref) => numberOf(refKey(ref)) ?? []),
    })
    return { namespace, name, kind, ...coverWorkload(compiled, workload, numbered) }
  })

/** The same of one, with its policies told by `tell`. */
export function coverWorkload<T>(
  compiled: CompiledPolicies,
  workload: Workload,
  tell: (state: State, by: readonly PolicyRef[]) => T,
): { readonly ingress: T; readonly egress: T; readonly mesh: T | null } {
  const of = (layer: Layer, direction: Direction): T => {
    const tiers = tiersOf(compiled, workload, layer, direction).filter(({ tier }) => tier.end === 'deny')
    return tell(stateOf(tiers), isolatingOf(tiers))
  }
  const { mesh } = workload
  return {
    ingress: of('network', 'ingress'),
    egress: of('network', 'egress'),
    mesh: mesh === null || mesh === 'unknown' ? null : of('mesh', 'ingress'),
  }
}

function stateOf(tiers: readonly SelectedTier[]): State {
  let most: Tri = no
  for (const { blocks } of tiers) {
    const here = isolationOf(blocks)
    if (here > most) most = here
  }
  return most === yes ? 'isolated' : most === maybe ? 'maybe' : 'open'
}

const isolatingOf = (tiers: readonly SelectedTier[]): readonly PolicyRef[] => {
  const found = new Map<string, PolicyRef>()
  for (const { blocks } of tiers) for (const { ref, block } of blocks) if (block.isolates) found.set(refKey(ref), ref)
  return [...found.values()]
}

/** By name, those without workloads too. `policies`: namespaces of the policies, one each. O(workloads). */
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
