import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Observation } from '@/core/observation'
import type { Labels } from '../family'
import { istio } from './istio'
import { readAll, sampleOf } from './test-samples'

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/istio/istio-proxy-metric-goldens')

type Golden = { readonly metric: string; readonly labels: Labels }

/** Name and labels of a golden; of every `if` its first branch, values as they are. */
function goldenOf(file: string): Golden {
  let other = false
  const labels: Record<string, string> = Object.create(null)
  let metric = ''
  let label = ''
  for (const line of readFileSync(join(shared, file), 'utf8').split('\n')) {
    if (/\{\{-? ?else/.test(line)) other = true
    if (/\{\{-? ?end/.test(line)) other = false
    const text = line.trim()
    const name = /^- name: (.+)$/.exec(text)?.[1]
    if (name !== undefined) label = name
    else if (text.startsWith('name: ')) metric = text.slice(6)
    const value = /^value: (.*)$/.exec(text)?.[1]
    if (value !== undefined && label !== '' && !other) labels[label] = value.replaceAll('"', '')
  }
  return { metric, labels }
}

const read = (file: string) => {
  const { metric, labels } = goldenOf(file)
  return readAll(istio, [sampleOf(metric, labels, 10)])
}

const productpage = { namespace: 'default', workload: { kind: 'Workload', name: 'productpage-v1' } }
const ratings = {
  cluster: 'server-cluster',
  namespace: 'default',
  workload: { kind: 'Workload', name: 'ratings-v1' },
  service: { namespace: 'default', name: 'server' },
}
const { cluster: _ratingsCluster, ...ratingsAtHome } = ratings
const fromClient = { ...productpage, cluster: 'client-cluster' }

const allowed = { verdict: 'allowed', reason: '', family: 'istio', port: 0, protocol: 'tcp' }
/** `grpc_response_status` of the goldens is a template and no status. */
const request = {
  ...allowed,
  type: 'request',
  l7: 'grpc',
  requests: 10,
  responses: 10,
  clientErrors: 0,
  serverErrors: 0,
}
const flow = { ...allowed, type: 'flow' }
const opened = { flows: 10, connections: 10 }
const source = { reporter: 'source', from: productpage, to: ratings, encryption: 'unknown' }
const destination = { reporter: 'destination', from: fromClient, to: ratingsAtHome }
const certified = { ...destination, encryption: 'mtls' }
const client = { ...request, ...source }
const server = { ...request, ...destination, encryption: 'plaintext' }
const { service: _service, ...ratingsAlone } = ratings
const serverAlone = { service: { namespace: 'default', name: 'server' } }
const withService = (name: string, namespace: string) => ({ ...ratingsAtHome, service: { namespace, name } })
const waypoint = { reporter: 'waypoint', from: productpage, to: ratingsAtHome, encryption: 'mtls' }

/** What each golden means; null: no observation. */
const meanings: Readonly<Record<string, object | null>> = {
  'basic_flow_client_requests.yaml.tmpl': null,
  'basic_flow_client_tcp_connection.yaml.tmpl': null,
  'basic_flow_server_requests.yaml.tmpl': null,
  'basic_flow_server_tcp_connection.yaml.tmpl': null,
  'client_custom_metric.yaml.tmpl': null,
  'client_request_messages.yaml.tmpl': null,
  'client_response_messages.yaml.tmpl': null,
  'envoy_bug_failures.yaml': null,
  'istio_build.yaml': null,
  'server_request_messages.yaml.tmpl': null,
  'server_response_messages.yaml.tmpl': null,
  'tcp_server_mx_stats_alpn_found.yaml.tmpl': null,
  'tcp_server_mx_stats_alpn_not_found.yaml.tmpl': null,
  'tcp_server_mx_stats_metadata_added.yaml.tmpl': null,
  'client_request_total.yaml.tmpl': client,
  'client_request_total_endpoint_labels.yaml.tmpl': client,
  'client_request_total_labels.yaml.tmpl': client,
  'server_request_total.yaml.tmpl': server,
  'server_request_total_labels.yaml.tmpl': server,
  'tcp_client_connection_close.yaml.tmpl': null,
  'tcp_client_connection_open.yaml.tmpl': { ...flow, ...source, ...opened },
  'tcp_client_received_bytes.yaml.tmpl': { ...flow, ...source, bytesSent: 10 },
  'tcp_client_sent_bytes.yaml.tmpl': { ...flow, ...source, bytesReceived: 10 },
  'tcp_server_connection_close.yaml.tmpl': null,
  'tcp_server_connection_open.yaml.tmpl': { ...flow, ...certified, ...opened },
  'tcp_server_received_bytes.yaml.tmpl': { ...flow, ...certified, bytesSent: 10 },
  'tcp_server_sent_bytes.yaml.tmpl': { ...flow, ...certified, bytesReceived: 10 },
  'client_sidecar_connect_request_total.yaml.tmpl': { ...client, to: { ...ratings, cluster: 'ratings-cluster' } },
  'client_disable_host_header_fallback.yaml.tmpl': { ...client, l7: 'http', to: ratingsAlone },
  'host_header_fallback.yaml.tmpl': { ...client, l7: 'http', to: ratingsAlone },
  'server_disable_host_header_fallback.yaml.tmpl': { ...server, l7: 'http', to: withService('ratings', 'default') },
  'client_request_total_cluster_metadata_precedence.yaml.tmpl': {
    ...client,
    to: { ...ratings, service: { namespace: 'server', name: 'server' } },
  },
  'client_request_total_customized.yaml.tmpl': {
    ...client,
    l7: 'http',
    from: { namespace: '_default', workload: { kind: 'Workload', name: '_productpage-v1' } },
    to: { cluster: 'server-cluster', service: { namespace: '_ratings', name: 'server' } },
  },
  'client_request_total_baggage.yaml.tmpl': {
    ...request,
    ...waypoint,
    from: { ...productpage, cluster: 'curl-cluster', workload: { kind: 'Workload', name: 'curl' } },
    encryption: 'plaintext',
  },
  'server_waypoint_proxy_request_total.yaml.tmpl': {
    ...request,
    ...waypoint,
    from: fromClient,
    encryption: 'plaintext',
  },
  'server_waypoint_proxy_connect_request_total.yaml.tmpl': { ...request, ...waypoint },
  'server_waypoint_proxy_connect_emptymeta_request_total.yaml.tmpl': { ...request, ...waypoint, to: serverAlone },
  'server_waypoint_proxy_connect_connections_opened_total.yaml.tmpl': { ...flow, ...waypoint, ...opened },
  'tcp_client_sent_bytes_unknown.yaml.tmpl': { ...flow, ...source, to: serverAlone, bytesReceived: 10 },
  'tcp_server_connection_open_without_mx.yaml.tmpl': {
    ...flow,
    ...certified,
    from: { namespace: 'default' },
    ...opened,
  },
}

const readNothing = (): Observation => {
  throw new Error('no observation')
}

describe.skipIf(!existsSync(shared))('Istio’s own goldens (skipped: no ../shared/data/istio)', () => {
  it.each(existsSync(shared) ? readdirSync(shared) : [])('%s', (file) => {
    const [observation, ...more] = read(file)
    expect(more).toEqual([])
    const meaning = meanings[file]
    expect(meaning).toBeDefined()
    if (!meaning) return expect(observation).toBeUndefined()
    const {
      time: _time,
      spanMs,
      key: _key,
      fromIp: _from,
      toIp: _to,
      cluster,
      counts,
      ...all
    } = observation ?? readNothing()
    const { answers, ...rest } = { answers: undefined, ...all }
    expect({ spanMs, cluster, counts }).toEqual({ spanMs: 15_000, cluster: 'c1', counts: true })
    expect(rest).toEqual(meaning)
    // `grpc_response_status` of the goldens is a template and no status: HTTP's speaks.
    const { response_code = '' } = goldenOf(file).labels
    const answered = 'requests' in rest &&
      /^\d+$/.test(response_code) && { code: response_code, requests: rest.requests, responses: rest.responses }
    if (answered) expect(answers).toMatchObject([answered])
    else expect(answers).toBeUndefined()
  })
})
