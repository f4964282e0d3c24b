import protobuf from 'protobufjs/minimal.js'
import { direction, type Flow, type Layer7, type PolicyRef } from './flow'

type Writer = protobuf.Writer

const varint = 0
const bytes = 2
const tag = (field: number, wire: number) => ((field << 3) | wire) >>> 0

/** Field numbers here are upstream's (observer.proto, flow.proto, relay.proto). */
const text = (w: Writer, field: number, value: string | undefined) =>
  value ? w.uint32(tag(field, bytes)).string(value) : w
const number = (w: Writer, field: number, value: number | undefined) =>
  value ? w.uint32(tag(field, varint)).uint32(value) : w
const flagged = (w: Writer, field: number, value: boolean | undefined) =>
  value ? w.uint32(tag(field, varint)).bool(true) : w
const open = (w: Writer, field: number) => w.uint32(tag(field, bytes)).fork()

const message = (w: Writer, field: number, write: (w: Writer) => void) => {
  open(w, field)
  write(w)
  w.ldelim()
}

export function writeTimestamp(w: Writer, field: number, ms: number): void {
  const seconds = Math.floor(ms / 1000)
  open(w, field).uint32(tag(1, varint)).int64(seconds)
  number(w, 2, Math.floor((ms - seconds * 1000) * 1e6)).ldelim()
}

export type EndpointFields = {
  readonly id?: number
  readonly identity: number
  readonly cluster?: string
  readonly namespace?: string
  readonly labels: readonly string[]
  readonly pod?: string
  readonly workload?: { readonly name: string; readonly kind: string }
}

/** flow.Endpoint without its length. */
export function encodeEndpoint(e: EndpointFields): Uint8Array {
  const w = protobuf.Writer.create()
  number(w, 1, e.id)
  number(w, 2, e.identity)
  text(w, 3, e.namespace)
  for (const label of e.labels) text(w, 4, label)
  text(w, 5, e.pod)
  const { workload } = e
  if (workload) message(w, 6, (inner) => text(text(inner, 1, workload.name), 2, workload.kind))
  text(w, 7, e.cluster)
  return w.finish()
}

/** A GetFlowsResponse that holds the flow. */
export function encodeFlow(flow: Flow): Buffer {
  const w = protobuf.Writer.create()
  open(w, 1)
  writeFlow(w, flow)
  w.ldelim()
  text(w, 1000, flow.nodeName)
  writeTimestamp(w, 1001, flow.time)
  return asBuffer(w.finish())
}

function writeFlow(w: Writer, f: Flow): void {
  writeTimestamp(w, 1, f.time)
  number(w, 2, f.verdict)
  number(w, 3, f.dropReason)
  message(w, 5, (ip) => {
    flagged(number(text(text(ip, 1, f.sourceIp), 2, f.destinationIp), 3, 1), 4, f.encrypted)
  })
  message(w, 6, (l4) => writeTransport(l4, f))
  w.uint32(tag(8, bytes)).bytes(f.source)
  w.uint32(tag(9, bytes)).bytes(f.destination)
  number(w, 10, f.type)
  text(w, 11, f.nodeName)
  for (const name of f.sourceNames ?? []) text(w, 13, name)
  for (const name of f.destinationNames ?? []) text(w, 14, name)
  const { l7, destinationService: service } = f
  if (l7) message(w, 15, (inner) => writeLayer7(inner, l7))
  flagged(w, 16, f.isReply)
  message(w, 19, (event) => number(number(event, 1, f.event), 2, f.subType))
  if (service) message(w, 21, (inner) => text(text(inner, 1, service.name), 2, service.namespace))
  number(w, 22, f.direction)
  number(w, 23, f.policyMatch)
  number(w, 24, f.point)
  number(w, 25, f.dropReason)
  const { isReply } = f
  if (isReply !== undefined) message(w, 26, (inner) => flagged(inner, 1, isReply))
  number(w, 31, f.socketPoint)
  text(w, 34, f.uuid)
  number(w, 36, f.reason)
  const egress = f.direction === direction.egress
  if (f.allowedBy) writePolicy(w, egress ? 21001 : 21002, f.allowedBy)
  if (f.deniedBy) writePolicy(w, egress ? 21004 : 21005, f.deniedBy)
  text(w, 100_000, f.summary)
}

function writeTransport(w: Writer, f: Flow): void {
  message(w, f.transport === 'tcp' ? 1 : 2, (inner) => {
    number(number(inner, 1, f.sourcePort), 2, f.destinationPort)
    const { flags } = f
    if (f.transport === 'tcp' && flags)
      message(inner, 3, (bits) => {
        for (let bit = 0; bit < 5; bit++) flagged(bits, bit + 1, Boolean(flags & (1 << bit)))
      })
  })
}

const writePolicy = (w: Writer, field: number, policy: PolicyRef) =>
  message(w, field, (inner) => {
    text(text(inner, 1, policy.name), 2, policy.namespace)
    text(number(inner, 4, 1), 5, policy.kind)
  })

function writeLayer7(w: Writer, { type, latency, http, dns, kafka }: Layer7): void {
  number(w, 1, type === 'request' ? 1 : 2)
  if (latency) w.uint32(tag(2, varint)).uint64(Math.round(latency * 1e6))
  if (dns)
    message(w, 100, (inner) => {
      text(inner, 1, dns.query)
      for (const ip of dns.ips ?? []) text(inner, 2, ip)
      number(inner, 3, dns.ttl)
      text(inner, 5, 'proxy')
      number(inner, 6, dns.rcode)
      text(inner, 7, 'A')
    })
  if (http)
    message(w, 101, (inner) => {
      text(text(text(number(inner, 1, http.code), 2, http.method), 3, http.url), 4, http.protocol)
      for (const [key, value] of http.headers) message(inner, 5, (header) => text(text(header, 1, key), 2, value))
    })
  if (kafka)
    message(w, 102, (inner) => {
      text(number(inner, 1, kafka.errorCode), 3, kafka.apiKey)
      text(number(inner, 4, kafka.correlationId), 5, kafka.topic)
    })
}

export const lostSource = { perfRing: 1, observerQueue: 2, hubbleRing: 3 } as const

export type Lost = { readonly source: number; readonly count: number; readonly first: number; readonly last: number }

/** A GetFlowsResponse that says how many events of a node were lost, where, and between which times (milliseconds). */
export function encodeLost(nodeName: string, time: number, { source, count, first, last }: Lost): Buffer {
  const w = protobuf.Writer.create()
  message(w, 3, (inner) => {
    number(inner, 1, source)
    inner.uint32(tag(2, varint)).uint64(count)
    writeTimestamp(inner, 4, first)
    writeTimestamp(inner, 5, last)
  })
  text(w, 1000, nodeName)
  writeTimestamp(w, 1001, time)
  return asBuffer(w.finish())
}

export const nodeState = { connected: 1, unavailable: 2, gone: 3, error: 4 } as const

/** A GetFlowsResponse that says what became of nodes. */
export function encodeNodeStatus(time: number, state: number, nodes: readonly string[], detail = ''): Buffer {
  const w = protobuf.Writer.create()
  message(w, 2, (inner) => {
    number(inner, 1, state)
    for (const node of nodes) text(inner, 2, node)
    text(inner, 3, detail)
  })
  writeTimestamp(w, 1001, time)
  return asBuffer(w.finish())
}

export type NodeFacts = {
  readonly name: string
  readonly address: string
  readonly state: number
  readonly held: number
  readonly capacity: number
  readonly seen: number
}

const big = (w: Writer, field: number, value: number) => (value ? w.uint32(tag(field, varint)).uint64(value) : w)

export function encodeNodes(nodes: readonly NodeFacts[], version: string, uptimeMs: number): Buffer {
  const w = protobuf.Writer.create()
  for (const node of nodes)
    message(w, 1, (inner) => {
      number(text(text(text(inner, 1, node.name), 2, version), 3, node.address), 4, node.state)
      big(big(big(big(inner, 6, uptimeMs * 1e6), 7, node.held), 8, node.capacity), 9, node.seen)
    })
  return asBuffer(w.finish())
}

export function encodeServerStatus(
  nodes: readonly NodeFacts[],
  version: string,
  uptimeMs: number,
  rate: number,
): Buffer {
  const w = protobuf.Writer.create()
  const up = nodes.filter((n) => n.state === nodeState.connected)
  const sum = (of: (n: NodeFacts) => number) => up.reduce((total, node) => total + of(node), 0)
  big(
    big(
      big(
        big(
          w,
          1,
          sum((n) => n.held),
        ),
        2,
        sum((n) => n.capacity),
      ),
      3,
      sum((n) => n.seen),
    ),
    4,
    uptimeMs * 1e6,
  )
  message(w, 5, (inner) => number(inner, 1, up.length))
  message(w, 6, (inner) => number(inner, 1, nodes.length - up.length))
  for (const node of nodes) if (node.state !== nodeState.connected) text(w, 7, node.name)
  text(w, 8, version)
  if (rate) w.uint32(tag(9, 1)).double(rate)
  return asBuffer(w.finish())
}

export function encodeNamespaces(cluster: string, namespaces: readonly string[]): Buffer {
  const w = protobuf.Writer.create()
  for (const name of namespaces) message(w, 1, (inner) => text(text(inner, 1, cluster), 2, name))
  return asBuffer(w.finish())
}

const asBuffer = (data: Uint8Array): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength)
