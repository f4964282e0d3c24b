import { describe, expect, it } from 'vitest'
import { type DnsCount, groupDnsLookups } from './dns-lookups'
import { workload } from '../world-fixture'

const asked = (name: string, rcode: number, count: number, p95: number | null = 2, client = 'web'): DnsCount => ({
  client: workload(client),
  name,
  type: 'A',
  rcode,
  count,
  p95,
})
const lines = (...counts: readonly DnsCount[]) =>
  groupDnsLookups(counts).names.map(
    ({ client, name, answers, folded }) => `${client.name} ${name} ${answers} ${folded}`,
  )

describe('names', () => {
  it('are listed by who asks, most first, with their codes', () => {
    const { names } = groupDnsLookups([
      asked('a.example', 0, 3, 4),
      asked('a.example', 3, 1, 9),
      asked('b.example', 0, 9, null),
    ])
    expect(names).toMatchObject([
      { name: 'b.example', answers: 9, nxdomainShare: 0, p95: null },
      {
        name: 'a.example',
        answers: 4,
        nxdomainShare: 0.25,
        p95: 9,
        types: ['A'],
        rcodes: [
          { rcode: 0, count: 3 },
          { rcode: 3, count: 1 },
        ],
      },
    ])
  })

  it.each<[string, readonly DnsCount[], readonly string[], number]>([
    [
      'tries of search domains are beside the name that was meant',
      [
        asked('api.example.com', 0, 4),
        asked('api.example.com.shop.svc.cluster.local', 3, 4),
        asked('api.example.com.svc.cluster.local', 3, 4),
        asked('api.example.com.cluster.local', 3, 4),
      ],
      ['web api.example.com 4 12'],
      12,
    ],
    [
      'of another client they are its own',
      [asked('api.example.com', 0, 1), asked('api.example.com.cluster.local', 3, 2, 2, 'cart')],
      ['cart api.example.com.cluster.local 2 0', 'web api.example.com 1 0'],
      0,
    ],
    [
      'a name that exists is none of them',
      [asked('cart', 0, 1), asked('cart.shop.svc.cluster.local', 0, 2)],
      ['web cart.shop.svc.cluster.local 2 0', 'web cart 1 0'],
      0,
    ],
    [
      'and neither is one whose beginning does not exist',
      [asked('nobody.example', 3, 1), asked('nobody.example.cluster.local', 3, 2)],
      ['web nobody.example.cluster.local 2 0', 'web nobody.example 1 0'],
      0,
    ],
    [
      'only whole labels are a beginning',
      [asked('api.ex', 0, 1), asked('api.example', 3, 2)],
      ['web api.example 2 0', 'web api.ex 1 0'],
      0,
    ],
  ])('%s', (_, counts, expected, folded) => {
    expect(lines(...counts)).toEqual(expected)
    expect(groupDnsLookups(counts).folded).toBe(folded)
  })
})
