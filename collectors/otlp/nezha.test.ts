import { beforeAll, describe, expect, it } from 'vitest'
import { buildGraph } from '@/core/graph/build-graph'
import { percentile } from '@/core/figures/percentiles'
import { addLatency } from '@/core/figures/sketch'
import { hasNezha, meshMedians, type Replayed, replay, traceFiles, trueEdges } from './test-nezha'
import { bucketsOf, edgeName, meshObservations, worldOf } from './test-nezha-world'

describe.skipIf(!hasNezha)('real traces of Online Boutique (skipped: no ../shared/data/traces)', () => {
  let replayed: Replayed
  beforeAll(() => {
    replayed = replay(traceFiles().slice(0, 3))
  })
  const found = () => new Set(bucketsOf('otlp', replayed.observations).map(edgeName))

  it('finds 13 of the mesh’s 14 edges, and none that is not there', () => {
    const truth = trueEdges()
    expect(truth.size).toBe(14)
    const edges = [...found()].filter((edge) => !edge.startsWith('unknown '))
    expect(edges.filter((edge) => !truth.has(edge))).toEqual([])
    expect([...truth].filter((edge) => !edges.includes(edge))).toEqual(['checkoutservice currencyservice'])
  })

  it('shows all 14 once the mesh tells of them too, each once', () => {
    const spans = bucketsOf('otlp', replayed.observations)
    const { bucket = 0 } = spans[0] ?? {}
    const rows = [...spans, ...bucketsOf('prometheus', meshObservations(bucket))]
    const graph = buildGraph(worldOf(rows, 0, Number.POSITIVE_INFINITY), { level: 'workload' })
    const name = (id: string) => id.split('/').at(-1)
    const edges = graph.edges
      .map(({ from, to }) => `${name(from)} ${name(to)}`)
      .filter((edge) => !edge.startsWith('unknown '))
    expect(edges.sort()).toEqual([...trueEdges()].sort())
  })

  it('counts rows that neighbouring files repeat once', () => {
    const { spans, repeated } = replayed.counts
    expect({ spans, repeated }).toEqual({ spans: 62_438, repeated: 373 })
    expect(new Set(replayed.observations.map((o) => o.key)).size).toBe(replayed.observations.length)
  })

  it('pairs every call, and tells it from both sides', () => {
    const sides = (reporter: string) =>
      replayed.observations.filter((o) => o.reporter === reporter && o.from.pod).length
    expect(replayed.counts).toMatchObject({ unpaired: 0, dropped: 0 })
    expect(sides('source')).toBe(sides('destination'))
    expect(sides('source')).toBe(replayed.counts.paired)
  })

  it('agrees with the mesh on the median of a callee whose work dominates', () => {
    const time = meshMedians().find(({ time }) => time >= replayed.first + 60_000)?.time ?? 0
    const counts = new Map<number, number>()
    for (const o of replayed.observations) {
      const inMinute = o.time >= time - 60_000 && o.time < time && o.reporter === 'destination'
      if (inMinute && o.to.pod?.startsWith('adservice-') && typeof o.latency === 'number') addLatency(counts, o.latency)
    }
    const mesh = meshMedians().find((median) => median.edge === 'frontend adservice' && median.time === time)?.ms ?? 0
    expect(Math.abs((percentile(counts, 0.5) ?? 0) - mesh) / mesh).toBeLessThan(0.2)
  })
})
