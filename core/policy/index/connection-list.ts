import { type AddressPart, addressParts, rangeText } from '../address-parts'
import type { CompiledPolicies } from '../compile'
import type { Connections } from '../decision'
import { workloadName } from '../model'
import { endTable } from './end-table'
import { anyPasses, pairPorts } from './pair-ports'
import { policyIndex } from './policy-index'

/** What may pass from one end to another. Ends are `ns/name[Kind]` or addresses outside, `a.b.c.d-e.f.g.h`. */
export type ListedConnection = { readonly from: string; readonly to: string; readonly passes: Connections }

export type ConnectionList = {
  /** Names of the workloads, sorted. */
  readonly workloads: readonly string[]
  /** Pairs between which something may pass, workloads first; `passes` is one object for pairs that are alike. */
  readonly pairs: () => Iterable<ListedConnection>
}

/**
 * All connections that policies let pass, between workloads and with the world outside. Neighbouring addresses that
 * one workload treats alike are one end. O(ends²) small steps; a pair is made when it is asked for.
 */
export function connectionList(compiled: CompiledPolicies): ConnectionList {
  const workloads = compiled.catalogue.model.workloads
    .map((workload) => ({ workload, name: workloadName(workload) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const parts = addressParts(compiled)
  const table = endTable(
    workloads.map(({ workload }) => workload),
    parts.map(({ end }) => end),
  )
  const ports = pairPorts(policyIndex(compiled, table))
  const first = workloads.length

  function* pairs(): Iterable<ListedConnection> {
    for (const [i, { name: from }] of workloads.entries()) {
      for (const [j, { name: to }] of workloads.entries()) {
        const passes = ports(i, j)
        if (anyPasses(passes)) yield { from, to, passes }
      }
      for (const { text: to, passes } of joinParts(parts, (k) => ports(i, first + k))) yield { from, to, passes }
    }
    for (const [j, { name: to }] of workloads.entries())
      for (const { text: from, passes } of joinParts(parts, (k) => ports(first + k, j))) yield { from, to, passes }
  }
  return { workloads: workloads.map(({ name }) => name), pairs }
}

/** Neighbours with which the same passes as one range. */
function* joinParts(
  parts: readonly AddressPart[],
  passesWith: (part: number) => Connections,
): Iterable<{ readonly text: string; readonly passes: Connections }> {
  let run: { first: AddressPart; last: AddressPart; passes: Connections } | null = null
  const ended = ({ first, last, passes }: NonNullable<typeof run>) =>
    anyPasses(passes) ? [{ text: rangeText({ ...first.range, last: last.range.last }), passes }] : []
  for (const [k, part] of parts.entries()) {
    const passes = passesWith(k)
    if (run && run.passes === passes && run.first.range.bits === part.range.bits) run.last = part
    else {
      if (run) yield* ended(run)
      run = { first: part, last: part, passes }
    }
  }
  if (run) yield* ended(run)
}
