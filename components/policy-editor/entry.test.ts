import { describe, expect, it } from 'vitest'
import { clusterOfEntry, entryOf, entryWords } from './entry'

const edge = 'east/data/CronJob/reports|east/accounts/StatefulSet/accounts-postgres|5432|tcp'

describe('what the editor is opened from', () => {
  it.each([
    [{}, { from: 'start' }],
    [
      { draft: '12', allow: edge },
      { from: 'draft', id: 12 },
    ],
    [{ draft: 'x' }, { from: 'start' }],
    [{ allow: edge }, { from: 'allow', edge }],
    [{ namespace: 'east/shop' }, { from: 'namespace', namespace: 'shop' }],
    [{ new: 'NetworkPolicy' }, { from: 'new', kind: 'NetworkPolicy' }],
  ])('%j is %j', (given, entry) => expect(entryOf(given)).toEqual(entry))

  it('finds the cluster in edges, workloads and namespaces', () => {
    const of = (given: Parameters<typeof entryOf>[0]) => clusterOfEntry(entryOf(given), given)
    expect(of({ allow: edge })).toBe('east')
    expect(of({ allow: `/External/x|${edge.split('|')[1]}|1|tcp` })).toBe('east')
    expect(of({ isolate: 'east/shop/Deployment/web' })).toBe('east')
    expect(of({ namespace: 'east/shop' })).toBe('east')
    expect(of({ namespace: 'shop' })).toBeNull()
    expect(of({ new: 'NetworkPolicy' })).toBeNull()
  })

  it('says it in words', () => {
    expect(entryWords(entryOf({ allow: edge }))).toBe('opened from the edge reports → accounts-postgres :5432')
  })
})
