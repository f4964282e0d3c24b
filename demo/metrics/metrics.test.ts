import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Door } from '../hubble-relay/door'
import type { Cluster } from '../model/cluster'
import { isMutualTls, proxyOf, throughWaypoint } from '../model/mesh'
import { minute, start, sumBy, virtualWorld } from '../test-world'
import type { CallMade } from '../traffic/made'
import { felixMetrics } from './felix'
import { istioMetrics, readsRequests } from './istio'
import { linkerdMetrics } from './linkerd'
import { createRegistry, type Registry } from './registry'
import { startMetrics } from './server'

const registry: Registry = createRegistry(start)
const world = virtualWorld((cluster: Cluster) => [
  istioMetrics(cluster, registry),
  linkerdMetrics(cluster, registry),
  felixMetrics(cluster, registry),
  { made: () => undefined, lived: (until) => registry.advance(until) },
])
const end = start + 3 * minute
world.engine.advance(end)

let door: Door
beforeAll(async () => {
  door = await startMetrics(registry, 0, () => end)
})
afterAll(() => door.close())

type Result = { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }
const url = (path: string) => `http://127.0.0.1:${door.port}${path}`
const query = async (text: string, time = end): Promise<Result[]> => {
  const body = new URLSearchParams({ query: text, time: String(time / 1000) })
  const answer = (await (await fetch(url('/api/v1/query'), { method: 'POST', body })).json()) as {
    data: { result: Result[] }
  }
  return answer.data.result
}
/** Values now, by caller and callee of Istio's labels. */
const istioSums = async (selector: string) =>
  sumBy(
    await query(selector),
    ({ metric: m }) => `${m['source_workload']} ${m['destination_service_name']}`,
    ({ value }) => Number(value?.[1]),
  )
const name = (end: CallMade['from']) => end.workload?.spec.name ?? (end.outside || 'Internet')
const service = (end: CallMade['to']) => end.workload?.spec.service ?? name(end)
const edge = (call: CallMade) => `${name(call.from)} ${service(call.to)}`
const proxy = (end: CallMade['from']) => end.workload && proxyOf(end.workload)
const isSidecar = (end: CallMade['from']) => ['sidecar', 'gateway'].includes(proxy(end) ?? '')
const mutual = ({ from, to, port }: CallMade) =>
  from.workload !== null && to.workload !== null && isMutualTls(from.workload, to.workload, port)
const made = world.calls.filter((call) => !call.denied)
const one = () => 1

describe('Istio', () => {
  test('the callers’ sidecars count every request once', async () => {
    const expected = sumBy(world.calls, (c) => (isSidecar(c.from) && readsRequests(c) ? edge(c) : null), one)
    expect(await istioSums('istio_requests_total{reporter="source"}')).toEqual(expected)
  })

  test('the callees’ sidecars count every request once, and who called only with certificates', async () => {
    const callee = (c: CallMade) => proxy(c.to) === 'sidecar' && readsRequests(c)
    const expected = sumBy(made, (c) => (callee(c) && mutual(c) ? edge(c) : null), one)
    const selector = 'istio_requests_total{reporter="destination",connection_security_policy='
    expect(await istioSums(`${selector}"mutual_tls"}`)).toEqual(expected)
    const plain = [...(await istioSums(`${selector}"none"}`)).entries()]
    expect(plain.length).toBeGreaterThan(0)
    expect(plain.every(([key]) => key.startsWith('unknown '))).toBe(true)
  })

  test('durations have as many observations as there were requests', async () => {
    const counts = await istioSums('istio_request_duration_milliseconds_count{reporter="source"}')
    expect(counts).toEqual(await istioSums('istio_requests_total{reporter="source"}'))
    expect(await istioSums('istio_request_duration_milliseconds_bucket{reporter="source",le="+Inf"}')).toEqual(counts)
  })

  test('bytes are named from the caller’s side: received is what the caller sent', async () => {
    const bytes = (c: CallMade) => c.bytesSent
    const expected = sumBy(
      made,
      (c) => (isSidecar(c.from) && !readsRequests(c) && c.transport === 'tcp' ? edge(c) : null),
      bytes,
    )
    expect(await istioSums('istio_tcp_received_bytes_total{reporter="source",app!="ztunnel"}')).toEqual(expected)
    expect(expected.has('cart cart-redis')).toBe(true)
  })

  test('in ambient, ztunnels count bytes, and the waypoint the requests that go through it', async () => {
    const far = (c: CallMade) =>
      proxy(c.to) === 'ztunnel' &&
      !(c.from.workload && c.to.workload && throughWaypoint(c.from.workload, c.to.workload))
    const seen = await istioSums('istio_tcp_received_bytes_total{reporter="destination",app="ztunnel"}')
    expect(seen.get('waypoint images')).toBeGreaterThan(0)
    seen.delete('waypoint images')
    expect(seen).toEqual(
      sumBy(
        made,
        (c) => (far(c) ? edge(c) : null),
        (c) => c.bytesSent,
      ),
    )
    expect(await istioSums('istio_requests_total{reporter="waypoint"}')).toEqual(
      sumBy(made, (c) => (edge(c) === 'products images' ? edge(c) : null), one),
    )
  })
})

describe('Linkerd', () => {
  test('both ends’ proxies count responses and bytes', async () => {
    const requests = (c: CallMade) => readsRequests(c) && proxy(c.to) === 'linkerd'
    const inbound = sumBy(
      await query('response_total{direction="inbound"}'),
      ({ metric: m }) => `${m['namespace']} ${m['tls']}`,
      ({ value }) => Number(value?.[1]),
    )
    expect(inbound).toEqual(
      sumBy(
        made,
        (c) => (requests(c) ? `${c.to.workload?.spec.namespace} ${mutual(c) ? 'true' : 'no_identity'}` : null),
        one,
      ),
    )
    const outbound = sumBy(
      await query('tcp_write_bytes_total{direction="outbound",peer="dst"}'),
      ({ metric: m }) => m['target_port'] ?? '',
      ({ value }) => Number(value?.[1]),
    )
    // The batch job's pod is gone, and its proxy with it.
    const lives = (c: CallMade) => c.from.workload?.pods.some((pod) => pod === c.from.pod)
    expect(outbound).toEqual(
      sumBy(
        made,
        (c) => (proxy(c.from) === 'linkerd' && c.transport === 'tcp' && lives(c) ? String(c.port) : null),
        (c) => c.bytesSent,
      ),
    )
  })

  test('every proxy says when its certificate ends', async () => {
    const expiries = await query('identity_cert_expiration_timestamp_seconds')
    const pods = [...world.cluster.workloads.values()].filter((w) => proxyOf(w) === 'linkerd').flatMap((w) => w.pods)
    expect(new Set(expiries.map(({ metric }) => metric['pod']))).toEqual(new Set(pods.map((pod) => pod.name)))
    expect(expiries.every(({ value }) => Number(value?.[1]) * 1000 > end)).toBe(true)
  })
})

test('WireGuard’s bytes are those of calls between nodes that have it, the same at both', async () => {
  const total = async (metric: string) => (await query(metric)).reduce((sum, { value }) => sum + Number(value?.[1]), 0)
  const last = world.cluster.nodes.length - 1
  const between = made.filter(({ from, to }) => {
    const [a, b] = [from.pod?.node.index, to.pod?.node.index]
    return a !== undefined && b !== undefined && a !== b && a !== last && b !== last
  })
  const expected = between.reduce((sum, c) => sum + c.bytesSent + c.bytesReceived, 0)
  expect([await total('wireguard_bytes_sent'), await total('wireguard_bytes_rcvd')]).toEqual([expected, expected])
})

describe('queries', () => {
  test('a range gives every sample on the 5 s grid, in order and never falling', async () => {
    const [first] = await query('{__name__=~"istio_requests_total|other",reporter="source",source_workload="web"}[60s]')
    const times = first?.values?.map(([time]) => time) ?? []
    expect(times).toEqual(Array.from({ length: 12 }, (_, i) => end / 1000 - 55 + i * 5))
    const values = first?.values?.map(([, value]) => Number(value)) ?? []
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(values.at(-1)).toBeGreaterThan(values[0] ?? 0)
  })

  test.each(['sum(istio_requests_total)', 'a{b=c}', '', '{a="b"}[5]', 'a{b=~"("}'])('refuses %s', async (text) => {
    const response = await fetch(url(`/api/v1/query?query=${encodeURIComponent(text)}`))
    expect([response.status, ((await response.json()) as { errorType: string }).errorType]).toEqual([400, 'bad_data'])
  })

  test('an unequal matcher selects series without the label too', async () => {
    const all = await query('istio_tcp_sent_bytes_total')
    const rest = await query('istio_tcp_sent_bytes_total{app!="ztunnel"}')
    const ztunnel = await query('istio_tcp_sent_bytes_total{app=~"z.*"}')
    expect(rest.length + ztunnel.length).toBe(all.length)
    expect(rest.length).toBeGreaterThan(0)
  })
})

test('a pod’s own page has its series, and the page of all has them with namespace and pod', async () => {
  const [sample] = await query('istio_requests_total{reporter="source",source_workload="web"}')
  const { namespace, pod } = sample?.metric ?? {}
  const own = await (await fetch(url(`/pods/${namespace}/${pod}/15090/metrics`))).text()
  expect(own).toContain('# TYPE istio_request_duration_milliseconds histogram')
  expect(own).toMatch(/^istio_requests_total\{reporter="source",source_workload="web".* \d+$/m)
  const all = await (await fetch(url('/metrics/all'))).text()
  expect(all).toMatch(new RegExp(`^istio_requests_total\\{.*namespace="${namespace}",pod="${pod}".* \\d+$`, 'm'))
  const lines = all.split('\n').filter((line) => line && !line.startsWith('#'))
  expect(new Set(lines.map((line) => line.replace(/ [^ ]+$/, ''))).size).toBe(lines.length)
  expect((await fetch(url(`/pods/${namespace}/none/15090/metrics`))).status).toBe(404)
})
