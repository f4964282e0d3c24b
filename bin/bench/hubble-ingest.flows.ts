import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEncoder } from '@/collectors/hubble/test-encode'

const pods = 400
const messages = 8_000

/**
 * Encoded GetFlowsResponses to loop over: the real captures where `../shared` is there, and flows in
 * the shape of Cilium 1.19 (workloads, uuid, labels, policies) between `pods` pods.
 */
export function benchFlows(): { readonly captured: readonly Buffer[]; readonly modern: readonly Buffer[] } {
  const encode = createEncoder()
  return {
    captured: captured().map((line) => encode(JSON.parse(line) as object)),
    modern: Array.from({ length: messages }, (_, i) => encode(modern(i))),
  }
}

function captured(): string[] {
  const folder = join(process.env.ORIEL_SHARED ?? '../shared', 'data/hubble')
  return ['http-348.jsonl', 'tcp-400.jsonl']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, 'utf8').split('\n').filter(Boolean))
}

const endpointOf = (i: number) => ({
  ID: 1_000 + i,
  identity: 20_000 + (i >> 2),
  cluster_name: 'default',
  namespace: `team-${i % 8}`,
  labels: [
    `k8s:app=app-${i >> 2}`,
    `k8s:app.kubernetes.io/name=app-${i >> 2}`,
    `k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=team-${i % 8}`,
    'k8s:io.cilium.k8s.policy.cluster=default',
    `k8s:io.cilium.k8s.policy.serviceaccount=app-${i >> 2}`,
    `k8s:io.kubernetes.pod.namespace=team-${i % 8}`,
  ],
  pod_name: `app-${i >> 2}-7d9c5b6f4-${String(i).padStart(5, 'x')}`,
  workloads: [{ name: `app-${i >> 2}`, kind: 'Deployment' }],
})

function modern(i: number): object {
  const from = (i * 7) % pods
  const to = (i * 13 + 5) % pods
  const reply = i % 3 === 2
  const l7 = i % 2 === 0
  const client = endpointOf(from)
  const server = endpointOf(to)
  const time = new Date(Date.now() - (messages - i)).toISOString()
  const ports = reply
    ? { source_port: 8080, destination_port: 40_000 + (i % 20_000) }
    : { source_port: 40_000 + (i % 20_000), destination_port: 8080 }
  const ips = [`10.0.${from >> 8}.${from & 255}`, `10.0.${to >> 8}.${to & 255}`]
  const [source, destination] = reply ? [ips[1], ips[0]] : ips
  const node_name = `node-${to % 10}`
  return {
    flow: {
      time,
      uuid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      verdict: 'FORWARDED',
      IP: { source, destination, ipVersion: 'IPv4' },
      l4: { TCP: l7 ? ports : { ...ports, flags: { SYN: !reply, ACK: reply } } },
      source: reply ? server : client,
      destination: reply ? client : server,
      Type: l7 ? 'L7' : 'L3_L4',
      node_name,
      ...(l7
        ? { l7: layer7(i, reply), event_type: { type: 129 } }
        : { event_type: { type: 4 }, trace_observation_point: 'TO_ENDPOINT', trace_reason: reply ? 'REPLY' : 'NEW' }),
      traffic_direction: 'INGRESS',
      is_reply: reply,
      interface: { index: 12, name: 'lxc8f3a1' },
      node_labels: ['kubernetes.io/arch=amd64', 'kubernetes.io/os=linux', `kubernetes.io/hostname=${node_name}`],
      destination_service: reply ? undefined : { name: `app-${to >> 2}`, namespace: `team-${to % 8}` },
      ingress_allowed_by: [
        {
          name: 'allow-team',
          namespace: `team-${to % 8}`,
          labels: ['k8s:io.cilium.k8s.policy.name=allow-team'],
          revision: '7',
          kind: 'CiliumNetworkPolicy',
        },
      ],
    },
    node_name,
    time,
  }
}

const layer7 = (i: number, reply: boolean) => ({
  type: reply ? 'RESPONSE' : 'REQUEST',
  ...(reply && { latency_ns: String(1_000_000 + (i % 50) * 100_000) }),
  http: {
    ...(reply && { code: i % 40 === 0 ? 503 : 200 }),
    method: 'GET',
    url: `http://app/products/${i % 100}?page=2`,
    protocol: 'HTTP/1.1',
    headers: [
      { key: 'Accept', value: 'application/json' },
      { key: 'Accept-Encoding', value: 'gzip' },
      { key: 'User-Agent', value: 'shop/1.4' },
      { key: 'X-Request-Id', value: `8f14e45f-ceea-467f-a0e6-${String(i).padStart(12, '0')}` },
    ],
  },
})
