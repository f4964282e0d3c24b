import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packDetails, unpackDetail } from './detail-block'

const records = fc.uniqueArray(
  fc.record({ key: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), detail: fc.string({ unit: 'grapheme' }) }),
  {
    selector: (record) => record.key,
  },
)

test('every record’s detail comes out of its block as it went in', () => {
  fc.assert(
    fc.property(records, (list) => {
      const block = packDetails(list)
      for (const { key, detail } of list) expect(unpackDetail(block, key)).toBe(detail)
    }),
  )
})

test('a record that is not in the block has none', () => {
  expect(unpackDetail(packDetails([{ key: 1n, detail: '{}' }]), 2n)).toBeNull()
})
