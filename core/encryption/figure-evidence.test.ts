import { expect, it, test } from 'vitest'
import { everything } from '../scope'
import { edge, external, http, row, workload, world } from '../world-fixture'
import { edgeProof, facetKey } from './edge-proof'
import { classifyWorld } from './classify-world'
import { figureEvidence } from './figure-evidence'
import { figureOfText, parseFigureOf } from './figure-of'
import { ground, node, placed, pods } from './ground-fixture'
import { buildEncryptionPage } from './encryption-page'

const [web, cart, db] = [workload('web'), workload('cart'), workload('postgres', 'data')]
const api = external('api.example.com')
const bytes = (n: number) => row({ source: 'goldmane' }, { connections: 1, bytesSent: n })
const mtls = http(100, 0, null, { source: 'prometheus:istio', encryption: 'mtls' })

const known = ground(
  [placed(web, pods('n1', 'sidecar')), placed(cart, pods('n2', 'sidecar')), placed(db, pods('n3'))],
  [node('n1'), node('n2'), node('n3', '')],
)
const seen = world(
  [
    edge(web, cart, [mtls, bytes(600)]),
    edge(cart, db, [bytes(300)], { port: 5432 }),
    edge(web, api, [bytes(100)], { port: 443 }),
  ],
  { ground: known, teams: new Map([['east/data', 'storage']]) },
)
const classified = classifyWorld(seen)
const evidence = (of: string, only: Parameters<typeof figureEvidence>[2]['only'] = null) =>
  figureEvidence(seen, classified, { unit: 'bytes', of: parseFigureOf(of) ?? { type: 'all' }, only })

it('tells who told how much of a figure, and its edges', () => {
  const { amounts, parts, edges, edgeCount } = evidence('all')
  expect(amounts).toMatchObject({ 'mtls+tunnel': 600, plaintext: 300, tls: 100 })
  expect(parts.map(({ class: each, basis, witnesses, amount }) => [each, basis, witnesses, amount])).toEqual([
    ['mtls+tunnel', 'placement', ['prometheus:istio/destination'], 600],
    ['plaintext', 'inferred', [], 300],
    ['tls', 'inferred', [], 100],
  ])
  expect([edges.map(({ to, amount }) => [to.name, amount]), edgeCount]).toEqual([
    [
      ['cart', 600],
      ['postgres', 300],
      ['api.example.com', 100],
    ],
    3,
  ])
})

test.each([
  ['group:east/data', null, ['postgres']],
  ['group:outside', null, ['api.example.com']],
  ['group:east/shop', 'plaintext', ['postgres']],
  ['team:storage', null, ['postgres']],
  ['cluster:east', 'tls', ['api.example.com']],
  ['pair:east/shop|east/shop', null, ['cart']],
  ['pair:east/data|east/shop', null, []],
] as const)('the figure of %s, class %s, is the sum of its edges', (of, only, names) => {
  expect(evidence(of, only).edges.map(({ to }) => to.name)).toEqual(names)
})

test.each(['all', 'group:east/', 'team:a b', 'pair:east/shop|outside'])('%s is read and written the same', (text) => {
  const of = parseFigureOf(text)
  expect(of && figureOfText(of)).toBe(text)
})

test.each(['', 'everything', 'group:', 'pair:a', 'pair:a|b|c', 'pair:|b'])('%j names no figure', (text) => {
  expect(parseFigureOf(text)).toBeNull()
})

it('proves an edge layer by layer, with where its pods were and when each source spoke last', () => {
  const each = classified.edges.find(({ worldEdge }) => worldEdge.edge.to === db)
  if (!each) throw new Error('no such edge')
  const [told] = each.worldEdge.rows
  const proof = edgeProof(seen, classified, each, new Map(told ? [[facetKey(told.facet), 42]] : []))
  expect(proof.units.requests).toBeNull()
  expect(proof.units.bytes?.way.shares).toEqual({ open: 1 })
  expect(proof.callee).toEqual([{ node: 'n3', proxy: 'none', hostNetwork: false, share: 1, keys: 'none' }])
  expect(proof.whyPlaintext).toContain('n3')
  expect(proof.told).toMatchObject([{ source: 'goldmane', bytes: 300, lastSeen: 42 }])
})

it('marks plaintext that is accepted and counts it all the same', () => {
  const exception = (parts: object) => ({
    id: 1,
    filter: 'to:data/postgres',
    owner: 'storage',
    reason: 'driver',
    createdBy: 'ada',
    createdAt: 0,
    expiresAt: seen.window.to + 1,
    ...parts,
  })
  const page = (parts = {}) =>
    buildEncryptionPage(seen, classified, {
      unit: 'bytes',
      cluster: '',
      exceptions: [exception(parts)],
      scope: everything,
    })
  expect(page().plaintext.map(({ accepted }) => accepted?.owner)).toEqual(['storage'])
  expect(page().accepted).toEqual({ edges: 1, amount: 300 })
  expect(page().coverage).toEqual({ least: 0.7, most: 0.7 })
  expect(page({ expiresAt: seen.window.to }).plaintext[0]?.accepted).toBeNull()
  expect(page({ filter: 'to:shop/cart' }).accepted).toEqual({ edges: 0, amount: 0 })
  expect(page().units).toMatchObject({ bytes: { edges: 3 }, requests: { edges: 1 } })
})
