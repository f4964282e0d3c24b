import type { Isolation, NamespaceCover, WorkloadCover } from '@/core/policy/pages/policies-page'
import type { ShownPage } from './shown-page'

/** A line of the coverage: the head of a namespace, or one of its workloads. */
export type CoverageLine =
  | { readonly type: 'namespace'; readonly key: string; readonly row: NamespaceCover }
  | { readonly type: 'workload'; readonly key: string; readonly row: WorkloadCover }

/** Least covered first; 3: nothing isolates it. */
const opennessOf = ({ ingress, egress }: WorkloadCover): number => open(ingress) * 2 + open(egress)

const open = ({ state }: Isolation): number => (state === 'open' ? 1 : state === 'maybe' ? 0.5 : 0)

/**
 * Workloads under their namespaces, the uncovered first: namespaces by how many of their workloads nothing isolates,
 * and within one those that are open in both directions. `find`: words that a workload or its namespace must hold.
 */
export function coverageLines(
  { workloads, namespaces }: Pick<ShownPage, 'workloads' | 'namespaces'>,
  { find, ns }: { readonly find: string; readonly ns: string | null },
): readonly CoverageLine[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  const byNamespace = new Map<string, { readonly at: number; readonly workload: WorkloadCover }[]>()
  for (const [at, workload] of workloads.entries()) {
    const text = `${workload.namespace}/${workload.name} ${workload.kind}`.toLowerCase()
    if (ns !== null && workload.namespace !== ns) continue
    if (!words.every((word) => text.includes(word))) continue
    const own = byNamespace.get(workload.namespace)
    if (own) own.push({ at, workload })
    else byNamespace.set(workload.namespace, [{ at, workload }])
  }
  const uncovered = ({ workloads: all, ingress }: NamespaceCover) => (all === 0 ? 0 : (all - ingress) / all)
  return namespaces
    .filter(({ namespace }) => byNamespace.has(namespace))
    .toSorted((a, b) => uncovered(b) - uncovered(a) || (a.namespace < b.namespace ? -1 : 1))
    .flatMap((row): CoverageLine[] => [
      { type: 'namespace', key: row.namespace, row },
      ...(byNamespace.get(row.namespace) ?? [])
        .toSorted(
          (a, b) => opennessOf(b.workload) - opennessOf(a.workload) || (a.workload.name < b.workload.name ? -1 : 1),
        )
        .map(({ at, workload }): CoverageLine => ({ type: 'workload', key: String(at), row: workload })),
    ])
}
