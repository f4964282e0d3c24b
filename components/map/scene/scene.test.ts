import { describe, expect, it } from 'vitest'
import type { GraphEdge } from '@/core/graph/graph'
import { noEncryption } from '@/core/encryption/edge-encryption'
import { boundsOf, fitTo, reveal, toWorld, zoomAt } from '../camera/camera'
import { distanceToCurve, edgeCurve } from './curve'
import { type DecidedEdge, withDecisions } from './decided'
import { isDenied } from './edge-style'
import { edgeClass, nodeStatus } from '../lens'
import { findNodes } from '../head/find'
import { foldChange } from './fold'
import { edgeBuffer, edgeFloats, nodeBuffer, regionBuffers } from '../canvas/gl-buffers'
import { edge as edgeOf, figures, graphOf, node } from '../graph-fixture'
import { hullOf } from './hull'
import { nodeColumns, sortRows } from '../list/list-columns'
import { nextOf } from '../camera/next-of'
import { pick } from '../camera/pick'
import { portWords } from '../panel/port-words'
import { prepare } from './prepare'
import { buildScene } from './scene'
import { describeEdge, describeNode, indexGraph, nextEdge, stepTo } from '../camera/walk'

/** By names in one namespace. */
const edge = (from: string, to: string, over: Partial<GraphEdge> = {}) =>
  edgeOf(`c/shop/Deployment/${from}`, `c/shop/Deployment/${to}`, { id: `${from}|${to}|80|tcp`, ...over })
const graph = graphOf(
  [node('web'), node('cart', { health: 'failing', why: '7 % failed' }), node('db', { dataStore: true })],
  [edge('web', 'cart'), edge('cart', 'db', { figures: figures({ verdicts: { denied: 3 } }) })],
)
const places = new Map([
  ['c/shop/Deployment/web', [0, 0]],
  ['c/shop/Deployment/cart', [200, 10]],
  ['c/shop/Deployment/db', [210, 200]],
] as const)

const byHealth = { lens: 'health', by: 'namespace' } as const

it('names from afar what is unwell, and what the map is drawn around', () => {
  const named = (focus: string | null) =>
    buildScene({ ...graph, focus }, places, byHealth).nodes.flatMap(({ label, strong }) => (strong ? [label] : []))
  expect(named(null)).toEqual(['cart'])
  expect(named('c/shop/Deployment/web')).toEqual(['web', 'cart'])
})

describe('a crowd of edges', () => {
  const names = Array.from({ length: 12 }, (_, i) => `n${i}`)
  const at = new Map(names.map((name, i) => [`c/shop/Deployment/${name}`, [200 * i, 50 * (i % 3)] as const]))
  const plainOf = (rate: (i: number) => number) => {
    const all = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const))
    const edges = all.map(([from, to], i) => edge(from, to, { figures: figures({ requestRate: rate(i) }) }))
    const { edges: drawn } = buildScene(
      graphOf(
        names.map((name) => node(name)),
        edges,
      ),
      at,
      byHealth,
    )
    return drawn.filter(({ faint }) => !faint).length
  }
  it.each([
    ['that differ leaves the strongest their grey', (i: number) => 1 + i, 61],
    ['of which few are strong leaves those their grey', (i: number) => (i < 20 ? 50 : 1), 20],
    ['that are all alike leaves each its grey', () => 1, 132],
  ])('%s', (_, rate, plain) => {
    expect(plainOf(rate)).toBe(plain)
  })
})

describe('edgeClass', () => {
  it.each([
    ['traffic', {}, 'quiet', '', 'arrow'],
    ['errors', { errorRatio: 0.06 }, 'bad', '', 'arrow'],
    ['errors', { errorRatio: 0.02 }, 'warn', '', 'arrow'],
    ['errors', { errorRatio: null }, 'unknown', '1 4', 'arrow'],
    ['errors', { verdicts: { denied: 5, allowed: 5 } }, 'bad', '2 4', 'bar'],
    ['latency', { p95: null }, 'unknown', '1 4', 'arrow'],
    ['latency', { p95: 400 }, 'warn', '', 'arrow'],
    ['latency', { p95: 2000 }, 'bad', '', 'arrow'],
    ['policy', { verdicts: {} }, 'unknown', '1 4', 'arrow'],
    ['policy', { verdicts: { audited: 1, allowed: 9 } }, 'audit', '9 5', 'arrow'],
    ['policy', { verdicts: { denied: 1, allowed: 9 } }, 'warn', '', 'arrow'],
    ['policy', { verdicts: { allowed: 9 } }, 'quiet', '', 'arrow'],
    ['encryption', {}, 'unknown', '1 4', 'arrow'],
  ] as const)('%s lens, %j: %s', (lens, over, tone, dash, head) => {
    const { style } = edgeClass(edge('a', 'b', { figures: figures(over) }), lens)
    expect(style).toMatchObject({ tone, dash, head })
  })
  it.each([
    ['plaintext', 'warn', 'open'],
    ['mixed', 'warn', 'half'],
    ['mtls', 'quiet', 'none'],
    ['same-node', 'quiet', 'none'],
    ['tunnel', 'quiet', 'none'],
  ] as const)('marks %s as the exception or not at all', (summary, tone, glyph) => {
    expect(edgeClass(edge('a', 'b', { encryption: { ...noEncryption, summary } }), 'encryption').style).toMatchObject({
      tone,
      glyph,
    })
  })
  it('is about what policies decide where that is known, and about what happened elsewhere', () => {
    const stopped = figures({ verdicts: { denied: 3 } })
    const decided = (is: DecidedEdge['decided']): DecidedEdge => ({
      ...edge('a', 'b', { figures: stopped }),
      decided: is,
    })
    expect(edgeClass(decided(undefined), 'policy').words).toBe('denied')
    expect(edgeClass(decided('differs'), 'policy').style).toMatchObject({ tone: 'warn', dash: '9 5' })
    expect(edgeClass(decided('open'), 'policy').style).toMatchObject({ tone: 'quiet', dash: '5 3' })
    expect(edgeClass(decided('by-rule'), 'policy').style).toMatchObject({ tone: 'quiet', dash: '' })
    expect(edgeClass(decided('by-rule'), 'health').words).toBe('denied')
  })
  it('tells coverage by nodes, what anybody may call first', () => {
    const cover = { id: 'a', workloads: 3, ingress: 1, egress: 0, unknown: 1 }
    const status = (more: Partial<typeof cover>) => nodeStatus({ ...node('a'), cover: { ...cover, ...more } }, 'policy')
    expect([status({}), status({ ingress: 2 }), status({ ingress: 3, unknown: 0 })]).toEqual(['warn', 'unknown', 'ok'])
    expect(nodeStatus(node('a'), 'policy')).toBe('ok')
  })
  it('lends decisions to the edges of clusters whose policies are known', () => {
    const lens = { clusters: ['c'], edges: [{ id: 'web|cart|80|tcp', is: 'open' as const }], nodes: [] }
    const words = withDecisions(graph, lens).edges.map((each) => edgeClass(each, 'policy').words)
    expect(words).toEqual(['nothing restricts it', 'undecidable'])
    const others = withDecisions(graph, { ...lens, clusters: ['d'] }).edges
    expect(others.map((each) => edgeClass(each, 'policy').words)).toEqual(['allowed', 'denied'])
  })
  it('draws what nobody judges as unknown, not as healthy', () => {
    expect(edgeClass(edge('a', 'b', { health: 'unknown' }), 'health').style.tone).toBe('unknown')
  })
  it('calls an edge denied only when at least half was', () => {
    expect(isDenied(figures({ verdicts: { denied: 1, allowed: 2 } }))).toBe(false)
    expect(isDenied(figures({ verdicts: {} }))).toBe(false)
  })
})

describe('buildScene', () => {
  const scene = buildScene(graph, places, byHealth)
  it('keeps the identity of what did not change', () => {
    const again = buildScene(
      { ...graph, edges: [edge('web', 'cart', { health: 'degraded' }), ...graph.edges.slice(1)] },
      places,
      byHealth,
      scene,
    )
    expect(again.nodes).toBe(scene.nodes)
    expect(again.edges[1]).toBe(scene.edges[1])
    expect(again.edges[0]).not.toBe(scene.edges[0])
  })
  it('draws a data store as a box and joins a namespace to a region', () => {
    expect(scene.nodes.map((each) => each.shape)).toEqual(['disc', 'disc', 'box'])
    const gates = { ...graph, nodes: graph.nodes.map((each) => ({ ...each, role: 'gateway' as const })) }
    expect(buildScene(gates, places, byHealth).nodes.map((each) => each.shape)).toEqual([
      'hexagon',
      'hexagon',
      'hexagon',
    ])
    expect(scene.regions).toMatchObject([{ id: 'c/shop', label: 'shop', members: 3, status: 'bad' }])
  })
  it('bends what hangs on a moved node and nothing else', () => {
    const shifted = new Map<string, readonly [number, number]>(places).set('c/shop/Deployment/db', [300, 300])
    const moved = buildScene(graph, shifted, byHealth, scene)
    expect(moved.edges[0]).toBe(scene.edges[0])
    expect(moved.edges[1]?.x1).not.toBe(scene.edges[1]?.x1)
    expect(moved.regions[0]?.path).not.toBe(scene.regions[0]?.path)
  })
  it('follows nodes that come and go', () => {
    const fewer = { ...graph, nodes: graph.nodes.slice(1), edges: graph.edges.slice(1) }
    const less = buildScene(fewer, places, byHealth, scene)
    expect(less.edges.map((each) => [less.nodes[each.a]?.id, less.nodes[each.b]?.id])).toEqual([
      [graph.edges[1]?.from, graph.edges[1]?.to],
    ])
    expect(buildScene(graph, places, byHealth, less)).toEqual(scene)
  })
  it('sets parallel edges side by side', () => {
    const two = [edge('web', 'cart', { id: 'one' }), edge('web', 'cart', { id: 'two' })]
    const [one, other] = buildScene({ ...graph, edges: two }, places, byHealth).edges
    expect([one?.lane, other?.lane]).toEqual([0, 1])
    expect(other?.cy).not.toBe(one?.cy)
  })
  it('orders edges by loudness, then strength, and hands buffers over with the loudest on top', () => {
    const edges = [
      edge('cart', 'db'),
      edge('web', 'cart', { health: 'failing' }),
      edge('web', 'db', { figures: figures({ requestRate: 500 }) }),
    ]
    const drawn = buildScene({ ...graph, edges }, places, byHealth)
    const ready = prepare(drawn)
    expect(ready.edges.map((each) => each.id)).toEqual(['web|cart|80|tcp', 'web|db|80|tcp', 'cart|db|80|tcp'])
    const lines = edgeBuffer(ready.edges, true)
    expect(lines.at(-edgeFloats)).toBeCloseTo(ready.edges[0]?.x0 ?? 0, 3)
    expect([...nodeBuffer(drawn.nodes)].slice(-4)).toEqual([200, 10, drawn.nodes[1]?.r, 10])
    const { triangles, lines: rims } = regionBuffers(drawn.regions)
    expect(triangles.length / 6).toBe(rims.length / 4 - 2)
  })
  it('leaves out what has no place yet', () => {
    expect(buildScene(graph, new Map(), byHealth)).toMatchObject({ nodes: [], edges: [], regions: [] })
  })
  it('picks nodes, edges and region names', () => {
    expect(pick(scene, 3, 3, 1)).toEqual({ kind: 'node', id: 'c/shop/Deployment/web' })
    const first = scene.edges[0]
    const [mx, my] = [
      ((first?.x0 ?? 0) + 2 * (first?.cx ?? 0) + (first?.x1 ?? 0)) / 4,
      ((first?.y0 ?? 0) + 2 * (first?.cy ?? 0) + (first?.y1 ?? 0)) / 4,
    ]
    expect(pick(scene, mx, my, 1)).toEqual({ kind: 'edge', id: 'web|cart|80|tcp' })
    expect(pick(scene, scene.regions[0]?.x ?? 0, scene.regions[0]?.y ?? 0, 1)?.kind).toBe('region')
    expect(pick(scene, 4000, 0, 1)).toBeNull()
  })
})

describe('walking', () => {
  const index = indexGraph(graph)
  const id = (name: string) => `c/shop/Deployment/${name}`
  it.each([
    ['web', 'right', id('cart')],
    ['cart', 'down', id('db')],
    ['cart', 'left', id('web')],
    ['db', 'right', null],
    ['web', 'down', null],
  ] as const)('from %s %s', (from, direction, to) => expect(stepTo(index, places, id(from), direction)).toBe(to))
  it('goes round the edges of a node both ways', () => {
    expect(nextEdge(index, id('cart'), null, 1)).toBe('web|cart|80|tcp')
    expect(nextEdge(index, id('cart'), 'web|cart|80|tcp', 1)).toBe('cart|db|80|tcp')
    expect(nextEdge(index, id('cart'), 'web|cart|80|tcp', -1)).toBe('cart|db|80|tcp')
  })
  it('says what has focus', () => {
    expect(describeNode(index, id('cart'))).toBe(
      'cart, namespace shop; 1 caller, 1 callee; 1 denied; failing: 7 % failed',
    )
    expect(describeEdge(index, 'web|cart|80|tcp', 'health')).toBe('web to cart, port 80, healthy')
    expect(describeEdge(index, 'web|cart|80|tcp', 'encryption')).toBe('web to cart, port 80, no evidence')
  })
})

describe('geometry', () => {
  it('bends opposite directions to opposite sides and stops at the rims', () => {
    const [a, b] = [
      { x: 0, y: 0, r: 10 },
      { x: 100, y: 0, r: 10 },
    ]
    const there = edgeCurve(a, b)
    expect(Math.sign(there.cy)).toBe(-Math.sign(edgeCurve(b, a).cy))
    expect(Math.hypot(there.x0, there.y0)).toBeCloseTo(12)
    expect(distanceToCurve(there, there.x0, there.y0)).toBeCloseTo(0)
  })
  it('holds every disc in the hull', () => {
    const hull = hullOf([
      { x: 0, y: 0, r: 10 },
      { x: 50, y: 5, r: 10 },
      { x: 25, y: 2, r: 4 },
    ])
    expect(Math.min(...hull.map(([x]) => x))).toBeCloseTo(-10)
    expect(Math.max(...hull.map(([x]) => x))).toBeCloseTo(60)
  })
  it('zooms about the pointer, fits and reveals', () => {
    const camera = { x: 30, y: -20, k: 0.8 }
    const before = toWorld(camera, 200, 100)
    expect(toWorld(zoomAt(camera, 1.7, 200, 100), 200, 100)[0]).toBeCloseTo(before[0])
    const none = { top: 0, right: 0, bottom: 0, left: 0 }
    const fit = fitTo({ x0: 0, y0: 0, x1: 1000, y1: 200 }, { width: 500, height: 500 }, none)
    expect(fit).toMatchObject({ k: 0.5, x: 0 })
    expect(reveal(fit, 500, 100, { width: 500, height: 500 })).toBe(fit)
    expect(boundsOf([])).toBeNull()
  })
})

describe('small rules', () => {
  it('folding by hand undoes unfolding and the other way round', () => {
    expect(foldChange({ fold: [], unfold: ['c/shop'] }, 'c/shop', true)).toEqual({ fold: ['c/shop'], unfold: null })
    expect(foldChange({ fold: ['c/a', 'c/shop'], unfold: [] }, 'c/shop', false)).toEqual({
      fold: ['c/a'],
      unfold: ['c/shop'],
    })
  })
  it('goes round the unwell ones', () => {
    expect(nextOf(graph.nodes, 'failing', null)).toBe('c/shop/Deployment/cart')
    expect(nextOf(graph.nodes, 'degraded', null)).toBeNull()
  })
  it('finds by every word, not by single letters or filters', () => {
    expect([...findNodes(graph, 'shop ca')]).toEqual(['c/shop/Deployment/cart'])
    expect(findNodes(graph, 'c').size).toBe(0)
    expect(findNodes(graph, 'ns:shop').size).toBe(0)
  })
  it('sorts what is unknown last both ways', () => {
    const rows = [node('a', { incoming: null }), node('b'), node('c', { incoming: figures({ requestRate: 99 }) })]
    const rate = nodeColumns(
      indexGraph({ nodes: rows, edges: [], views: [], window: { from: 0, to: 1 } }),
      'health',
    ).find((column) => column.key === 'rate')
    if (!rate) throw new Error('no such column')
    expect(sortRows(rows, rate, true).map((row) => row.name)).toEqual(['c', 'b', 'a'])
    expect(sortRows(rows, rate, false).map((row) => row.name)).toEqual(['b', 'c', 'a'])
  })
  it.each([
    [{ l7: 'grpc', port: 9000 }, 'gRPC 9000'],
    [{ l7: 'none', port: 5432 }, 'TCP 5432'],
    [{ l7: 'none', port: 0, merged: 3 }, 'TCP 3 edges'],
  ] as const)('%j is written %s', (over, words) => expect(portWords(edge('a', 'b', over))).toBe(words))
})
