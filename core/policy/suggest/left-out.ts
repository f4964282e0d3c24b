import { type Workload, workloadName } from '../model'
import type { Direction } from '../normal-form'
import type { RecordedFlow } from './recorded-flow'
import { type LeftOut, type LeftOutReason, leftOutReasons } from './suggestion'

/** Why no rule was made, as the end of a sentence about connections. */
export const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  reply: 'go back to who opened the connection',
  'ephemeral-port': 'go to a port that is a client’s and will be another one tomorrow',
  denied: 'were dropped: an attack and a missing rule look alike, so a person has to decide',
  'denied-by-policy': 'are denied by policies that are there: a person has to decide',
  'kubelet-probe': 'come from the pod’s own node, as probes do; they need no rule',
  'node-unclear': 'come from a node that may be the pod’s own: a probe, or a client whose address was rewritten',
  'unknown-direction': 'do not tell which end opened them',
  'unknown-end': 'have an end that no source told',
  'hidden-end': 'have an end that you may not see',
  'unknown-port': 'have no port that is known',
  'no-ports': 'are of a protocol without ports, such as ICMP',
  'service-without-pods': 'go to a Service behind which nothing is known',
  'host-network': 'are of a pod on the network of its node, which policies do not select',
  'no-stable-label': 'are of a pod without a label that lasts, so that only its whole namespace could be selected',
  'no-address': 'have an end whose addresses are not known',
  'no-identity': 'have an end that proves no identity to the mesh',
  'not-judged': 'pass by this kind of policy',
  open: 'cannot be surely allowed by this kind of policy',
}

/** One record that got no rule on one side, or (null) on neither. */
export type LeftOutRecord = {
  readonly reason: LeftOutReason
  readonly direction: Direction | null
  readonly record: RecordedFlow
}

/** Grouped by reason and side, each record once. */
export function leftOutOf(all: readonly LeftOutRecord[]): readonly LeftOut[] {
  const groups = new Map<string, { readonly one: LeftOutRecord; readonly flows: Set<RecordedFlow> }>()
  for (const one of all) {
    const key = `${String(leftOutReasons.indexOf(one.reason)).padStart(2, '0')}/${one.direction ?? ''}`
    const group = groups.get(key) ?? { one, flows: new Set() }
    groups.set(key, group)
    group.flows.add(one.record)
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { one, flows }]) => ({
      reason: one.reason,
      direction: one.direction,
      flows: [...flows].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)),
      count: [...flows].reduce((sum, { evidence }) => sum + evidence.count, 0),
    }))
}

/** Records by the workloads that they are of, on the side that was left out. */
export function byWorkload(all: readonly LeftOutRecord[]): ReadonlyMap<Workload, readonly LeftOutRecord[]> {
  const found = new Map<Workload, LeftOutRecord[]>()
  for (const one of all) {
    const { from, to } = one.record
    for (const end of one.direction === null ? [from, to] : [one.direction === 'ingress' ? to : from])
      if (end.type === 'workload') {
        const own = found.get(end.workload)
        if (own) own.push(one)
        else found.set(end.workload, [one])
      }
  }
  return found
}

function textOf({ from, to, protocol, port, sourcePort, evidence, reply, observed }: RecordedFlow): string {
  return [endText(from), endText(to), protocol, port, sourcePort, reply, observed, ...Object.values(evidence)].join('|')
}

function endText(end: RecordedFlow['to']): string {
  switch (end.type) {
    case 'workload':
      return workloadName(end.workload)
    case 'node':
      return end.name
    case 'external':
      return [end.address, ...(end.names ?? [])].join(' ')
    case 'unknown':
      return end.why
    case 'service':
      return `Service ${end.namespace}/${end.name}`
  }
}
