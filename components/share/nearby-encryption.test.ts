// @vitest-environment node
import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import { buildEncryptionPage } from '@/core/encryption/encryption-page'
import { classifyWorld } from '@/core/encryption/classify-world'
import { ground, istio, node, placed, pods } from '@/core/encryption/ground-fixture'
import { readinessOf } from '@/core/encryption/readiness'
import { everything } from '@/core/scope'
import { edge, http, workload, world } from '@/core/world-fixture'
import { encryptionQuery, encryptionReadinessQuery } from '../encryption/queries'
import { createQueryClient } from '../query-client'
import { encryptionEvidence } from './nearby-encryption'
import { questionsOf } from './questions'

const window = { from: 1_000_000, to: 1_900_000 }
const [web, cart, db] = [workload('web'), workload('cart'), workload('db', 'data')]
const seen = world(
  [
    edge(web, cart, [istio('mtls', 60), istio('plaintext', 40)]),
    edge(cart, db, [http(10)], { port: 5432 }),
    edge(db, cart, [istio('unknown', 5)]),
  ],
  {
    ground: ground(
      [placed(web, pods('n1', 'sidecar')), placed(cart, pods('n2', 'sidecar')), placed(db, pods('n3', 'sidecar'))],
      [node('n1', ''), node('n2', ''), node('n3', '')],
    ),
  },
)
const classified = classifyWorld(seen)
const page = buildEncryptionPage(seen, classified, { unit: 'requests', cluster: '', exceptions: [], scope: everything })
const readiness = {
  looked: seen.window,
  rows: readinessOf([{ window: seen.window, classified, toldSeconds: () => seen.coveredSeconds }]),
}

afterEach(() => vi.unstubAllGlobals())

it('keeps what one click of the shown page opens, over the time and the filter that it shows', async () => {
  vi.stubGlobal('fetch', async (url: string) => Response.json(url.includes('readiness') ? readiness : page))
  const client = createQueryClient()
  const params = { last: '15m', q: 'ns:shop' }
  const shown = new QueryObserver(client, encryptionQuery({ ...params, unit: 'requests' }))
  const ready = new QueryObserver(client, encryptionReadinessQuery(params))
  const stops = [shown, ready].map((each) => each.subscribe(() => {}))
  await vi.waitFor(() => {
    for (const each of [shown, ready]) expect(each.getCurrentResult().data).toBeDefined()
  })

  const asked = encryptionEvidence(client, params).map((query) => questionsOf(client, query, window))
  const questions = (await Promise.all(asked)).flat().map((text) => {
    const [path = '', query] = text.split('?')
    return { path, ...Object.fromEntries(new URLSearchParams(query)) }
  })
  const time = { from: '1000000', to: '1900000' }
  const figure = { path: 'encryption/figure', ...time, q: 'ns:shop', unit: 'requests' }
  const evidence = (sel: string) => ({ path: 'encryption/edge', ...time, sel })
  for (const wanted of [
    { path: 'encryption', ...time, q: 'ns:shop', unit: 'bytes' },
    { path: 'encryption/trend', ...time, q: 'ns:shop', unit: 'connections' },
    { ...figure, of: 'all' },
    { ...figure, of: 'all', class: 'mtls' },
    { ...figure, of: 'group:east/shop' },
    { ...figure, of: 'group:east/shop', class: 'plaintext' },
    { ...figure, of: 'cluster:east' },
    { ...figure, of: 'pair:east/shop|east/data' },
    evidence('east/shop/Deployment/web|east/shop/Deployment/cart|8080|tcp'),
    evidence('east/data/Deployment/db|east/shop/Deployment/cart|8080|tcp'),
  ])
    expect(questions).toContainEqual(wanted)
  expect(questions.filter((each) => 'class' in each && each.class === 'tunnel')).toEqual([])
  for (const stop of stops) stop()
  client.clear()
})

it('asks for nothing where the page is not shown', () => {
  expect(encryptionEvidence(createQueryClient(), { last: '15m' })).toEqual([])
})
