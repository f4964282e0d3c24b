import { expect, test } from 'vitest'
import { parseFigureOf } from '@/core/encryption/figure-of'
import { parseFilter } from '@/core/filter/filter-parse'
import { edgeFilter } from './edge-filter'
import { figureFilter, figureTitle } from './figure-links'

test.each([
  ['all', null, 'All traffic', ''],
  ['all', 'plaintext', 'All traffic', 'encrypted:plaintext'],
  ['all', 'unknown', 'All traffic', ''],
  ['group:demo/shop', 'mtls+tunnel', 'Namespace shop', 'encrypted:mtls+tunnel ns:shop'],
  ['group:demo/', null, 'nodes of demo', 'is:node'],
  ['group:outside', null, 'outside', 'is:external'],
  ['group:hidden', null, 'outside your scope', 'name:"outside your scope"'],
  ['pair:demo/shop|hidden', null, 'shop → outside your scope', 'from:ns=shop to:name="outside your scope"'],
  ['team:web', null, 'Team web', 'team:web'],
  ['cluster:demo', null, 'Cluster demo', 'cluster:demo'],
  ['pair:demo/shop|outside', null, 'shop → outside', 'from:ns=shop to:is=external'],
] as const)('%s, class %s, is called %s and found by %s', (text, only, title, filter) => {
  const of = parseFigureOf(text)
  if (!of) throw new Error(text)
  expect(figureTitle(of)).toBe(title)
  expect(figureFilter(of, only)).toBe(filter)
  expect(parseFilter(filter).errors).toEqual([])
})

test('the filter of an edge names both ends and its port', () => {
  const end = (namespace: string, name: string) => ({ cluster: 'demo', namespace, kind: 'Deployment', name })
  expect(edgeFilter({ from: end('shop', 'web'), to: end('data', 'db'), port: 5432 })).toBe(
    'from:shop/web to:data/db port:5432',
  )
  expect(edgeFilter({ from: end('shop', 'web'), to: end('', 'a b'), port: 0 })).toBe('from:shop/web to:"a b"')
})
