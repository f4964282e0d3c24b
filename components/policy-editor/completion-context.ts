import type { CompletionContext } from '@/core/policy/edit/completion'
import type { PolicyGround } from '@/core/policy/ground'
import type { Labels } from '@/core/inventory/inventory-object'
import { isStableLabel } from '@/core/policy/suggest/stable-labels'

const mostValues = 200

/** What the cluster has that may be written. */
export function completionContext({ model, edges }: PolicyGround): CompletionContext {
  const ports = new Set<number | string>()
  for (const { port } of edges) if (port !== null) ports.add(port)
  for (const workload of model.workloads)
    for (const { name, port } of workload.ports) {
      ports.add(port)
      if (name !== '') ports.add(name)
    }
  return {
    namespaces: model.namespaces.map(({ name }) => name),
    labels: valuesByKey(model.workloads.map(({ labels }) => labels)),
    namespaceLabels: valuesByKey(model.namespaces.map(({ labels }) => labels)),
    ports: [...ports].slice(0, mostValues),
    tiers: model.objects.flatMap(({ kind, metadata }) => {
      const name: unknown =
        kind === 'Tier' && typeof metadata === 'object' && metadata ? Reflect.get(metadata, 'name') : null
      return typeof name === 'string' ? [name] : []
    }),
  }
}

function valuesByKey(all: readonly Labels[]): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, Set<string>>()
  for (const labels of all)
    for (const [key, value] of Object.entries(labels)) {
      if (!isStableLabel(key)) continue
      const known = values.get(key) ?? new Set<string>()
      if (known.size < mostValues) known.add(value)
      values.set(key, known)
    }
  return Object.fromEntries([...values].map(([key, known]) => [key, [...known].sort()]))
}
