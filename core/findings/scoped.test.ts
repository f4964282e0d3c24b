import { expect, test } from 'vitest'
import { findDrafts } from '../health/find-attention'
import { redactWorld } from '../redact'
import { scopeOf } from '../scope'
import { edge, flows, http, workload, world } from '../world-fixture'

const [bff, web] = [workload('bff'), workload('web')]
const foreign = (name: string) => ({ ...workload(name), namespace: 'theirs' })
const seen = scopeOf([['east', 'shop']])

const titlesOf = (edges: readonly ReturnType<typeof edge>[]) =>
  findDrafts(redactWorld(world(edges), seen)).map(({ title, sentence }) => `${title}. ${sentence}`)

test('what fails outside of a scope is not said to begin there, nor followed back into it', () => {
  const [said, ...others] = titlesOf([
    edge(bff, foreign('orders'), [http(1000, 80)]),
    edge(foreign('cron'), web, [http(1000, 70)]),
  ])
  expect(others).toHaveLength(1)
  expect(said).toBe(
    'bff → something outside your scope is failing. 8 % of responses are server errors; its limit is 5 %. Where it begins is outside your scope.',
  )
})

test('several foreign callees are not one', () => {
  const denied = (name: string, port: number) =>
    edge(bff, foreign(name), [flows(10, { verdict: 'denied' })], { port, id: port })
  const said = titlesOf([denied('a', 80), denied('b', 81), denied('c', 81)])
  expect(said).toHaveLength(2)
  for (const text of said) expect(text).toMatch(/^bff → something outside your scope is denied/)
})

test('proxies of foreign callees are not held against each other', () => {
  const sent = http(1000, 0, 5, { source: 'prometheus:istio', reporter: 'source' })
  const [received, some] = [1000, 100].map((n) =>
    http(n, 0, 5, { source: 'prometheus:istio', reporter: 'destination' }),
  )
  if (!received || !some) throw new Error('two were made')
  const edges = [edge(bff, foreign('a'), [sent, received], { id: 1 }), edge(web, foreign('b'), [sent, some], { id: 2 })]
  expect(titlesOf(edges)).toEqual([])
  expect(findDrafts(world(edges)).map(({ audit }) => audit)).toContain('partial-proxies')
})

test('sources of one type are told apart without where they are', () => {
  const at = { type: 'hubble', cluster: 'east', stateSince: 0, firstEventAt: 0, lastEventAt: null, toldUntil: null }
  const sources = ['#3f9c1a', '10.0.0.7:4245'].map((place) => ({
    ...at,
    id: `hubble:${place}`,
    state: 'retrying' as const,
  }))
  expect(findDrafts(world([], { sources })).map(({ title }) => title)).toEqual([
    'Hubble #3f9c1a cannot be reached',
    'Hubble at 10.0.0.7:4245 cannot be reached',
  ])
})

test('a number is not said of the only source of its type', () => {
  const only = { id: 'hubble:#3f9c1a', type: 'hubble', cluster: 'east', state: 'running' } as const
  const sources = [{ ...only, stateSince: 0, firstEventAt: 0, lastEventAt: null, toldUntil: null }]
  const gap = {
    source: only.id,
    cluster: 'east',
    from: 0,
    to: null,
    cause: 'source_down',
    lost: null,
    part: '',
  } as const
  expect(findDrafts(world([], { sources, gaps: [gap] })).map(({ evidence }) => evidence[0]?.witness)).toEqual([
    'Hubble',
  ])
})
