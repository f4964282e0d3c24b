import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from './graph/build-graph'
import type { Endpoint } from './endpoint'
import { outside, redactWorld } from './redact'
import { everything, scopeOf } from './scope'
import type { World } from './world'
import { edge, external, flows, http, item, workload, world } from './world-fixture'

const web = workload('web')
const cart = workload('cart')
const ledger = workload('ledger', 'bank')
const vault = workload('vault', 'bank')
const shop = scopeOf([['east', 'shop']])

const gap = (cluster: string) =>
  ({ source: `hubble@${cluster}`, cluster, from: 0, to: 1, cause: 'source_down', lost: null, part: '' }) as const

const full: World = world(
  [
    edge(web, cart, [http(5)]),
    edge(web, ledger, [http(7)]),
    edge(vault, cart, [flows(3)]),
    edge(vault, ledger, [flows(11)]),
    edge(web, external('api.example'), [flows(2)]),
    edge(vault, external('bank.example'), [flows(2)]),
  ],
  { inventory: [item(web), item(ledger, ['ledger-api'])], gaps: [gap('east'), gap('west')] },
)

describe('redactWorld', () => {
  test('everything stays for who may see everything', () => {
    expect(redactWorld(full, everything)).toBe(full)
  })
  test('keeps direction and totals of crossing edges, and no foreign name', () => {
    const seen = redactWorld(full, shop)
    expect(seen.edges.map(({ edge }) => [edge.from.name, edge.to.name])).toEqual([
      ['web', 'cart'],
      ['web', outside.name],
      [outside.name, 'cart'],
      ['web', 'api.example'],
    ])
    expect(seen.edges[1]?.rows).toBe(full.edges[1]?.rows)
    expect(seen.inventory.map(({ endpoint }) => endpoint.name)).toEqual(['web'])
    expect(seen.gaps.map(({ cluster }) => cluster)).toEqual(['east'])
    expect(buildGraph(seen, { level: 'workload' }).nodes.find((node) => node.name === outside.name)?.type).toBe(
      'unknown',
    )
  })
  test('names no machine, no source of another cluster, and no reason about a foreign end but its code', () => {
    const rows = [
      flows(1, { verdict: 'denied', reason: 'POLICY_DENIED' }),
      flows(2, { source: 'hubble@west', verdict: 'denied', reason: 'policy bank/secret' }),
    ]
    const source = { id: 'hubble@west', type: 'hubble', cluster: 'west', state: 'running' } as const
    const seen = redactWorld(
      world([edge(web, ledger, rows)], {
        sources: [{ ...source, stateSince: 0, firstEventAt: 0, lastEventAt: null, toldUntil: null }],
        gaps: [{ ...gap('east'), part: 'node-7' }],
      }),
      shop,
    )
    expect(seen.edges[0]?.rows.map(({ facet }) => [facet.source, facet.reason])).toEqual([
      ['hubble', 'POLICY_DENIED'],
      ['hubble outside your scope', ''],
    ])
    expect(seen.gaps[0]?.part).toBe('one part')
    expect(seen.sources).toEqual([])
  })
  test('the same namespace name in another cluster is foreign', () => {
    const twin = workload('twin', 'shop', 'west')
    expect(redactWorld(world([edge(twin, twin, [flows(1)])]), shop).edges).toEqual([])
    expect(redactWorld(world([edge(web, twin, [flows(1)])]), shop).edges[0]?.edge.to).toBe(outside)
  })
  test('no foreign string survives', () => {
    const own = fc.constantFrom(web, cart, external('api.example'))
    const foreign = fc
      .tuple(fc.constantFrom('bank', 'shop', ''), fc.constantFrom('Deployment', 'Service', 'Node'), fc.nat(99))
      .map(([ns, kind, n]): Endpoint => ({
        cluster: `foreign-cluster-${n}`,
        namespace: ns === '' ? '' : `${ns}-foreign`,
        kind,
        name: `foreign-${n}`,
      }))
    const end = fc.oneof(own, foreign)
    fc.assert(
      fc.property(fc.array(fc.tuple(end, end), { maxLength: 20 }), (pairs) => {
        const all = world(
          pairs.map(([from, to]) => edge(from, to, [flows(1)])),
          { inventory: pairs.flat().map((e) => item(e, [`${e.name}-svc`])), gaps: [gap('foreign-cluster')] },
        )
        const seen = redactWorld(all, shop)
        expect(JSON.stringify(seen)).not.toContain('foreign')
        expect(JSON.stringify(buildGraph(seen, { level: 'service' }))).not.toContain('foreign')
        const touching = pairs.filter((pair) => pair.some((e) => e === web || e === cart)).length
        expect(seen.edges).toHaveLength(touching)
      }),
    )
  })
})
