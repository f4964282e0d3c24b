import { describe, expect, it } from 'vitest'
import { compareManifests } from './compare-manifests'

describe('versions of an object', () => {
  it.each([
    ['are the same whatever the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['differ in a value', { a: { b: 1 } }, { a: { b: 2 } }, [['a.b', '1', '2']]],
    ['have a field more', { a: {} }, { a: { b: [1] } }, [['a.b', null, '[1]']]],
    ['have an item less', { a: [1, 2] }, { a: [1] }, [['a[1]', '2', null]]],
    ['differ in a key that is no word', { 'a/b': 1 }, {}, [['["a/b"]', '1', null]]],
  ])('%s', (_, before, after, changes) => {
    expect(compareManifests(before, after).map((one) => [one.path, one.before, one.after])).toEqual(changes)
  })

  it('are told up to a bound', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, n]))
    expect(compareManifests({}, many)).toHaveLength(50)
    expect(compareManifests({}, { a: 'x'.repeat(9_999) })[0]?.after).toHaveLength(501)
  })
})
