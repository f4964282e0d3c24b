import { expect, test } from 'vitest'
import { ground, istio, node, over, placed, pods } from '../encryption/ground-fixture'
import { factsOf } from './facts-of-world'
import { compileEdgeFilter } from './filter-match'
import { parseFilter } from './filter-parse'
import { compileServiceFilter } from './filter-service'
import { edge, facet, flows, http, workload, world } from '../world-fixture'
import type { EdgeRow, Facet } from '../world'

const [web, cart] = [workload('web'), workload('cart')]
const at = (proxy: 'sidecar' | 'none', key: string) =>
  ground([placed(web, pods('a', proxy)), placed(cart, pods('b', proxy))], [node('a', key), node('b', key)])

const cases: Readonly<Record<string, readonly [readonly EdgeRow[], ReturnType<typeof at>]>> = {
  mtls: [[istio('mtls', 100)], at('sidecar', '')],
  part: [[istio('mtls', 60), istio('plaintext', 40)], at('sidecar', '')],
  bare: [[http(100)], at('none', '')],
  tunnelled: [[over('wireguard', http(100))], at('none', 'k')],
  silent: [[http(100, 0, null, { source: 'otlp' })], at('sidecar', '')],
}

test.each([
  ['encrypted:yes', 'mtls tunnelled'],
  ['encrypted:no', 'bare'],
  ['encrypted:partly', 'part'],
  ['encrypted:unknown', 'silent'],
  ['encrypted:mtls', 'mtls part'],
  ['encrypted:plaintext', 'part bare'],
  ['encrypted:tunnel', 'tunnelled'],
  ['encrypted:same-node', ''],
  ['tunnel:yes', 'tunnelled'],
  ['tunnel:no', 'mtls part bare silent'],
  ['mtls:<100%', 'part bare tunnelled'],
  ['mtls:>=60%', 'mtls part'],
  ['mtls:<=0%', 'bare tunnelled'],
])('%s finds the edges %j', (text, expected) => {
  const { filter, errors } = parseFilter(text)
  expect(errors).toEqual([])
  const found = Object.entries(cases).filter(([, [rows, ground]]) => {
    const one = edge(web, cart, rows)
    const facts = factsOf(world([one], { ground }))
    const edges = compileEdgeFilter(filter, facts)(
      one.edge,
      rows.map((row) => row.facet),
    )
    expect(compileServiceFilter(filter, facts)(cart, [one], () => null)).toBe(edges)
    return edges
  })
  expect(found.map(([name]) => name).join(' ')).toBe(expected)
})

const seen: Readonly<Record<string, Partial<Facet>>> = {
  nothing: {},
  mtls: { encryption: 'mtls' },
  both: { encryption: 'mtls', hop: 'wireguard' },
  plain: { encryption: 'plaintext' },
  inside: { encryption: 'plaintext', hop: 'ipsec' },
  near: { encryption: 'plaintext', hop: 'same-node' },
  read: { l7: 'http', hop: 'open' },
}

test.each([
  ['encrypted:yes', 'mtls both inside'],
  ['encrypted:no', 'plain read'],
  ['encrypted:partly', ''],
  ['encrypted:unknown', 'nothing'],
  ['encrypted:mtls', 'mtls both'],
  ['encrypted:mtls+tunnel', 'both'],
  ['encrypted:same-node', 'near'],
  ['encrypted:ipsec', 'inside'],
  ['tunnel:yes', 'both inside'],
  ['tunnel:no', 'near read'],
])('%s finds the flows %j by what was seen of them', (text, expected) => {
  const one = edge(web, cart, [flows(1)])
  // What is known of the edge does not matter.
  const facts = factsOf(world([one], { ground: at('none', '') }))
  const matches = compileEdgeFilter(parseFilter(text).filter, facts)
  const record = { status: null, latencyMs: null, summary: '' }
  const found = Object.entries(seen).filter(([, parts]) => matches(one.edge, [facet(parts)], undefined, record))
  expect(found.map(([name]) => name).join(' ')).toBe(expected)
})
