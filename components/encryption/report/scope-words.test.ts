import { expect, test } from 'vitest'
import { scopeWords } from './scope-words'

const whole = { cluster: '', clusters: ['east', 'west'], part: null, teams: [], q: '' }
const part = (...namespaces: readonly string[]) => ({ namespaces, count: namespaces.length })
const many = part('east/a', 'east/b', 'east/c', 'east/d', 'east/e', 'east/f', 'east/g', 'east/h')

test.each([
  [{}, 'all clusters: east, west; all edges'],
  [{ cluster: 'east' }, 'cluster east; all edges'],
  [{ q: 'ns:shop' }, 'all clusters: east, west; only edges that match ns:shop'],
  [{ part: part('east/shop') }, 'namespace shop; all edges that begin or end there'],
  [{ part: part('east/shop', 'west/shop') }, 'namespaces east/shop, west/shop; all edges that begin or end there'],
  [{ part: many }, 'namespaces a, b, c, d, e, f and 2 more; all edges that begin or end there'],
  [{ part: many, teams: ['store', 'data'] }, 'namespaces of store and data; all edges that begin or end there'],
  [
    { part: many, teams: ['store'], cluster: 'east', q: 'x' },
    'namespaces of store in cluster east; only edges that match x',
  ],
])('%j is called %s', (about, words) => {
  expect(scopeWords({ ...whole, ...about })).toBe(words)
})
