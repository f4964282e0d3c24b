import type { CompiledPolicies } from '../compile'
import type { End, Flow } from '../decision'
import { onOwnNode } from '../match-place'
import { namedPorts } from '../match-ports'
import { workloadName } from '../model'
import { type PortProtocol, portProtocols } from '../ports'
import { yes, no } from '../tri'
import { notForward } from './flow-direction'
import { type Evidence, mergeEvidence, type RecordedFlow } from './recorded-flow'
import { type ServedPorts, servedPorts } from './served-ports'
import { serviceTargets, type Target } from './service-targets'
import type { LeftOutReason } from './suggestion'

/** A connection that rules can be made of, of whatever records were of it. */
export type UsableFlow = {
  readonly key: string
  readonly flow: Flow & { readonly protocol: PortProtocol; readonly port: number }
  readonly evidence: Evidence
  readonly records: readonly RecordedFlow[]
  /** Where a record named a Service: it went to one of so many pods or addresses. */
  readonly amongBackends: boolean
}

export type LeftOutFlow = { readonly reason: LeftOutReason; readonly record: RecordedFlow }

/** Sorts records out: equal ones become one, by key; Services become what is behind them. O(flows × backends). */
export function usableFlows(compiled: CompiledPolicies, records: readonly RecordedFlow[]) {
  const serves = servedPorts(compiled.catalogue)
  const behind = serviceTargets(compiled)
  const usable = new Map<string, UsableFlow>()
  const leftOut: LeftOutFlow[] = []
  for (const record of records) {
    const found = flowsOf(record, serves, behind)
    if (typeof found === 'string') leftOut.push({ reason: found, record })
    else
      for (const one of found) {
        const before = usable.get(one.key)
        usable.set(one.key, before ? join(before, one) : one)
      }
  }
  return { usable: [...usable.values()].sort((a, b) => (a.key < b.key ? -1 : 1)), leftOut }
}

const join = (a: UsableFlow, b: UsableFlow): UsableFlow => ({
  ...a,
  evidence: mergeEvidence(a.evidence, b.evidence),
  records: [...a.records, ...b.records],
  amongBackends: a.amongBackends && b.amongBackends,
})

function flowsOf(
  record: RecordedFlow,
  serves: ServedPorts,
  behind: (record: RecordedFlow) => readonly Target[] | null,
): LeftOutReason | readonly UsableFlow[] {
  const { from, to, reply, observed, mtls } = record
  const protocol = portProtocols.find((one) => one === record.protocol)
  if (reply === 'yes') return 'reply'
  if (observed === 'dropped') return 'denied'
  if (from.type === 'unknown') return unknownEnd([from, to])
  if (to.type === 'unknown') return unknownEnd([to])
  if (protocol === undefined) return 'no-ports'
  const service = behind(record)
  const targets = service ?? (to.type === 'service' ? [] : directTarget(record, from, to, serves))
  if (typeof targets === 'string') return targets
  if (targets.length === 0) return 'service-without-pods'
  return targets.map(({ to, port, amongBackends }): UsableFlow => ({
    key: [endKey(from), endKey(to), protocol, port, mtls ?? ''].join('|'),
    flow: { from, to, protocol, port, ...(mtls === undefined ? {} : { mtls }) },
    evidence: record.evidence,
    records: [record],
    amongBackends,
  }))
}

function directTarget(
  record: RecordedFlow,
  from: End,
  to: End,
  serves: ServedPorts,
): LeftOutReason | readonly Target[] {
  if (from.type === 'node' && to.type === 'workload') {
    const own = onOwnNode(from, to.workload.nodes)
    if (own !== no) return own === yes ? 'kubelet-probe' : 'node-unclear'
  }
  const { port: told, protocol } = record
  const port = typeof told === 'string' ? (namedPorts(to, told, protocol)[0]?.from ?? null) : told
  if (port === null) return 'unknown-port'
  return notForward(record, port, serves) ?? [{ to, port, amongBackends: false }]
}

const unknownEnd = (ends: readonly RecordedFlow['to'][]): LeftOutReason =>
  ends.some((end) => end.type === 'unknown' && end.why === 'hidden') ? 'hidden-end' : 'unknown-end'

function endKey(end: End): string {
  if (end.type === 'workload') return workloadName(end.workload)
  if (end.type === 'node') return `node ${end.name}`
  return [end.address, ...(end.rewritten === true ? ['rewritten'] : []), ...namesOf(end)].join(' ')
}

/** Sorted, each once. */
export const namesOf = (end: End): readonly string[] => (end.type === 'external' ? [...new Set(end.names)].sort() : [])
