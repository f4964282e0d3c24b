import { clusterDns, type Essential } from '../essentials'
import { policyName } from '../policy-name'
import { hasBit, isEmptyBits } from '../index/bitset'
import { alikeWorkloads } from '../index/policy-index'
import type { Row, RowPart } from '../index/row'
import { type PolicyRef, refKey } from '../normal-form'
import type { LintContext } from './context'
import type { LintRule } from './finding'
import { count, workloadNames } from './words'

export const egressWithoutDns: LintRule = {
  name: 'egress-without-dns',
  about: 'Workloads whose egress is isolated reach something, but no DNS, so that names do not resolve.',
  find: (context) => {
    const dns = clusterDns(context.compiled.catalogue)
    return [...cutOff(context, dns).values()].map(({ ref, members }) => ({
      severity: dns ? ('warning' as const) : ('info' as const),
      policy: ref,
      path: null,
      message: `${policyName(ref)} isolates the egress of ${count(members.length, 'workload')} (${workloadNames(
        context.workloads(members),
      )}), and ${
        dns
          ? `nothing lets ${members.length === 1 ? 'it' : 'them'} out to the DNS of the cluster`
          : 'no port 53 is allowed anywhere; where the DNS of the cluster is, is not known'
      }.`,
      remedy: 'Allow UDP and TCP 53 to the DNS pods (and to the cache on the node, where there is one).',
    }))
  },
}

/** Workloads without DNS, by the first policy that isolates them and allows something. */
function cutOff(context: LintContext, dns: Essential | null) {
  const found = new Map<string, { readonly ref: PolicyRef; readonly members: number[] }>()
  for (const { i, tiers, members } of alikeWorkloads(context.index, 'network/egress')) {
    const isolating = tiers.flatMap(({ blocks }) => blocks.filter(({ block }) => block.isolates))
    const first = isolating.find(({ block }) => block.rules.some(({ action }) => action === 'allow')) ?? isolating[0]
    const row = context.index.row('egress', i)
    if (!first || row.every(passesNobody) || reachesDns(context, row, dns)) continue
    const key = refKey(first.ref)
    const same = found.get(key) ?? { ref: first.ref, members: [] }
    found.set(key, same)
    same.members.push(...members)
  }
  return found
}

const passesNobody = ({ allowed, open }: RowPart): boolean =>
  isEmptyBits(allowed) && (open === null || isEmptyBits(open))

/** Where it is open, nothing is said. */
function reachesDns({ table }: LintContext, row: Row, dns: Essential | null): boolean {
  const ports = dns?.ports ?? [{ protocol: 'UDP' as const, port: 53 }]
  const asked = row.filter(({ protocol, from, to }) =>
    ports.some((one) => one.protocol === protocol && one.port >= from && one.port <= to),
  )
  if (!dns) return !asked.every(passesNobody)
  const numbers = dns.pods.map((pod) => table.workloads.indexOf(pod))
  return asked.some(({ allowed, open }) =>
    numbers.some((i) => hasBit(allowed, i) || (open !== null && hasBit(open, i))),
  )
}
