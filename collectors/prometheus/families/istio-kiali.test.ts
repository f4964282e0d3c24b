import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EndpointRef } from '@/core/endpoint'
import type { Observation } from '@/core/observation'
import type { Reporter } from '@/core/verdict'
import type { Labels } from '../family'
import { istio } from './istio'
import { context, readAll, sampleOf } from './test-samples'

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/istio')

type Vector = { readonly metric: Labels; readonly value: readonly [number, string] }
type Traffic = { readonly protocol?: string; readonly rates?: Readonly<Record<string, string>> }
type Data = Readonly<Record<string, string>> & { readonly isBox?: string; readonly traffic: Traffic }
type Fixture = {
  readonly prometheus: readonly { readonly query: string; readonly result: readonly Vector[] }[]
  readonly expected: { readonly elements: { readonly nodes: { data: Data }[]; readonly edges: { data: Data }[] } }
}

const seconds = 600
const span = { from: 0, to: seconds * 1000 }
const fixtureOf = (name: string): Fixture =>
  JSON.parse(readFileSync(join(shared, `graph-fixtures/${name}.json`), 'utf8'))

/** Queries of messages are not of requests, and `TCP sent` is the half that the default graph leaves out. */
const isWanted = (query: string) => /istio_requests_total|istio_tcp_received_bytes_total/.test(query)

/** The vectors as series of proxies: each once, with the reporter that its query asked for. */
function seriesOf({ prometheus }: Fixture): Map<string, { metric: string; labels: Labels; rate: number }> {
  const asked = new Map<string, Set<string>>()
  const vectors = new Map<string, { readonly metric: string; readonly vector: Vector }>()
  for (const { query, result } of prometheus.filter((each) => isWanted(each.query))) {
    const metric = /istio_\w+/.exec(query)?.[0] ?? ''
    const reporter = /reporter=~?"([^"]+)"/.exec(query)?.[1] ?? ''
    for (const vector of result) {
      const name = JSON.stringify([metric, vector.metric])
      vectors.set(name, { metric, vector })
      asked.set(name, (asked.get(name) ?? new Set()).add(reporter))
    }
  }
  const series = new Map<string, { metric: string; labels: Labels; rate: number }>()
  for (const [name, { metric, vector }] of vectors) {
    for (const reporter of reportersOf(asked.get(name) ?? new Set()))
      series.set(`${name}${reporter}`, {
        metric,
        labels: { ...vector.metric, reporter },
        rate: Number(vector.value[1]),
      })
  }
  return series
}

/** What answers both `waypoint|source` and `waypoint|destination` is a waypoint's. */
function reportersOf(asked: ReadonlySet<string>): readonly string[] {
  if (asked.has('waypoint|source') && asked.has('waypoint|destination')) return ['waypoint']
  return [...new Set([...asked].map((each) => each.replace('waypoint|', '')))]
}

type Rates = { http: number; grpc: number; tcp: number; errors: number }
const order: readonly Reporter[] = ['destination', 'waypoint', 'source', 'unknown']

/** Rates by edge and protocol; of several reporters the nearest to the callee speaks, and none are added. */
function ratesOf(observations: readonly Observation[], nameOf: (ref: EndpointRef, o: Observation) => string | null) {
  const byReporter = new Map<string, Map<Reporter, Rates>>()
  for (const o of observations) {
    const [from, to] = [nameOf(o.from, o), nameOf(o.to, o)]
    if (from === null || to === null) continue
    const l7 = o.type === 'request' ? o.l7 : 'tcp'
    const edge = `${from} -> ${to} ${l7}`
    const reporters = byReporter.get(edge) ?? new Map<Reporter, Rates>()
    byReporter.set(edge, reporters)
    const rates = reporters.get(o.reporter) ?? { http: 0, grpc: 0, tcp: 0, errors: 0 }
    reporters.set(o.reporter, rates)
    if (o.type === 'flow') rates.tcp += (o.bytesSent ?? 0) / seconds
    else {
      if (o.l7 === 'http' || o.l7 === 'grpc') rates[o.l7] += o.requests / seconds
      rates.errors += (o.requests - o.responses + o.clientErrors + o.serverErrors) / seconds
    }
  }
  const rates = new Map<string, string>()
  for (const [edge, reporters] of byReporter) {
    const best = order.flatMap((reporter) => reporters.get(reporter) ?? [])[0]
    if (best) rates.set(edge, textOf(best))
  }
  return rates
}

const textOf = ({ http, grpc, tcp, errors }: Rates): string => {
  const total = http + grpc + tcp
  return `${total.toFixed(2)} ${(http + grpc > 0 ? (errors / total) * 100 : 0).toFixed(1)}%`
}

const nodeName = (data: Data, part: 'workload' | 'app' | 'service'): string => {
  const name = data[part] ?? data.workload ?? data.app ?? data.service ?? ''
  if (name === 'unknown') return 'unknown'
  return name.includes('.') ? name : `${data.cluster}/${data.namespace}/${name}`
}

function expectedOf({ expected }: Fixture, part: 'workload' | 'app' | 'service'): Map<string, string> {
  const nodes = new Map(
    expected.elements.nodes.flatMap(({ data }) => (data.isBox ? [] : [[data.id, nodeName(data, part)] as const])),
  )
  return new Map(
    expected.elements.edges.map(({ data }) => {
      const { protocol = '', rates = {} } = data.traffic
      const percent = rates[`${protocol}PercentErr`] ?? '0.0'
      const ends = `${nodes.get(data.source ?? '')} -> ${nodes.get(data.target ?? '')}`
      return [`${ends} ${protocol}`, `${rates[protocol]} ${percent}%`] as const
    }),
  )
}

const observe = (fixture: Fixture, cluster: string) =>
  readAll(
    istio,
    [...seriesOf(fixture).values()].map(({ metric, labels, rate }) => sampleOf(metric, labels, rate * seconds, span)),
    [],
    null,
    { ...context, cluster },
  )

const workloadName = ({ cluster, namespace, workload, service, names }: EndpointRef, o: Observation): string => {
  if (names) return names.join()
  const name = workload?.name ?? service?.name
  return name === undefined ? 'unknown' : `${cluster ?? o.cluster}/${namespace ?? service?.namespace}/${name}`
}

describe.skipIf(!existsSync(shared))('Kiali’s graphs (skipped: no ../shared/data/istio)', () => {
  it('agree in nodes, edges, rates and errors: by workload', () => {
    const fixture = fixtureOf('WorkloadGraph')
    expect(ratesOf(observe(fixture, 'east'), workloadName)).toEqual(expectedOf(fixture, 'workload'))
  })

  it('agree in the ids of nodes', () => {
    const { nodes } = fixtureOf('WorkloadGraph').expected.elements
    const ids = new Set(nodes.map(({ data }) => data.id))
    const ours = observe(fixtureOf('WorkloadGraph'), 'east').flatMap((o) => [
      workloadName(o.from, o),
      workloadName(o.to, o),
    ])
    for (const name of new Set(ours)) {
      // Kiali has one node for an unknown caller and one for an unknown callee.
      if (name !== 'unknown') expect(ids).toContain(hash(`wl_${name.replaceAll('/', '_')}`))
    }
    expect(new Set(ours).size).toBe(nodes.length - 1)
  })

  it('agree where gRPC is counted in requests, which Kiali’s total of messages is not', () => {
    const fixture = fixtureOf('RatesGraphTotal')
    const theirs = expectedOf(fixture, 'workload')
    const grpc = 'east/bookinfo/reviews-v3 -> east/bankapp/deposit-v1 grpc'
    expect(theirs.get(grpc)).toBe('150.00 0.0%')
    theirs.set(grpc, '50.00 0.0%')
    // Their TCP here is both directions together.
    const http = (rates: ReadonlyMap<string, string>) => [...rates].filter(([edge]) => !edge.endsWith('tcp')).sort()
    expect(http(ratesOf(observe(fixture, 'east'), workloadName))).toEqual(http(theirs))
  })

  it('agree by app, where the labels’ canonical service is put for the workload', () => {
    const fixture = fixtureOf('AppGraph')
    const apps = renames(fixture, 'canonical_service')
    expect(ratesOf(observe(fixture, 'east'), (ref, o) => renamed(workloadName(ref, o), apps))).toEqual(
      expectedOf(fixture, 'app'),
    )
  })

  it('agree by service', () => {
    const fixture = fixtureOf('ServiceGraph')
    const services = renames(fixture, 'service_name')
    const nameOf = (ref: EndpointRef, o: Observation) => {
      // A workload that no Service stands before is not in a graph of Services.
      if (ref.workload?.name === 'kiali-2412') return null
      return renamed(workloadName(ref, o), services)
    }
    const theirs = expectedOf(fixture, 'service')
    expect(ratesOf(observe(fixture, 'east'), nameOf)).toEqual(theirs)
  })

  it('agree over three clusters, but for a Service that its host name tells and Kiali leaves unknown', () => {
    const fixture = fixtureOf('ComplexGraph')
    const ours = ratesOf(observe(fixture, 'cluster-tutorial'), workloadName)
    const theirs = expectedOf(fixture, 'workload')
    const reviews = 'cluster-tutorial/outsider/outsider-ingress -> unknown/unknown/reviews http'
    theirs.set(
      'cluster-tutorial/outsider/outsider-ingress -> cluster-tutorial/bookinfo/reviews http',
      theirs.get(reviews) ?? '',
    )
    theirs.delete(reviews)
    expect(ours).toEqual(theirs)
  })

  it('blames nobody for a caller that left, whom Kiali counts as an error of the edge', () => {
    const gone = observe(fixtureOf('ComplexGraph'), 'cluster-tutorial').filter(
      (o) => o.type === 'request' && o.requests > o.responses,
    )
    expect(gone).toHaveLength(2)
    for (const o of gone) expect(o).toMatchObject({ clientErrors: 0, serverErrors: 0, verdict: 'allowed' })
  })

  it('agree over waypoints, but for the way back that Kiali folds into the way there', () => {
    const fixture = fixtureOf('AmbientGraph')
    const ours = ratesOf(observe(fixture, 'Kubernetes'), workloadName)
    const back = 'Kubernetes/bookinfo/waypoint -> Kubernetes/bookinfo/productpage-v1 tcp'
    expect(ours.get(back)).toBe('150.00 0.0%')
    ours.delete(back)
    expect(ours).toEqual(expectedOf(fixture, 'workload'))
  })
})

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const renamed = (name: string, names: ReadonlyMap<string, string>) => names.get(name) ?? name

/** `cluster/namespace/workload` to the same with the value of another label of that end. */
function renames(fixture: Fixture, label: 'canonical_service' | 'service_name'): Map<string, string> {
  const names = new Map<string, string>()
  for (const { labels } of seriesOf(fixture).values()) {
    for (const side of ['source', 'destination']) {
      const at = `${labels[`${side}_cluster`]}/${labels[`${side}_workload_namespace`]}`
      const name = labels[`${side}_${label}`]
      if (name && name !== 'unknown') names.set(`${at}/${labels[`${side}_workload`]}`, `${at}/${name}`)
    }
  }
  return names
}
