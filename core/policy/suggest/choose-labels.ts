import type { Labels } from '../../inventory/inventory-object'
import type { Workload } from '../model'
import { isIdentifying, stableLabels } from './stable-labels'

export type ChosenLabels = {
  readonly labels: Labels
  /** Those that have them, itself too. Pods on the network of their node are no pods to a selector. */
  readonly selects: readonly Workload[]
}

type Entries = ReturnType<typeof stableLabels>

/** Beyond so many labels all subsets are too many, and the most telling ones are taken until nothing more is gained. */
const mostForAll = 10

/**
 * The smallest set of stable labels that selects a workload and as few others of its namespace as stable labels can
 * tell apart. A label that names the application is in it wherever there is one.
 * @param others the workloads of its namespace
 */
export function chooseLabels(workload: Workload, others: readonly Workload[]): ChosenLabels {
  const entries = stableLabels(workload.labels)
  const pods = others.filter(({ hostNetwork }) => !hostNetwork)
  const least = selectedBy(entries, pods).length
  const [first] = entries
  const fixed = first && isIdentifying(first[0]) ? [first] : []
  const rest = entries.slice(fixed.length)
  const sets = rest.length > mostForAll ? beginnings(rest) : subsetsBySize(rest)
  for (const set of sets) {
    const all = [...fixed, ...set]
    if (all.length === 0 && entries.length > 0) continue
    const selects = selectedBy(all, pods)
    if (selects.length === least) return { labels: Object.fromEntries(all), selects }
  }
  return { labels: Object.fromEntries(entries), selects: selectedBy(entries, pods) }
}

const selectedBy = (entries: Entries, pods: readonly Workload[]): readonly Workload[] =>
  pods.filter(({ labels }) => entries.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value))

const beginnings = (entries: Entries): readonly Entries[] =>
  Array.from({ length: entries.length + 1 }, (_, i) => entries.slice(0, i))

/** Small ones first; of one size, those of the most telling labels. */
function* subsetsBySize(entries: Entries): Generator<Entries> {
  for (let size = 0; size <= entries.length; size++) yield* subsets(entries, size)
}

function* subsets(entries: Entries, size: number): Generator<Entries> {
  if (size === 0) yield []
  for (const [i, entry] of entries.entries())
    if (size > 0 && entries.length - i >= size)
      for (const rest of subsets(entries.slice(i + 1), size - 1)) yield [entry, ...rest]
}
