import { expect, test } from 'vitest'
import { certificatesAt } from './certificate-states'
import type { Certificate } from './ground'

const hour = 3_600_000
const day = 24 * hour
const now = 1000 * day

const certificate = (level: Certificate['level'], left: number, life: number | null): Certificate => ({
  cluster: 'east',
  mesh: 'istio',
  level,
  subject: `${level} ${left}`,
  namespace: 'shop',
  notBefore: life === null ? null : now + left - life,
  notAfter: now + left,
  readAt: now,
})

test.each([
  ['a root with years', 'root', 800 * day, 3650 * day, 'valid'],
  ['a root with a month less a day', 'root', 29 * day, 3650 * day, 'soon'],
  ['an issuer with nine days', 'issuer', 9 * day, 365 * day, 'soon'],
  ['an issuer that lives two days, a day before its end', 'issuer', day, 2 * day, 'valid'],
  ['an issuer that lives two days, shortly before its end', 'issuer', 9 * hour, 2 * day, 'soon'],
  ['a workload in the second half of its day', 'workload', 8 * hour, day, 'valid'],
  ['a workload whose proxy should have renewed it', 'workload', 4 * hour, day, 'late'],
  ['a workload of which only the end is told', 'workload', 2 * hour, null, 'valid'],
  ['the same, an hour before it', 'workload', hour / 2, null, 'soon'],
  ['one that has ended', 'workload', -1, day, 'expired'],
] as const)('%s', (_, level, left, life, state) =>
  expect(certificatesAt([certificate(level, left, life)], now)).toMatchObject([{ state, leftMs: left }]),
)

test('the next to expire goes first', () => {
  const all = certificatesAt([certificate('root', 5 * day, null), certificate('issuer', 2 * day, null)], now)
  expect(all.map(({ level }) => level)).toEqual(['issuer', 'root'])
})

test('a workload that is gone has no certificate to renew', () => {
  const gone = { ...certificate('workload', -1, day), readAt: now - hour }
  expect(certificatesAt([gone], now)).toEqual([])
})
