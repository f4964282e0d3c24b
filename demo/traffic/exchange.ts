import type { Judgement } from '@/core/policy/decision'
import type { PolicyRef } from '@/core/policy/normal-form'
import {
  direction,
  dropReason,
  eventType,
  flag,
  type Flow,
  flowType,
  type Layer7,
  point,
  reason,
  verdict,
} from '../hubble-relay/flow'
import type { EventIds, Random } from '../random'
import type { Party } from './party'
import type { Note } from './truth'

/** An event to send: at which node, when, what, and what it means for the edge. */
export type Sent = { readonly time: number; readonly node: number; readonly flow: Flow; readonly note: Note }

/** One call between two ends, as the events about it need it. */
export type Exchange = {
  readonly edge: string
  readonly time: number
  readonly from: Party
  readonly to: Party
  readonly port: number
  readonly sourcePort: number
  readonly transport: 'tcp' | 'udp'
  readonly random: Random
  readonly ids: EventIds
  readonly nodeName: (node: number) => string
}

type About = Partial<Flow> & { readonly event: number }

const at = (party: Party, node: number) => (party.node === node ? party.local : party.remote)

function sent(x: Exchange, node: number, time: number, reply: boolean, about: About, note: Omit<Note, 'edge'>): Sent {
  const [source, destination] = reply ? [x.to, x.from] : [x.from, x.to]
  const flow: Flow = {
    time,
    uuid: x.ids.next(),
    verdict: verdict.forwarded,
    type: flowType.l3l4,
    nodeName: x.nodeName(node),
    sourceIp: source.ip,
    destinationIp: destination.ip,
    transport: x.transport,
    sourcePort: reply ? x.port : x.sourcePort,
    destinationPort: reply ? x.sourcePort : x.port,
    source: at(source, node),
    destination: at(destination, node),
    sourceNames: source.names,
    destinationNames: destination.names,
    isReply: reply,
    ...about,
  }
  return { time, node, flow, note: { edge: x.edge, ...note } }
}

const other = { what: 'other' } as const
/** What a packet takes from one node to the next, and a reply to answer. Milliseconds. */
const hop = 0.35

const trace = (where: number, flags: number, why: number, side: number): About => ({
  event: eventType.trace,
  subType: where === point.toEndpoint ? 0 : where,
  point: where,
  flags,
  reason: why,
  direction: side,
})

/** A packet on its way there: seen where it leaves the caller's node and where it reaches the callee. */
export function packets(x: Exchange, flags: number, why: number, toProxy = false): Sent[] {
  const { from, to } = x
  const isNew = why === reason.new
  const events: Sent[] = []
  if (from.node !== null && from.node !== to.node) {
    const where = to.node === null ? point.toNetwork : point.toOverlay
    const what = isNew ? 'connection-source' : 'other'
    events.push(sent(x, from.node, x.time, false, trace(where, flags, why, direction.egress), { what }))
  }
  if (to.node !== null) {
    const where = toProxy ? point.toProxy : point.toEndpoint
    const what = isNew ? 'connection-destination' : 'other'
    events.push(sent(x, to.node, x.time + hop, false, trace(where, flags, why, direction.ingress), { what }))
  }
  return events
}

/** A new connection: the packet there, the verdicts on it where policies apply, and the answer. */
export function connection(x: Exchange, sides: readonly Judgement[], toProxy: boolean): Sent[] {
  const { from, to } = x
  const events = packets(x, flag.syn, reason.new, toProxy)
  for (const side of sides) events.push(...allowance(x, side))
  const answer = flag.syn | flag.ack
  if (to.node !== null && from.node !== null && to.node !== from.node)
    events.push(
      sent(
        x,
        to.node,
        x.time + hop * 1.2,
        true,
        trace(point.toOverlay, answer, reason.reply, direction.ingress),
        other,
      ),
    )
  if (to.node === null && from.node !== null)
    events.push(
      sent(
        x,
        from.node,
        x.time + hop * 20,
        true,
        trace(point.toEndpoint, answer, reason.reply, direction.egress),
        other,
      ),
    )
  return events
}

/** The verdict that lets a connection pass where a rule says so. */
function allowance(x: Exchange, { direction: way, policy, rule }: Judgement): Sent[] {
  const node = way === 'ingress' ? x.to.node : x.from.node
  if (!policy || !rule || node === null) return []
  const about = {
    event: eventType.policyVerdict,
    direction: direction[way],
    policyMatch: 2,
    flags: flag.syn,
    allowedBy: attributed(policy),
  }
  // Within one node the verdict is all that tells of the connection at its source.
  const what = way === 'egress' && x.from.node === x.to.node ? 'connection-source' : 'other'
  return [sent(x, node, way === 'ingress' ? x.time + hop * 0.9 : x.time - 0.02, false, about, { what })]
}

const attributed = ({ name, namespace, kind }: PolicyRef) => ({ name, namespace: namespace ?? '', kind })

/** A refused attempt: the verdict and the drop, which are two events about one packet. Only rules that deny are named. */
export function denial(x: Exchange, { direction: way, policy, rule }: Judgement): Sent[] {
  const node = way === 'ingress' ? x.to.node : x.from.node
  if (node === null) return []
  const why = rule ? dropReason.policyDeny : dropReason.policyDenied
  const about = {
    verdict: verdict.dropped,
    dropReason: why,
    direction: direction[way],
    flags: flag.syn,
    isReply: undefined,
    ...(rule && policy ? { deniedBy: attributed(policy) } : {}),
  }
  return [
    sent(x, node, x.time, false, { ...about, event: eventType.policyVerdict, policyMatch: 0 }, { what: 'denied' }),
    sent(x, node, x.time + 0.03, false, { ...about, event: eventType.drop, subType: why }, other),
  ]
}

/** What a policy in audit mode would have refused. */
export function audit(x: Exchange): Sent[] {
  if (x.to.node === null) return []
  const about = {
    verdict: verdict.audit,
    event: eventType.policyVerdict,
    direction: direction.ingress,
    flags: flag.syn,
    policyMatch: 0,
  }
  return [sent(x, x.to.node, x.time, false, about, { what: 'audited' })]
}

export type Reply = {
  readonly request: Layer7
  readonly response: Layer7
  readonly latency: number
  readonly status: string
}

/** Request and response as the proxy of one node saw them; one that it refuses it answers itself. */
export function layer7(
  x: Exchange,
  node: number,
  side: 'ingress' | 'egress',
  { request, response, latency, status }: Reply,
  isRefused: boolean,
): Sent[] {
  const about = { event: eventType.l7, type: flowType.l7, direction: direction[side] }
  const note = { what: 'response' as const, status, latency }
  return [
    sent(
      x,
      node,
      x.time + hop,
      false,
      { ...about, ...(isRefused ? { verdict: verdict.dropped } : {}), l7: request },
      { what: 'request' },
    ),
    sent(x, node, x.time + hop + latency, true, { ...about, l7: response }, note),
  ]
}

/** The socket's address translation from a Service to a backend, before any packet. */
export function socketTranslation(
  x: Exchange,
  service: { readonly ip: string; readonly namespace: string; readonly name: string },
): Sent[] {
  const { from } = x
  if (from.node === null) return []
  const base = { type: flowType.sock, event: eventType.sock, direction: undefined, isReply: undefined }
  const before = {
    ...base,
    verdict: verdict.traced,
    destinationIp: service.ip,
    destination: new Uint8Array(0),
    destinationService: service,
    socketPoint: 1,
    subType: 1,
  }
  return [
    sent(x, from.node, x.time - 0.05, false, before, other),
    sent(
      x,
      from.node,
      x.time - 0.04,
      false,
      { ...base, verdict: verdict.translated, socketPoint: 2, subType: 2 },
      other,
    ),
  ]
}

/** WireGuard's own packet between two nodes, which alone carries the encrypted bit. */
export const tunnelPacket = (x: Exchange): Sent[] =>
  x.from.node === null
    ? []
    : [
        sent(
          x,
          x.from.node,
          x.time,
          false,
          { ...trace(point.toNetwork, 0, reason.established, direction.egress), encrypted: true },
          other,
        ),
      ]

export const ephemeralPort = (random: Random): number => 32_768 + Math.floor(random() * 28_000)
