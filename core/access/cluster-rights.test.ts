import { describe, expect, it } from 'vitest'
import { type AskedCluster, type ClusterAccess, type ClusterScope, rightsOfClusters } from './cluster-rights'

const namespaces = ['east/shop', 'east/bank', 'west/shop'].map((pair) => {
  const [cluster = '', namespace = ''] = pair.split('/')
  return { cluster, namespace }
})
const of = (cluster: string, sees: ClusterScope, more: Partial<ClusterAccess> = {}): AskedCluster => ({
  cluster,
  access: { admin: false, sees, edits: new Set(), ...more },
})
const none = new Set<string>()
const pairs = (...names: string[]) => ({ all: false, pairs: new Set(names) })
const rights = (...asked: AskedCluster[]) => rightsOfClusters(asked, namespaces, 'east')

describe('the rights that clusters give', () => {
  it('are everything only where all of every cluster is seen', () => {
    expect(rights(of('east', 'all'), of('west', 'all'))).toMatchObject({ sees: { all: true }, teams: null })
    expect(rights(of('east', 'all'), of('west', none)).sees).toEqual(pairs('east/shop', 'east/bank'))
    expect(rights(of('east', 'all'), { cluster: 'west', unknown: 'away' }).sees).toEqual(
      pairs('east/shop', 'east/bank'),
    )
    expect(rights(of('east', 'all')).sees).toEqual(pairs('east/shop', 'east/bank'))
    expect(rights().sees).toEqual(pairs())
  })

  it('are of one cluster, not of the namespace of the same name in another', () =>
    expect(rights(of('east', new Set(['shop'])), of('west', none)).sees).toEqual(pairs('east/shop')))

  it('are of namespaces that are there', () =>
    expect(rights(of('east', new Set(['shop', 'gone'])), of('west', none)).sees).toEqual(pairs('east/shop')))

  it('name the clusters that could not be asked', () => {
    expect(rights(of('east', 'all'), { cluster: 'west', unknown: 'away' }).unknown).toEqual([
      { cluster: 'west', why: 'away' },
    ])
    expect(rights(of('east', 'all'), of('west', none)).unknown).toBeUndefined()
  })

  it('are of no name that reads as one of another cluster', () => {
    const strange = [
      { cluster: 'east', namespace: 'a/b' },
      { cluster: 'east', namespace: '' },
    ]
    expect(rightsOfClusters([of('east', 'all'), of('west', none)], strange, 'east').sees).toEqual(pairs())
  })

  it('change nothing that is not seen', () => {
    const seen = new Set(['shop'])
    expect(rights(of('east', seen, { edits: 'all' }), of('west', none)).edits).toEqual(pairs('east/shop'))
    expect(rights(of('east', seen, { edits: new Set(['shop', 'bank']) }), of('west', none)).edits).toEqual(
      pairs('east/shop'),
    )
    expect(rights(of('east', 'all', { edits: new Set(['bank']) }), of('west', 'all')).edits).toEqual(pairs('east/bank'))
    expect(rights(of('east', 'all', { edits: 'all' }), of('west', 'all', { edits: 'all' })).edits).toEqual({
      all: true,
    })
  })

  it('give settings by the word of the home cluster alone', () => {
    expect(rights(of('east', none, { admin: true }), of('west', none)).admin).toBe(true)
    expect(rights(of('east', none), of('west', 'all', { admin: true })).admin).toBe(false)
    expect(rights({ cluster: 'east', unknown: 'away' }, of('west', none)).admin).toBe(false)
  })
})
