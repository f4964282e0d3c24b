import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildGraph } from './build-graph'
import type { Graph, Level } from './graph'
import { selectEdges } from './selection'
import { edge, external, flows, item, workload, world } from '../world-fixture'
import type { World } from '../world'

const names = ['web', 'cart', 'pay', 'db'].flatMap((name) =>
  ['shop', 'bank', 'tools'].map((namespace) => workload(name, namespace)),
)
const ends = [...names, external('api.example')]
const teams = new Map([
  ['east/shop', 'front'],
  ['east/bank', 'front'],
])
const anyWorld = fc
  .array(
    fc.record({ from: fc.constantFrom(...ends), to: fc.constantFrom(...ends), n: fc.integer({ min: 1, max: 50 }) }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((calls): World =>
    world(
      calls.map(({ from, to, n }, port) => edge(from, to, [flows(n)], { port: port + 1 })),
      { inventory: names.map((each) => ({ ...item(each), app: each.name })), teams },
    ),
  )
const allowed = (graph: Graph) => graph.edges.reduce((sum, { figures }) => sum + (figures.verdicts.allowed ?? 0), 0)

/** What an endpoint is drawn as at a level. */
const groupOf = (level: Level, { namespace, name, kind }: (typeof ends)[number]): string => {
  if (namespace === '') return name
  if (level === 'cluster') return 'east'
  if (level === 'team') return teams.get(`east/${namespace}`) ?? namespace
  if (level === 'namespace') return namespace
  return `${namespace}/${kind}/${name}`
}

/** Whether a call stays inside one folded node, which draws no edge to itself. */
const inside = (level: Level, from: (typeof ends)[number], to: (typeof ends)[number]): boolean =>
  level !== 'app' && level !== 'workload' && from.namespace !== '' && groupOf(level, from) === groupOf(level, to)

describe('levels', () => {
  it.each(['cluster', 'team', 'namespace', 'app', 'workload'] as const)(
    'of %s conserve what goes between nodes',
    (level) => {
      fc.assert(
        fc.property(anyWorld, (given) => {
          const between = given.edges
            .filter(({ edge: { from, to } }) => !inside(level, from, to))
            .reduce((sum, { rows }) => sum + (rows[0]?.flows ?? 0), 0)
          expect(allowed(buildGraph(given, { level }))).toBe(between)
        }),
      )
    },
  )

  it('unfolding what was folded gives the first graph again', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom('namespace', 'team'), (given, by) => {
        const plain = buildGraph(given, { level: 'workload', by })
        const regions = by === 'team' ? ['east/team:front', 'east/tools'] : ['east/shop', 'east/bank', 'east/tools']
        expect(buildGraph(given, { level: 'workload', by, fold: regions, unfold: regions })).toEqual(plain)
        const level = by === 'team' ? 'team' : 'namespace'
        const { nodes, edges } = buildGraph(given, { level, by, unfold: regions })
        expect({ nodes, edges }).toEqual({ nodes: plain.nodes, edges: plain.edges })
      }),
    )
  })

  it('each node and edge leads back to the traffic that it stands for', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom('cluster', 'team', 'namespace', 'app', 'workload'), (given, level) => {
        for (const drawn of buildGraph(given, { level }).edges) {
          const found = selectEdges(given, drawn.id).incoming
          expect(found).toHaveLength(drawn.merged)
        }
      }),
    )
  })

  it('a namespace without a team stands alone among teams', () => {
    const given = world([edge(workload('web'), workload('log', 'tools'), [flows(1)])], { teams })
    const graph = buildGraph(given, { level: 'team' })
    expect(graph.nodes.map(({ type, name, team }) => [type, name, team])).toEqual([
      ['team', 'front', 'front'],
      ['namespace', 'tools', null],
    ])
    expect(graph.folded).toEqual(['east/team:front', 'east/tools'])
  })
})

describe('focus', () => {
  const chain = ['a', 'b', 'c', 'd', 'e'].map((name) => workload(name))
  const given = world(chain.slice(1).map((to, i) => edge(chain[i] ?? to, to, [flows(1)])))
  const id = 'east/shop/Deployment/c'
  it.each([
    [{ hops: 1, direction: 'both' }, 'b c d'],
    [{ hops: 2, direction: 'up' }, 'a b c'],
    [{ hops: 1, direction: 'down' }, 'c d'],
    [{ hops: Infinity, direction: 'down' }, 'c d e'],
    [{ hops: Infinity, direction: 'both' }, 'a b c d e'],
  ] as const)('%j draws %s', (around, drawn) => {
    const graph = buildGraph(given, { level: 'workload', focus: { id, ...around } })
    expect(graph.nodes.map(({ name }) => name).join(' ')).toBe(drawn)
    expect(graph.focus).toBe(id)
  })
  it('is empty where the node is not there', () => {
    expect(buildGraph(given, { level: 'workload', focus: { id: 'x', hops: 2, direction: 'both' } }).nodes).toEqual([])
  })
  it('draws the nearest of too many, and says how many there are', () => {
    const hub = workload('hub')
    const many = world(Array.from({ length: 600 }, (_, i) => edge(hub, workload(`w${i}`), [flows(1)])))
    const graph = buildGraph(many, {
      level: 'workload',
      focus: { id: 'east/shop/Deployment/hub', hops: 1, direction: 'both' },
    })
    expect(graph.nodes).toHaveLength(400)
    expect(graph.total.nodes).toBe(601)
    expect(graph.folded).toEqual([])
  })
})
