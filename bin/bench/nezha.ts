import {
  type Fault,
  faults,
  hasNezha,
  meshMedians,
  type Replayed,
  replay,
  traceFiles,
  trueEdges,
} from '@/collectors/otlp/test-nezha'
import { bucketsOf, edgeName, meshObservations, worldOf } from '@/collectors/otlp/test-nezha-world'
import { buildBaseline } from '@/core/health/baseline'
import { buildGraph } from '@/core/graph/build-graph'
import { buildServices } from '@/core/services/build-services'
import { defaultTolerance, unknownPastP95 } from '@/core/health/tolerances'
import { pastParts } from '@/core/health/past-parts'
import type { ServiceRow } from '@/core/services/service-row'
import { percentile } from '@/core/figures/percentiles'
import { addLatency } from '@/core/figures/sketch'
import type { BucketRow } from '@/server/db/telemetry'
import type { Bench, Measure } from './bench'

/** 846,632 real spans of Online Boutique (Nezha, 2022-08-22) through the trace receiver, against what the mesh saw and the faults that were put in. */
export const bench: Bench = {
  name: 'nezha',
  title: 'Real traces against the mesh’s truth',
  run: async () => {
    if (!hasNezha) return []
    const replayed = replay(traceFiles())
    const rows = bucketsOf('otlp', replayed.observations)
    printMedians(replayed)
    return [...pairing(replayed), ...edges(rows), ...printFaults(replayed, rows)]
  },
}

function pairing({ counts, seconds, held }: Replayed): Measure[] {
  const rate = counts.spans / seconds
  return [
    {
      what: 'spans decoded and paired, per second of CPU',
      value: rate,
      unit: 'spans/s',
      bar: { text: '≥ 60,000', met: rate >= 60_000 },
    },
    { what: 'spans', value: counts.spans - counts.repeated, unit: '' },
    { what: 'repeated rows, absorbed', value: counts.repeated, unit: '' },
    { what: 'calls paired', value: counts.paired, unit: '' },
    { what: 'halves unpaired', value: counts.unpaired, unit: '' },
    { what: 'spans that waited at once, at most', value: held, unit: '' },
  ]
}

function edges(rows: readonly BucketRow[]): Measure[] {
  const truth = trueEdges()
  const fromSpans = new Set(rows.map(edgeName).filter((edge) => !edge.startsWith('unknown ')))
  const { bucket = 0 } = rows[0] ?? {}
  const world = worldOf([...rows, ...bucketsOf('prometheus', meshObservations(bucket))], 0, Number.POSITIVE_INFINITY)
  const name = (id: string) => id.split('/').at(-1) ?? ''
  const fused = buildGraph(world, { level: 'workload' })
    .edges.map(({ from, to }) => `${name(from)} ${name(to)}`)
    .filter((edge) => !edge.startsWith('unknown '))
  const hits = [...fromSpans].filter((edge) => truth.has(edge)).length
  const extra = fromSpans.size - hits
  return [
    { what: 'edges of the mesh’s 14, by spans alone', value: hits, unit: '', bar: { text: '13', met: hits >= 13 } },
    { what: 'edges that the mesh does not know', value: extra, unit: '', bar: { text: '0', met: extra === 0 } },
    {
      what: 'edges with the mesh’s metrics fused',
      value: fused.length,
      unit: '',
      bar: { text: '14', met: fused.length === 14 && new Set(fused).size === 14 },
    },
  ]
}

/** Fewer calls than this in a minute say little about its median. */
const minCalls = 20
/** Below this the mesh’s figure is the middle of its lowest bucket. */
const meshFloorMs = 3.05

/** A file holds the minute that the mesh's figures of its name were made of, and is named by its end. */
const minuteName = (time: number) => new Date(time).toISOString().slice(11, 16).replace(':', '_')

/** Medians of an edge, minute by minute, beside the mesh's. */
function printMedians({ observations }: Replayed): void {
  const latencies = new Map<string, { time: number; ms: number }[]>()
  for (const [observation, row] of zip(observations)) {
    const edge = edgeName(row)
    const known = latencies.get(edge) ?? []
    latencies.set(edge, known)
    known.push({ time: observation.time, ms: observation.ms })
  }
  const recorded = new Set(traceFiles().map((file) => /(\d\d_\d\d)_trace/.exec(file)?.[1]))
  console.log('Server-side median by edge and minute: spans against the mesh\n')
  console.log('| Edge | Minutes | Spans p50 | Mesh p50 | Deviation, median of minutes |\n|---|---|---|---|---|')
  const pairs = meshMedians().flatMap(({ edge, time, ms }) => {
    if (!recorded.has(minuteName(time))) return []
    const counts = new Map<number, number>()
    let n = 0
    for (const latency of latencies.get(edge) ?? []) {
      if (latency.time < time - 60_000 || latency.time >= time) continue
      addLatency(counts, latency.ms)
      n++
    }
    return n < minCalls ? [] : [{ edge, spans: percentile(counts, 0.5) ?? 0, mesh: ms }]
  })
  for (const edge of [...trueEdges()].sort()) {
    const of = pairs.filter((pair) => pair.edge === edge)
    if (of.length === 0) {
      console.log(`| ${edge.replace(' ', ' → ')} | 0 | | | |`)
      continue
    }
    const mesh = median(of.map((pair) => pair.mesh))
    const deviation = median(of.map((pair) => (pair.spans - pair.mesh) / pair.mesh))
    const floor = mesh < meshFloorMs ? ' (mesh at its floor of 3 ms)' : ''
    console.log(
      `| ${edge.replace(' ', ' → ')} | ${of.length} | ${median(of.map((pair) => pair.spans)).toFixed(2)} ms | ${mesh.toFixed(2)} ms | ${percent(deviation)}${floor} |`,
    )
  }
  console.log('')
}

/** Server-side latencies with the edge that each is of. */
function* zip(observations: Replayed['observations']): Generator<[{ time: number; ms: number }, BucketRow]> {
  const rows = new Map<string, BucketRow>()
  for (const o of observations) {
    if (o.reporter !== 'destination' || typeof o.latency !== 'number') continue
    const key = `${o.from.pod} ${o.to.pod}`
    let row = rows.get(key)
    if (!row) {
      row = bucketsOf('otlp', [o])[0]
      if (!row) continue
      rows.set(key, row)
    }
    yield [{ time: o.time, ms: o.latency }, row]
  }
}

const minute = 60_000
const tick = 10_000

/** When a service turned unwell after a fault, seen through windows of a minute that move every ten seconds. */
function printFaults({ observations }: Replayed, rows: readonly BucketRow[]): Measure[] {
  console.log('Faults put into services: what health says within a minute, from spans without status\n')
  console.log(
    '| Fault | Service | Its p95 before | p95 in the minute after | Itself unwell after | First unwell of all after | Unwell the minute before |\n|---|---|---|---|---|---|---|',
  )
  const outcomes = faults().map((fault) => ({ ...outcomeOf(rows, fault), slow: isSlow(observations, fault) }))
  for (const { line } of outcomes) console.log(line)
  console.log('')
  const slow = outcomes.filter((outcome) => outcome.slow)
  const told = slow.filter(({ own }) => own !== null).length
  return [
    { what: 'faults', value: outcomes.length, unit: '' },
    { what: 'of them with the service’s own p95 past a second within a minute', value: slow.length, unit: '' },
    {
      what: 'of those, the service unwell within a minute',
      value: told,
      unit: '',
      bar: { text: 'all', met: told === slow.length },
    },
    {
      what: 'faults of which the service itself was unwell within a minute',
      value: outcomes.filter(({ own }) => own !== null).length,
      unit: '',
    },
    {
      what: 'services unwell in the minute before a fault',
      value: outcomes.reduce((sum, { unwellBefore }) => sum + unwellBefore, 0),
      unit: `of ${outcomes.reduce((sum, { seenBefore }) => sum + seenBefore, 0)}`,
    },
    {
      what: 'faults after which some service turned unwell within a minute',
      value: outcomes.filter(({ first }) => first !== null).length,
      unit: '',
    },
  ]
}

/** Whether the spans themselves, without buckets and sketches, say that the service answered slowly and often enough to tell. */
function isSlow(observations: Replayed['observations'], { service, time }: Fault): boolean {
  const latencies = observations
    .filter((o) => o.reporter === 'destination' && o.to.pod?.startsWith(`${service}-`) === true)
    .filter((o) => o.time >= time && o.time < time + minute)
    .map((o) => Number(o.latency))
    .sort((a, b) => a - b)
  return (
    latencies.length >= defaultTolerance.minResponses &&
    (latencies[Math.ceil(latencies.length * 0.95) - 1] ?? 0) >= unknownPastP95
  )
}

type Outcome = {
  readonly line: string
  /** Seconds until the service itself was unwell. */
  readonly own: number | null
  readonly first: { readonly name: string; readonly seconds: number } | null
  /** Services in the minute before the fault, and those of them that were called unwell. */
  readonly seenBefore: number
  readonly unwellBefore: number
}

function outcomeOf(rows: readonly BucketRow[], { service, type, time }: Fault): Outcome {
  const start = Math.floor(time / tick) * tick
  const before = servicesIn(rows, start - minute, start)
  const after = servicesIn(rows, start, start + minute)
  let own: number | null = null
  let first: Outcome['first'] = null
  for (let end = start + tick; end - time <= minute; end += tick) {
    const unwell = servicesIn(rows, end - minute, end)
      .filter(isUnwell)
      .map(({ name }) => name)
    const seconds = Math.round((end - time) / 1000)
    const news = unwell.find((name) => !before.some((row) => row.name === name && isUnwell(row)))
    if (news !== undefined) first ??= { name: news, seconds }
    if (own === null && unwell.includes(service)) own = seconds
  }
  const p95 = (services: readonly ServiceRow[]) => {
    const ms = services.find(({ name }) => name === service)?.figures?.p95
    return ms === null || ms === undefined ? 'no spans' : `${ms.toFixed(0)} ms`
  }
  const cells = [
    type,
    service,
    p95(before),
    p95(after),
    own === null ? 'not' : `${own} s`,
    first ? `${first.name}, ${first.seconds} s` : 'none',
    before
      .filter(isUnwell)
      .map(({ name }) => name)
      .join(', ') || 'none',
  ]
  return {
    line: `| ${cells.join(' | ')} |`,
    own,
    first,
    seenBefore: before.length,
    unwellBefore: before.filter(isUnwell).length,
  }
}

/** Held against all that was recorded before, as the console holds a window against the day before. */
function servicesIn(rows: readonly BucketRow[], from: number, to: number): readonly ServiceRow[] {
  const first = rows.reduce((least, { bucket }) => Math.min(least, bucket), Number.POSITIVE_INFINITY)
  const past = pastParts({ from, to }, first).map((part) => worldOf(rows, part.from, part.to))
  const world = { ...worldOf(rows, from, to), baseline: buildBaseline(past) }
  return buildServices(world, { previous: null, steps: [], stepMs: tick })
}

const isUnwell = ({ health }: ServiceRow) => health === 'degraded' || health === 'failing'

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const percent = (share: number) => `${share >= 0 ? '+' : ''}${(share * 100).toFixed(0)} %`
