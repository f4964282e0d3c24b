import { describe, expect, it } from 'vitest'
import { noEncryption } from '@/core/encryption/edge-encryption'
import { captionOf, captionsOf } from '../scene/captions'
import { cellWords } from './matrix-cell'
import { matrixOf } from './matrix'
import { unwellOnly } from '../narrow'
import { buildScene } from '../scene/scene'
import { edge, figures, graphOf, node } from '../graph-fixture'
import { indexGraph } from '../camera/walk'
import { waysBetween } from '../scene/ways'

const web = node('web')
const cart = node('cart')
const bank = node('pay', { namespace: 'bank', id: 'c/bank/Deployment/pay' })
const outside = node('api.example', {
  type: 'external',
  namespace: '',
  kind: 'External',
  id: 'c//External/api.example',
})
const idle = node('idle', { incoming: null, outgoing: null })
const graph = graphOf(
  [bank, outside, cart, idle, web],
  [
    edge(web.id, cart.id),
    edge(web.id, cart.id, { id: 'other port', port: 90, health: 'failing', figures: figures({ errorRatio: 0.2 }) }),
    edge(cart.id, bank.id, { encryption: { ...noEncryption, summary: 'plaintext' } }),
    edge(bank.id, outside.id, { figures: figures({ verdicts: { denied: 4 } }) }),
  ],
)

describe('matrixOf', () => {
  const matrix = matrixOf(graph, 'health', 'namespace')
  it('has a row for who calls and a column for who is called, by region, outside parties last', () => {
    expect(matrix.callers.map(({ name }) => name)).toEqual(['pay', 'cart', 'web'])
    expect(matrix.callees.map(({ name }) => name)).toEqual(['pay', 'cart', 'api.example'])
  })
  it('shows the worst of several edges of a pair, and says how many there are', () => {
    const cell = matrix.cell(web.id, cart.id)
    expect(cell?.edges.map(({ port }) => port)).toEqual([90, 80])
    expect(cell?.meaning.key).toBe('failing')
    expect(cellWords(web, cart, cell)).toMatch(/^shop\/web to shop\/cart: failing, .*, 2 edges$/)
  })
  it('is empty where nothing is called', () => {
    expect(matrix.cell(cart.id, web.id)).toBeUndefined()
    expect(cellWords(cart, web, undefined)).toBe('shop/cart to shop/web: no traffic')
  })
  it('follows the lens', () => {
    expect(matrixOf(graph, 'encryption', 'namespace').cell(cart.id, bank.id)?.meaning.key).toBe('plaintext')
  })
  it('puts those together that call the same', () => {
    const callers = ['a', 'b', 'c', 'd'].map((name) => node(name))
    const [x, y] = [node('x'), node('y')]
    const calls = callers.map((each, i) => edge(each.id, i % 2 === 0 ? x.id : y.id))
    const names = matrixOf(graphOf([...callers, x, y], calls), 'health', 'namespace').callers.map(({ name }) => name)
    expect(names).toEqual(['a', 'c', 'b', 'd'])
  })
})

describe('unwellOnly', () => {
  it('keeps failing and denied edges with their ends', () => {
    const narrowed = unwellOnly(graph)
    expect(narrowed.edges.map(({ id }) => id)).toEqual(['other port', graph.edges[3]?.id])
    expect(narrowed.nodes.map(({ name }) => name)).toEqual(['pay', 'api.example', 'cart', 'web'])
  })
})

describe('waysBetween', () => {
  const index = indexGraph(graph)
  it('finds every edge between two nodes, whichever calls the other', () => {
    const all = graph.edges.slice(0, 3).map(({ id }) => id)
    expect(waysBetween(index, bank.id, web.id).toSorted()).toEqual(all.toSorted())
    expect(waysBetween(index, web.id, bank.id).toSorted()).toEqual(all.toSorted())
  })
  it('is empty where there is no way', () => expect(waysBetween(index, idle.id, web.id)).toEqual([]))
  it('ends in a ring', () => {
    const ring = indexGraph(graphOf([web, cart], [edge(web.id, cart.id), edge(cart.id, web.id)]))
    expect(waysBetween(ring, cart.id, web.id)).toHaveLength(2)
  })
})

describe('captions', () => {
  const [one] = graph.edges
  it.each([
    ['auto', { requestRate: 2, errorRatio: 0.07 }, '2/s · 7\u00a0%'],
    ['rate', { requestRate: 2, errorRatio: 0.07 }, '2/s'],
    ['errors', { errorRatio: 0.07 }, '7\u00a0%'],
    ['errors', { errorRatio: null }, ''],
    ['p95', { p95: null }, ''],
    ['protocol', {}, 'HTTP 80'],
  ] as const)('%s of %j is %s', (labels, over, words) => {
    if (!one) throw new Error('no edge')
    expect(captionOf({ ...one, l7: 'http', figures: figures(over) }, labels)).toBe(words)
  })

  const places = new Map(graph.nodes.map(({ id }, i) => [id, [300 * i, 40 * i] as const]))
  const scene = buildScene(graph, places, { lens: 'health', by: 'namespace' })
  const index = indexGraph(graph)
  const nobody = new Set<string>()
  it('stand on the unwell by themselves, on all by wish, and nowhere where none are wanted', () => {
    expect([...captionsOf(scene, index, 'auto', nobody).keys()]).toContain('other port')
    expect([...captionsOf(scene, index, 'auto', nobody).keys()]).not.toContain(graph.edges[2]?.id)
    expect([...captionsOf(scene, index, 'rate', nobody).keys()]).toContain(graph.edges[2]?.id)
    expect(captionsOf(scene, index, 'none', nobody).size).toBe(0)
  })
  it('never lie over another', () => {
    const close = new Map(graph.nodes.map(({ id }, i) => [id, [120 * i, 0] as const]))
    const crowded = buildScene(graph, close, { lens: 'health', by: 'namespace' })
    const said = captionsOf(crowded, index, 'rate', nobody)
    expect(said.size).toBeLessThan(crowded.edges.length)
  })
})
