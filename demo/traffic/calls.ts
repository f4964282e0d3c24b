import type { Judgement } from '@/core/policy/decision'
import { flag, reason } from '../hubble-relay/flow'
import type { Cluster, Pod, Workload } from '../model/cluster'
import { isMutualTls } from '../model/mesh'
import { serviceName } from '../model/objects'
import type { CallSpec } from '../model/types'
import { type EventIds, logNormal, pick, type Random } from '../random'
import { dialogue } from './dialogue'
import type { Enforcement, Refusal, Ruling, Side } from './enforcement'
import {
  audit,
  connection,
  denial,
  ephemeralPort,
  type Exchange,
  layer7,
  packets,
  type Reply,
  type Sent,
  socketTranslation,
  tunnelPacket,
} from './exchange'
import type { Parties, Party } from './party'
import { refusalOf, refusedReply, requestOf } from './refusal'

/** One attempt of a caller, with the incidents' effects already in its spec. */
export type Call = {
  readonly spec: CallSpec
  readonly key: string
  readonly time: number
  readonly random: Random
  readonly ids: EventIds
}

/** Names an edge in the demo's truth: `namespace/Kind/name -> namespace/Kind/name port/transport`. */
export function edgeKey(cluster: Cluster, { from, to, port, protocol }: CallSpec): string {
  const end = (name: string) => {
    const workload = cluster.workloads.get(name)
    return workload ? `${workload.spec.namespace}/${workload.spec.kind}/${workload.spec.name}` : `External/${name}`
  }
  return `${end(from)} -> ${end(to)} ${port}/${protocol === 'dns' ? 'udp' : 'tcp'}`
}

/** Share of requests that open a connection of their own; the others reuse one. */
const newConnectionShare = { http: 0.12, grpc: 0.05, dns: 0, kafka: 0.05, tcp: 0.3 } as const
const socketTraceShare = 0.15

/** One call as it went: its packets, who was at its ends, what was said where a proxy of the network read it. */
export type Attempt = {
  readonly exchange: Exchange
  readonly caller: End
  readonly callee: End
  readonly opensConnection: boolean
  readonly ruling: Ruling
  /** The side of the network that let no packet pass. */
  readonly denied: Judgement | null
  readonly refusal: Refusal | null
  readonly reply: Reply | null
  readonly events: readonly Sent[]
}

/** All events about one call; none when one end is not there. */
export const callEvents = (world: CallWorld, call: Call): readonly Sent[] => attempt(world, call)?.events ?? []

/** Who there is to call, and what lets calls pass. */
export type CallWorld = { readonly cluster: Cluster; readonly parties: Parties; readonly enforcement: Enforcement }

/** Makes one call; null when one end is not there. */
export function attempt({ cluster, parties, enforcement }: CallWorld, call: Call): Attempt | null {
  const { spec, random } = call
  const caller = endOf(cluster, parties, spec.from, random)
  const callee = endOf(cluster, parties, spec.to, random)
  if (!caller || !callee) return null
  const x: Exchange = {
    edge: call.key,
    time: call.time,
    from: caller.party,
    to: callee.party,
    port: spec.port,
    sourcePort: ephemeralPort(random),
    transport: spec.protocol === 'dns' ? 'udp' : 'tcp',
    random,
    ids: call.ids,
    nodeName: (node) => `${cluster.company.cluster}/${cluster.nodes[node]?.name ?? ''}`,
  }
  const asked = { from: sideOf(caller), to: sideOf(callee), port: spec.port, transport: x.transport }
  const ruling = enforcement.judge(asked)
  const denied = [ruling.egress, ruling.ingress].find((side) => side.verdict === 'denied') ?? null
  const about = { exchange: x, caller, callee, denied }
  if (denied) return { ...about, ruling, refusal: null, opensConnection: true, reply: null, events: denial(x, denied) }

  const seenAt = observer(spec, caller, callee)
  const readAt = isHidden(caller, callee, spec.port) ? null : seenAt
  const isNew = random() < newConnectionShare[spec.protocol]
  const events = isNew ? opening(x, ruling, callee.workload, readAt !== null && readAt === x.to.node) : []
  if (spec.audited) events.push(...audit(x))
  const asks = seenAt === null ? null : question(cluster, call, callee.workload)
  const final = asks && ruling.dependsOnRequest ? enforcement.judge(asked, requestOf(asks)) : ruling
  const refusal = refusalOf(final, callee.workload, spec.protocol === 'http' || spec.protocol === 'grpc')
  const answered = asks && dialogue(random, asks)
  const reply = answered && refusal ? (refusal.reset ? null : refusedReply(answered)) : answered
  if (reply && readAt !== null) {
    const side = readAt === x.to.node && !spec.inspectedAtCaller && spec.protocol !== 'dns' ? 'ingress' : 'egress'
    events.push(...layer7(x, readAt, side, reply, refusal?.by === 'cilium'))
  } else if (!isNew) events.push(...packets(x, flag.ack | flag.psh, reason.established))
  return { ...about, ruling: final, refusal, opensConnection: isNew, reply, events }
}

const sideOf = ({ workload, party, name }: End): Side => ({ workload, ip: party.ip, name: workload ? '' : name })

function opening(x: Exchange, { egress, ingress }: Ruling, callee: Workload | undefined, toProxy: boolean): Sent[] {
  const events = connection(x, [egress, ingress], toProxy)
  if (callee && x.random() < socketTraceShare)
    events.push(
      ...socketTranslation(x, { ip: callee.clusterIp, namespace: callee.spec.namespace, name: serviceName(callee) }),
    )
  return events
}

/** A pod of the cluster, or an outside party by name (`Internet` has the name ''). */
export type End = {
  readonly party: Party
  readonly workload?: Workload
  readonly pod: Pod | null
  readonly name: string
}

function endOf(cluster: Cluster, parties: Parties, name: string, random: Random): End | null {
  const workload = cluster.workloads.get(name)
  if (workload) {
    const pod: Pod | undefined = workload.pods[Math.floor(random() * workload.pods.length)]
    return pod ? { party: parties.pod(pod), workload, pod, name: pod.name } : null
  }
  const dnsName = name === 'Internet' ? '' : name
  const outside = cluster.company.outside.find((o) => o.name === dnsName)
  if (!outside) return null
  return { party: parties.outside(dnsName, pick(random, outside.addresses)), pod: null, name: dnsName }
}

/** Cilium's proxy cannot read what the mesh's proxies of both ends encrypt. */
const isHidden = ({ workload: from }: End, { workload: to }: End, port: number): boolean =>
  from !== undefined && to !== undefined && isMutualTls(from, to, port)

/** The node whose proxy would read the call, could it; null where none does. */
function observer(spec: CallSpec, caller: End, callee: End): number | null {
  if (spec.protocol === 'tcp') return null
  if (spec.inspectedAtCaller || spec.protocol === 'dns') return caller.party.node
  return callee.workload?.namespace.l7 ? callee.party.node : null
}

/** Host (and port, inside) as the caller writes them. */
export const authorityOf = (spec: CallSpec, callee: Workload | undefined): string =>
  callee ? `${serviceName(callee)}.${callee.spec.namespace}.svc.cluster.local:${spec.port}` : spec.to

function question(cluster: Cluster, { spec, random }: Call, callee: Workload | undefined) {
  const host = authorityOf(spec, callee)
  const operation = spec.operations.length ? pick(random, spec.operations) : ''
  const latency = Math.max(0.05, logNormal(random, spec.p50, spec.p95))
  const name = operation.replace(/\.$/, '')
  const [service = '', namespace = ''] = name.split('.')
  const answer = cluster.company.outside.find((o) => o.name === name)?.addresses ?? [
    cluster.workloads.get(`${namespace}/${service}`)?.clusterIp ?? '10.96.0.10',
  ]
  return {
    protocol: spec.protocol,
    operation,
    authority: host,
    failed: random() < spec.errors,
    latency,
    addresses: answer,
  }
}

const tunnelEveryMs = 4_000
const probeEveryMs = 2_000

/** What goes on between nodes whatever the company does: WireGuard packets and the kubelets' probes. */
export function* backgroundEvents(
  cluster: Cluster,
  parties: Parties,
  from: number,
  to: number,
  random: Random,
  ids: EventIds,
): Generator<Sent> {
  const { nodes } = cluster
  const due = (everyMs: number) => Math.floor(to / everyMs) > Math.floor(from / everyMs)
  const base = {
    time: from,
    random,
    ids,
    nodeName: (node: number) => `${cluster.company.cluster}/${nodes[node]?.name ?? ''}`,
  }
  // The last node is not yet on WireGuard.
  const encrypted = nodes.length - 1
  if (encrypted > 1 && due(tunnelEveryMs)) {
    const a = Math.floor(random() * encrypted)
    const b = (a + 1 + Math.floor(random() * (encrypted - 1))) % encrypted
    const ends = { from: parties.host(a, a), to: parties.host(b, a) }
    const edge = `Node/${nodes[a]?.name} -> Node/${nodes[b]?.name} 51871/udp`
    yield* tunnelPacket({ ...base, ...ends, edge, port: 51_871, sourcePort: 51_871, transport: 'udp' })
  }
  if (due(probeEveryMs)) {
    const workload = pick(random, [...cluster.workloads.values()].slice(0, cluster.company.workloads.length))
    const pod = workload.pods[0]
    const port = workload.spec.ports[0]
    if (!pod || port?.protocol !== 'TCP') return
    const ends = { from: parties.host(pod.node.index, pod.node.index), to: parties.pod(pod) }
    const edge = `Node/${pod.node.name} -> ${workload.spec.namespace}/${workload.spec.kind}/${workload.spec.name} ${port.port}/tcp`
    yield* packets(
      { ...base, ...ends, edge, port: port.port, sourcePort: ephemeralPort(random), transport: 'tcp' },
      flag.syn,
      reason.new,
    )
  }
}
