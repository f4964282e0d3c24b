import { describe, expect, test } from 'vitest'
import { edgeHealth, nodeHealth } from './health'
import { buildGraph } from '../graph/build-graph'
import { measuresOf } from './measure'
import { fuse } from '../witness/fuse'
import { parseHealthAnnotation } from './tolerance-annotation'
import { compileTolerances, defaultTolerance, type ToleranceRule } from './tolerances'
import type { EdgeRow, WorldEdge } from '../world'
import { edge, external, http, item, workload, world } from '../world-fixture'

const [web, cart, batch] = [workload('web'), workload('cart'), workload('import', 'batch')]
const rules: ToleranceRule[] = [
  { namespace: 'batch*', p95: 30_000, baseline: null },
  { name: 'cart', kind: 'deployment', errors: { degraded: 0.1, failing: 0.2 } },
  { protocol: 'grpc', p95: 50 },
  { kind: 'External', clientErrors: { degraded: 0.1, failing: 0.5 } },
]

describe('rules of the configuration', () => {
  const toleranceOf = compileTolerances(rules)
  test.each([
    ['by namespace', toleranceOf(batch, 'http'), { p95: 30_000, baseline: null, by: 'rule 1' }],
    [
      'by name and kind, whatever their case',
      toleranceOf(cart, null),
      { errors: { degraded: 0.1, failing: 0.2 }, by: 'rule 2' },
    ],
    ['the first that matches', toleranceOf(batch, 'grpc'), { by: 'rule 1' }],
    ['by protocol', toleranceOf(web, 'grpc'), { p95: 50, by: 'rule 3' }],
    ['by protocol: no service', toleranceOf(web, null), defaultTolerance],
    ['none', toleranceOf(web, 'http'), defaultTolerance],
  ])('%s', (_what, tolerance, expected) => {
    expect(tolerance).toMatchObject(expected)
  })
})

describe('annotations', () => {
  test.each<[string, object, string[]]>([
    ['p95=300ms errors=2%', { p95: 300, errors: { degraded: 0.02, failing: 0.02 } }, []],
    [
      'P95=1.5s, Errors=1%/5%; denied=100%',
      { p95: 1500, errors: { degraded: 0.01, failing: 0.05 }, denied: { degraded: 1, failing: 1 } },
      [],
    ],
    [
      'baseline=off min-responses=5 client-errors=10%/20%',
      { baseline: null, minResponses: 5, clientErrors: { degraded: 0.1, failing: 0.2 } },
      [],
    ],
    ['baseline=3', { baseline: 3 }, []],
    ['', {}, []],
    ['p95=fast errors=2% speed=3 x', { errors: { degraded: 0.02, failing: 0.02 } }, ['p95=fast', 'speed=3', 'x']],
    [
      'errors=5%/1% p95=0ms baseline=1 min-responses=0 errors=200%',
      {},
      ['errors=5%/1%', 'p95=0ms', 'baseline=1', 'min-responses=0', 'errors=200%'],
    ],
  ])('%s', (text, set, bad) => {
    expect(parseHealthAnnotation(text)).toEqual({ set, bad })
  })
})

describe('health by rules', () => {
  const caller = (to: ReturnType<typeof workload>, ...rows: EdgeRow[]) => edge(workload('caller'), to, rows)
  const judge = (worldEdge: WorldEdge, parts: object) => {
    const { tally, l7 } = fuse(worldEdge.rows)
    return edgeHealth(tally, measuresOf(world([worldEdge], parts)).ofEdge(worldEdge, l7))
  }
  test('a rule raises a limit, and the reason names it', () => {
    expect(judge(caller(cart, http(1000, 60)), { tolerances: rules })).toEqual({ health: 'healthy', why: '' })
    expect(judge(caller(cart, http(1000, 250)), { tolerances: rules })).toEqual({
      health: 'failing',
      why: '25 % of responses are server errors; its limit is 20 % by rule 2',
    })
  })
  test('an annotation speaks last', () => {
    const inventory = [{ ...item(web), health: 'p95=300ms' }]
    expect(judge(caller(web, http(100, 0, 400)), { tolerances: rules, inventory })).toEqual({
      health: 'degraded',
      why: expect.stringMatching(/^p95 is \d+ ms; its limit is 300 ms by its annotation$/),
    })
  })
  test('client errors make unwell only where a rule says so', () => {
    const rejected = (to: ReturnType<typeof workload>) => caller(to, { ...http(100), clientErrors: 30 })
    expect(judge(rejected(web), { tolerances: rules }).health).toBe('healthy')
    expect(judge(rejected(external('api.example')), { tolerances: rules })).toEqual({
      health: 'degraded',
      why: '30 % of responses are client errors; its limit is 10 % by rule 4',
    })
  })
  test('the graph judges a node as nodeHealth does', () => {
    const one = caller(cart, http(1000, 60))
    const graph = buildGraph(world([one], { tolerances: rules }), { level: 'workload' })
    const node = graph.nodes.find(({ name }) => name === 'cart')
    expect(node?.health).toBe('healthy')
    expect(nodeHealth(fuse(one.rows).tally, null).health).toBe('failing')
  })
})
