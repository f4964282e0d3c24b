import { createEnd, type End } from './ends'
import {
  directions,
  dropReasons,
  enumName,
  flowTypes,
  l7Types,
  lostSources,
  nodeStates,
  observationPoints,
  traceReasons,
  verdictNames,
} from './enums'
import { isObject, normaliseFields, numberOf } from './fields-json'
import { keyOfText } from '@/collectors/kit/key'
import { type Observe, createObserve } from './observe'
import { type RawFlow, createRawFlow, noteHeader, resetRawFlow } from './raw-flow'
import type { Received } from './received'
import { createRecent } from '@/collectors/kit/recent'
import { flow as flowMessage } from './schema'
import { clean } from '@/collectors/kit/text'
import { timestampMs } from '@/collectors/kit/timestamp'

type JsonObject = { readonly [name: string]: unknown }

/**
 * Reads lines of `hubble observe -o jsonpb` and of the exporter, also bare flows. It never throws:
 * what cannot be read comes back as `malformed` with a reason.
 */
export type JsonDecoder = { decode(line: string): Received }

const maxEnds = 20_000
const malformed = (reason: string): Received => ({ type: 'malformed', reason })

/** As createDecoder, for JSON: the same flow gives the same observation. */
export function createJsonDecoder(cluster: string, observe: Observe = createObserve(cluster)): JsonDecoder {
  const raw = createRawFlow()
  const ends = createRecent<End>(maxEnds)

  const endOf = (value: unknown): End | null => {
    if (!isObject(value)) return null
    const key = JSON.stringify(value)
    let end = ends.get(key)
    if (!end) {
      end = readEnd(value)
      ends.set(key, end)
    }
    return end
  }

  const decodeFlow = (flow: JsonObject, line: string, outerTime: unknown): Received => {
    resetRawFlow(raw)
    readFlow(raw, flow)
    raw.source = endOf(flow.source) ?? raw.source
    raw.destination = endOf(flow.destination) ?? raw.destination
    raw.time = timestampMs(textOf(flow.time) || textOf(outerTime))
    if (!Number.isFinite(raw.time)) return malformed('no time')
    const key = keyOfText(textOf(flow.uuid) || line)
    return observe(raw, key, () => normaliseFields(flow, flowMessage))
  }

  return {
    decode(line) {
      const value = parse(line)
      if (!isObject(value)) return malformed('not a JSON object')
      const time = timestampMs(textOf(value.time))
      if (isObject(value.flow)) return decodeFlow(value.flow, line, value.time)
      if (isObject(value.node_status)) return nodeStatus(value.node_status, time)
      if (isObject(value.lost_events)) return lostEvents(value.lost_events, value.node_name, time)
      if (isObject(value.agent_event) || isObject(value.debug_event))
        return { type: 'ignored', reason: 'agent or debug event' }
      if ('verdict' in value || 'IP' in value || 'Type' in value) return decodeFlow(value, line, value.time)
      return malformed('not a Hubble record')
    },
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function readFlow(raw: RawFlow, flow: JsonObject): void {
  raw.verdict = nameOf(flow.verdict, verdictNames)
  const described = flow.drop_reason_desc === undefined ? '' : nameOf(flow.drop_reason_desc, dropReasons)
  const numbered = numberOf(flow.drop_reason) ?? 0
  raw.dropReason = described || (numbered > 0 ? enumName(dropReasons, numbered) : '')
  const ip = objectOf(flow.IP)
  raw.fromIp = clean(textOf(ip.source), 64)
  raw.toIp = clean(textOf(ip.destination), 64)
  raw.encrypted = ip.encrypted === true
  readL4(raw, objectOf(flow.l4))
  raw.type = nameOf(flow.Type, flowTypes)
  raw.nodeName = textOf(flow.node_name)
  raw.sourceNames = textsOf(flow.source_names)
  raw.destinationNames = textsOf(flow.destination_names)
  const sourceService = objectOf(flow.source_service)
  raw.sourceService = textOf(sourceService.name)
  raw.sourceServiceNamespace = textOf(sourceService.namespace)
  const destinationService = objectOf(flow.destination_service)
  raw.destinationService = textOf(destinationService.name)
  raw.destinationServiceNamespace = textOf(destinationService.namespace)
  raw.reply = flow.reply === true
  raw.isReply = typeof flow.is_reply === 'boolean' ? flow.is_reply : null
  const eventType = objectOf(flow.event_type)
  raw.eventType = numberOf(eventType.type) ?? 0
  raw.eventSubType = numberOf(eventType.sub_type) ?? 0
  raw.direction = nameOf(flow.traffic_direction, directions)
  raw.point = nameOf(flow.trace_observation_point, observationPoints)
  raw.traceReason = nameOf(flow.trace_reason, traceReasons)
  const aggregate = objectOf(flow.aggregate)
  raw.aggregated =
    (numberOf(aggregate.ingress_flow_count) ?? 0) +
    (numberOf(aggregate.egress_flow_count) ?? 0) +
    (numberOf(aggregate.unknown_direction_flow_count) ?? 0)
  if (isObject(flow.l7)) readL7(raw, flow.l7)
}

function readL4(raw: RawFlow, l4: JsonObject): void {
  const name = Object.keys(l4)[0] ?? ''
  raw.protocol =
    ({ TCP: 'tcp', UDP: 'udp', SCTP: 'sctp', ICMPv4: 'icmp', ICMPv6: 'icmp' }[name] as RawFlow['protocol']) ?? 'unknown'
  if (raw.protocol === 'icmp' || raw.protocol === 'unknown') return
  const layer = objectOf(l4[name])
  raw.sourcePort = (numberOf(layer.source_port) ?? 0) & 0xffff
  raw.destinationPort = (numberOf(layer.destination_port) ?? 0) & 0xffff
  const flags = objectOf(layer.flags)
  raw.syn = raw.protocol === 'tcp' && flags.SYN === true
  raw.ack = raw.protocol === 'tcp' && flags.ACK === true
}

function readL7(raw: RawFlow, l7: JsonObject): void {
  raw.l7Type = nameOf(l7.type, l7Types)
  raw.latencyNs = numberOf(l7.latency_ns) ?? 0
  if (isObject(l7.http)) {
    raw.l7 = 'http'
    raw.code = (numberOf(l7.http.code) ?? 0) | 0
    raw.method = textOf(l7.http.method)
    raw.target = textOf(l7.http.url)
    if (!Array.isArray(l7.http.headers)) return
    for (const header of l7.http.headers)
      if (isObject(header)) noteHeader(raw, textOf(header.key), textOf(header.value))
  } else if (isObject(l7.dns)) {
    raw.l7 = 'dns'
    raw.code = (numberOf(l7.dns.rcode) ?? 0) | 0
    raw.target = textOf(l7.dns.query)
    raw.questions = textsOf(l7.dns.qtypes)
  } else if (isObject(l7.kafka)) {
    raw.l7 = 'kafka'
    raw.code = (numberOf(l7.kafka.error_code) ?? 0) | 0
    raw.method = textOf(l7.kafka.api_key)
    raw.target = textOf(l7.kafka.topic)
  }
}

function readEnd(end: JsonObject): End {
  const workload = Array.isArray(end.workloads) ? objectOf(end.workloads[0]) : null
  return createEnd({
    ID: numberOf(end.ID) ?? 0,
    identity: numberOf(end.identity) ?? 0,
    namespace: textOf(end.namespace),
    labels: [...textsOf(end.labels)],
    pod: textOf(end.pod_name),
    workload: workload && { name: textOf(workload.name), kind: textOf(workload.kind) },
    clusterName: textOf(end.cluster_name),
  })
}

function nodeStatus(status: JsonObject, time: number): Received {
  const nodes = textsOf(status.node_names).map((name) => clean(name, 253))
  return { type: 'node_status', state: nameOf(status.state_change, nodeStates), nodes, time }
}

function lostEvents(lost: JsonObject, node: unknown, time: number): Received {
  return {
    type: 'lost_events',
    cause: nameOf(lost.source, lostSources),
    lost: numberOf(lost.num_events_lost) ?? 0,
    node: clean(textOf(node), 253),
    time,
    first: timestampMs(textOf(lost.first)),
  }
}

const nothing: JsonObject = {}
const noTexts: readonly string[] = []
const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : nothing)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) && value.length > 0 ? value.filter((item) => typeof item === 'string') : noTexts

/** An enum that came as name or number; unknown names are kept, absent ones are the zero value. */
function nameOf(value: unknown, names: ReadonlyMap<number, string>): string {
  if (typeof value === 'string') return clean(value, 100)
  return enumName(names, typeof value === 'number' ? value : 0)
}
