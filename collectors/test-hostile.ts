import { hostileTexts } from '@/core/test-hostile'
import type { Observation } from '@/core/observation'
import { createDecoder as alsDecoder, newIdentity, type Decoded } from './als/decode'
import { encodeMessage, socket, structOf } from './als/test-encode'
import { http, inbound, nodeOf } from './als/test-samples'
import { createDecoder as goldmaneDecoder } from './goldmane/decode'
import { encodeResult, flowOf } from './goldmane/test-encode'
import { createDecoder as hubbleDecoder } from './hubble/decode'
import { createJsonDecoder as hubbleJson } from './hubble/decode-json'
import { isObservation } from './hubble/received'
import { createEncoder } from './hubble/test-encode'
import { createDecoder as otlpDecoder } from './otlp/decode'
import { createPairs } from './otlp/pair'
import { encodeRequest, requestOf } from './otlp/test-encode'
import { readPrometheusText } from './prometheus/import'

const at = Date.parse('2026-03-01T09:00:00Z')
const megabyte = 'l'.repeat(1024 * 1024)
const url = (text: string) => `http://user:canary-user@x/${text}/%2e%2e/a?token=canary-query&ok=1`

/** A call that Hubble tells, with this text wherever it carries text of strangers. */
const hubbleFlow = (text: string, i: number) => {
  const end = (side: string) => ({
    ID: 400 + i,
    identity: 20_000 + i,
    cluster_name: text,
    namespace: text,
    labels: [`k8s:${text}=${text}`, `k8s:app=${text}`, '__proto__=1', `k8s:big=${megabyte}`],
    pod_name: `${text}-${side}`,
    workloads: [{ name: text, kind: i % 2 ? 'Deployment' : text }],
  })
  return {
    time: new Date(at + i * 10).toISOString(),
    uuid: `cd75b2ac-0000-4000-8000-${String(i).padStart(12, '0')}`,
    verdict: i % 3 ? 'FORWARDED' : 'DROPPED',
    ...(i % 3 === 0 && { drop_reason: 181, drop_reason_desc: 'POLICY_DENY' }),
    IP: { source: `10.0.1.${i}`, destination: `10.0.2.${i}`, ipVersion: 'IPv4' },
    l4: { TCP: { source_port: 40_000 + i, destination_port: 80 } },
    source: end('from'),
    destination: end('to'),
    Type: 'L7',
    node_name: text,
    l7: {
      type: 'RESPONSE',
      latency_ns: '12345',
      http: {
        code: 503,
        method: text,
        url: url(text),
        headers: [
          { key: 'Authorization', value: 'Bearer canary-bearer' },
          { key: 'cookie', value: 'sid=canary-cookie' },
          { key: 'Set-Cookie', value: 'sid=canary-cookie' },
          { key: text, value: text },
        ],
      },
    },
    event_type: { type: 129 },
    source_service: { name: text, namespace: text },
    destination_service: { name: text, namespace: text },
    destination_names: [text, 'javascript:window.owned=1'],
    egress_denied_by: [{ name: text, namespace: text, labels: [text], revision: '6', kind: text }],
    summary: text,
    is_reply: true,
  }
}

/** A DNS answer and a call to a name outside. */
const outsideFlow = (text: string, i: number) => ({
  ...hubbleFlow(text, 100 + i),
  destination: { identity: 2, labels: ['reserved:world'] },
  destination_names: [text],
  l7: {
    type: 'RESPONSE',
    latency_ns: '1000',
    dns: { query: `${text}.`, ips: ['1.2.3.4', text], rcode: 3, cnames: [text], rrtypes: [text] },
  },
})

const goldmaneFlow = (text: string, i: number) => {
  const hit = { kind: 'EndOfTier', tier: text, name: text, namespace: text, action: 'Deny', ruleIndex: -1 }
  return flowOf(
    {
      sourceName: text,
      sourceNamespace: text,
      destName: `${text}-*`,
      destNamespace: text,
      destServiceName: text,
      destServiceNamespace: text,
      destServicePortName: text,
      proto: i % 2 ? 'tcp' : text,
      action: i % 2 ? 'Allow' : 'Deny',
      policies: { enforcedPolicies: [{ ...hit, trigger: { ...hit, kind: 3 } }], pendingPolicies: [hit] },
    },
    { sourceLabels: [`${text}=${text}`, '__proto__=1', `big=${megabyte}`], destLabels: [text] },
  )
}

const alsEntry = (text: string) => {
  const node = nodeOf('sidecar', '10.0.0.7', text, text, text)
  const peer = structOf({ NAME: text, NAMESPACE: text, WORKLOAD_NAME: text, __proto__: null, [text]: megabyte })
  const common = {
    ...inbound,
    metadata: { filter_metadata: { [text]: peer } },
    upstream_cluster: `outbound|80||${text}.${text}.svc.cluster.local`,
    downstream_remote_address: socket(text, 5),
    custom_tags: { [text]: text, authorization: 'Bearer canary-bearer' },
    route_name: text,
    upstream_transport_failure_reason: text,
    connection_termination_details: text,
  }
  const headers = { authorization: 'Bearer canary-bearer', cookie: 'sid=canary-cookie', [text]: text }
  return http({ ...node, cluster: text }, common, {
    request: { request_method: 1, authority: text, path: url(text), user_agent: text, request_headers: headers },
    response: { response_code: { value: 200 }, response_headers: { 'set-cookie': 'sid=canary-cookie', [text]: text } },
  })
}

const spans = (text: string, i: number) =>
  requestOf(
    [
      { 'service.name': text, 'k8s.namespace.name': text, 'k8s.deployment.name': text, [text]: megabyte },
      {
        trace: 1 + i,
        id: 1,
        kind: 3,
        name: text,
        endMs: at + i,
        attributes: {
          'http.url': url(text),
          'http.request.header.authorization': 'Bearer canary-bearer',
          [text]: text,
        },
      },
    ],
    [
      { 'service.name': `${text}-b`, 'k8s.namespace.name': text },
      {
        trace: 1 + i,
        id: 2,
        parent: 1,
        kind: 2,
        name: text,
        endMs: at + i,
        attributes: { 'http.route': text, 'server.port': 80, 'http.request.header.cookie': 'sid=canary-cookie' },
      },
      {
        trace: 1 + i,
        id: 3,
        parent: 2,
        kind: 3,
        name: text,
        endMs: at + i,
        attributes: { 'db.system': text, 'db.name': text, 'db.statement': text, 'server.address': text },
      },
      {
        trace: 1 + i,
        id: 4,
        kind: 5,
        links: [1],
        attributes: { 'messaging.system': text, 'messaging.destination.name': text },
      },
    ],
  )

const labelValue = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
const metrics = (text: string) => {
  const v = labelValue(text)
  const labels = `reporter="destination",source_workload="${v}",source_workload_namespace="${v}",destination_workload="${v}",destination_workload_namespace="${v}",destination_service="${v}",destination_service_name="${v}",destination_service_namespace="${v}",request_protocol="http",response_code="200",response_flags="${v}",connection_security_policy="${v}",namespace="${v}",pod="${v}",cluster="${v}",job="${v}"`
  return `istio_requests_total{${labels}} 5\nistio_requests_total{${labels}} 9\n`
}

async function ofMetrics(text: string): Promise<Observation[]> {
  const found: Observation[] = []
  const stream = (async function* () {
    yield Buffer.from(metrics(text))
  })()
  for await (const { observations } of readPrometheusText(stream, { cluster: 'c1', time: at }))
    found.push(...observations)
  return found
}

/** By its source: what that reads of each text, from bytes of its own protocol. */
export const hostileSources: Readonly<Record<string, (text: string, i: number) => Promise<readonly Observation[]>>> = {
  hubble: async (text, i) => {
    const encode = createEncoder()
    const decoder = hubbleDecoder('c1')
    return [hubbleFlow(text, i), outsideFlow(text, i)]
      .map((flow) => decoder.decode(encode({ flow, node_name: text, time: flow.time })))
      .filter(isObservation)
  },
  'hubble (JSON)': async (text, i) => {
    const decoder = hubbleJson('c1')
    return [hubbleFlow(text, 200 + i), outsideFlow(text, 200 + i)]
      .map((flow) => decoder.decode(JSON.stringify({ flow, node_name: text, time: flow.time })))
      .filter(isObservation)
  },
  goldmane: async (text, i) => {
    const received = goldmaneDecoder({ cluster: 'c1', windowSeconds: 15 }).result(
      encodeResult({ id: i + 1, flow: goldmaneFlow(text, i) }),
    )
    return received.type === 'flow' ? [received] : []
  },
  als: async (text) => {
    const into: Decoded = { observations: [], malformed: 0, intermediate: 0 }
    alsDecoder('c1').decode(encodeMessage(alsEntry(text)), newIdentity(), into)
    return into.observations
  },
  otlp: async (text, i) => {
    const read = otlpDecoder(undefined)(encodeRequest(spans(text, i)), 100)
    const pairs = createPairs('c1')
    for (const span of read?.spans ?? []) pairs.add(span, 0)
    pairs.release()
    return pairs.take().observations
  },
  prometheus: ofMetrics,
}

export const hostileEntries = Object.entries(hostileTexts)
