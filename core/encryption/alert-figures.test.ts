import { expect, it } from 'vitest'
import { edge, http, workload, world } from '../world-fixture'
import { alertFigures, maxNamespaces } from './alert-figures'
import { classifyWorld } from './classify-world'
import { ground, istio, node, placed, pods } from './ground-fixture'

const [web, cart] = [workload('web', 'front'), workload('cart', 'shop')]
const meshed = ground(
  [placed(web, pods('a', 'sidecar')), placed(cart, pods('b', 'sidecar'))],
  [node('a', ''), node('b', '')],
)

const figuresOf = (edges: Parameters<typeof world>[0], on = meshed) => {
  const all = world(edges, { ground: on })
  return alertFigures(all, classifyWorld(all))
}

it('tells bounds and rates of both namespaces, and nothing of what nobody counted', () => {
  const { coverage, rates, cut } = figuresOf([edge(web, cart, [istio('mtls', 900), istio('plaintext', 100)])])
  const front = { cluster: 'east', namespace: 'front', unit: 'requests' }
  expect(coverage).toHaveLength(2)
  expect(coverage).toContainEqual({ ...front, least: expect.closeTo(0.9), most: expect.closeTo(0.9) })
  expect(rates.filter(({ namespace }) => namespace === 'front')).toEqual([
    { ...front, class: 'mtls', rate: expect.closeTo(9) },
    { ...front, class: 'plaintext', rate: expect.closeTo(1) },
  ])
  expect(cut).toBe(0)
})

it('tells no coverage where nothing is known, but how much that is', () => {
  const { coverage, rates } = figuresOf([edge(web, cart, [http(100, 0, null, { source: 'otlp' })])])
  expect(coverage).toEqual([])
  expect(rates.map((each) => each.class)).toEqual(['unknown', 'unknown'])
})

it('tells only so many namespaces, and how many it left out', () => {
  const edges = Array.from({ length: maxNamespaces + 20 }, (_, i) => edge(web, workload('cart', `ns-${i}`), [http(1)]))
  const { rates, cut } = figuresOf(edges)
  expect(new Set(rates.map(({ namespace }) => namespace)).size).toBe(maxNamespaces)
  // The one that calls them all has most edges.
  expect(rates.some(({ namespace }) => namespace === 'front')).toBe(true)
  expect(cut).toBe(21)
})
