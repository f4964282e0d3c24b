import { compilePolicies } from '@/core/policy/compile'
import { endTable } from '@/core/policy/index/end-table'
import { reachability } from '@/core/policy/index/matrix'
import { editIndex, type PolicyIndex, policyIndex } from '@/core/policy/index/policy-index'
import { edgeVerdict, replayChange } from '@/core/policy/index/replay'
import type { Model } from '@/core/policy/model'
import { defaultOptions } from '@/core/policy/profile'
import type { Bench, Measure } from './bench'
import { clusterOf, edgesOf, workloadPolicy } from './policy.cluster'

const runs = 5

/** What is answered while somebody types a policy, and how that grows. */
export const bench: Bench = {
  name: 'policy',
  title: 'Policy engine: as many policies as workloads',
  run: async () => [500, 2000, 5000, 10_000].flatMap(measureSize),
}

function measureSize(size: number): readonly Measure[] {
  const model = clusterOf(size)
  const table = endTable(model.workloads)
  const edges = edgesOf(size, 100_000)
  const read = median(() => compilePolicies(structuredClone(model), defaultOptions), 3)
  const compiled = compilePolicies(model, defaultOptions)
  const full = median(() => reachability(policyIndex(compiled, table)), size > 5000 ? 3 : runs)
  const index = warm(model)
  const all = median(() => edges.map((edge) => edgeVerdict(index, edge)))
  const drafts = Array.from({ length: runs }, (_, run) => edited(model, size, run))
  const edit = median((run) => touched(index, editIndex(index, compilePolicies(drafts[run] ?? model, defaultOptions))))
  const whatIf = median((run) =>
    replayChange(index, editIndex(index, compilePolicies(drafts[run] ?? model, defaultOptions)), edges),
  )
  const at = (what: string) => `${size.toLocaleString('en-US')}: ${what}`
  const bar = (text: string, met: boolean) => (size === 2000 ? { bar: { text, met } } : {})
  return [
    { what: at('objects read into the normal form'), value: read, unit: 'ms' },
    { what: at('full matrix, nothing known before'), value: full, unit: 'ms', ...bar('≤ 500 ms', full <= 500) },
    { what: at('one policy edited, rows that it concerns'), value: edit, unit: 'ms', ...bar('≤ 20 ms', edit <= 20) },
    {
      what: at('what-if over 100,000 distinct edges'),
      value: whatIf,
      unit: 'ms',
      baseline: { what: 'every edge judged', value: all },
      ...bar('≤ 100 ms', whatIf <= 100),
    },
  ]
}

/** An index whose rows are all known, as after the first question. */
function warm(model: Model): PolicyIndex {
  const index = policyIndex(compilePolicies(model, defaultOptions), endTable(model.workloads))
  touched(index, index)
  return index
}

/** Asks for all rows; those that are known cost nothing. */
function touched(before: PolicyIndex, after: PolicyIndex): number {
  let changed = 0
  for (let i = 0; i < after.table.workloads.length; i++)
    for (const direction of ['ingress', 'egress'] as const)
      if (before.row(direction, i) !== after.row(direction, i)) changed++
  return changed
}

/** The cluster with one of its policies replaced, each run another. */
function edited(model: Model, size: number, run: number): Model {
  const at = size - 1 - run * 3
  const object = model.objects[at]
  const metadata = object?.metadata
  const name = typeof metadata === 'object' && metadata !== null && 'name' in metadata ? String(metadata.name) : ''
  const draft = workloadPolicy(Number(name.replace('app-', '')), model.namespaces.length, [
    { from: [{ namespaceSelector: {} }], ports: [{ port: 8004 }] },
  ])
  return { ...model, objects: model.objects.with(at, draft) }
}

/** Processor time rather than wall time: other work on the machine must not count. */
function median(work: (run: number) => unknown, times = runs): number {
  const taken = Array.from({ length: times }, (_, run) => {
    const start = process.cpuUsage()
    work(run)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }).sort((a, b) => a - b)
  return taken[Math.floor(times / 2)] ?? 0
}
