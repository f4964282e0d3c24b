import { forceLink, forceManyBody, forceSimulation } from 'd3-force'
import { layout } from '../../components/map/layout/layout'
import { linkLength, type Body, type LayoutInput } from '../../components/map/layout/layout-input'
import { flatRepulsion } from '../../components/map/layout/layout-repulsion'
import type { Bench, Measure } from './bench'
import { inputOf, read, type Synthetic } from './layout.graphs'

const sizes = [
  [200, 600],
  [2000, 6000],
  [10_000, 50_000],
] as const

export const bench: Bench = {
  name: 'layout',
  title: 'Map layout: settling, a tick against d3-force, and stability',
  async run() {
    const measures: Measure[] = []
    layout(inputOf(read(200, 600)))
    for (const [nodes, edges] of sizes) measures.push(...measureGraph(read(nodes, edges)))
    return measures
  },
}

function measureGraph(graph: Synthetic): Measure[] {
  const n = graph.nodes.length
  const size = `${n} nodes, ${graph.edges.length} edges`
  const input = inputOf(graph)
  const settled: { positions: Float32Array } = { positions: new Float32Array(0) }
  const settle = median(3, () => {
    settled.positions = layout(input)
  })
  const tick = median(3, () => ticks(graph, (links) => links.force('repel', flatRepulsion(-30, Infinity)))) / 10
  const stock = median(3, () => ticks(graph, (links) => links.force('repel', forceManyBody()))) / 10
  const { milliseconds, moved } = churn(input, settled.positions)
  const bar = (text: string, met: boolean) => ({ text, met })
  return [
    {
      what: `settled, ${size}`,
      value: settle,
      unit: 'ms CPU',
      baseline: { what: 'd3-force as it comes, 300 ticks (from ten)', value: stock * 300 },
      ...(n === 10_000 ? { bar: bar('≤ 1000 ms', settle <= 1000) } : {}),
    },
    {
      what: `a tick of links and repulsion, ${size}`,
      value: tick,
      unit: 'ms CPU',
      baseline: { what: 'the same with d3.forceManyBody', value: stock },
    },
    { what: `1 % new nodes placed, ${size}`, value: milliseconds, unit: 'ms CPU' },
    {
      what: `mean shift of old nodes under 1 % churn, ${size}`,
      value: (100 * moved) / linkLength,
      unit: '% of a link',
      bar: bar('≤ 2 %', moved <= 0.02 * linkLength),
    },
  ]
}

type Simulation = ReturnType<typeof forceSimulation<Body>>

function ticks(graph: Synthetic, add: (simulation: Simulation) => unknown): void {
  const links = graph.edges.map(([source, target]) => ({ source, target }))
  const simulation = forceSimulation(graph.nodes.map((_, index): Body => ({ ...({} as Body), index }))).stop()
  simulation.force('link', forceLink<Body, (typeof links)[number]>(links))
  add(simulation)
  simulation.tick(10)
}

/** Every hundredth node is forgotten and placed again; the others' mean movement in pixels. */
function churn(input: LayoutInput, settled: Float32Array): { milliseconds: number; moved: number } {
  const known = settled.slice()
  for (let i = 50; i < input.ids.length; i += 100) known.fill(Number.NaN, 2 * i, 2 * i + 2)
  let after = settled
  const milliseconds = cpuOf(() => {
    after = layout({ ...input, known })
  })
  let sum = 0
  let old = 0
  for (let i = 0; i < input.ids.length; i++) {
    const [x, y] = [known[2 * i] ?? 0, known[2 * i + 1] ?? 0]
    if (Number.isNaN(x)) continue
    old++
    sum += Math.hypot((after[2 * i] ?? 0) - x, (after[2 * i + 1] ?? 0) - y)
  }
  return { milliseconds, moved: sum / old }
}

/** Milliseconds of processor time, so that other work on the machine counts little. */
function cpuOf(work: () => void): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function median(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => cpuOf(work))
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0
}
