import { describe, expect, test } from 'vitest'
import { fuse } from '../witness/fuse'
import { edgeHealth, membersHealth, mergedHealth, nodeHealth } from './health'
import { addTally, emptyTally, type Tally } from '../figures/tally'
import type { EdgeRow } from '../world'
import { flows, http, row, workload } from '../world-fixture'

const tally = (...rows: EdgeRow[]): Tally => fuse(rows).tally
const denied = (n: number) => flows(n, { verdict: 'denied', reason: 'POLICY_DENIED' })

describe('edgeHealth', () => {
  test.each<[string, Tally, string, string]>([
    ['no errors', tally(http(1000, 0, 20)), 'healthy', ''],
    ['0.9 % errors', tally(http(1000, 9)), 'healthy', ''],
    ['1 % errors', tally(http(1000, 10)), 'degraded', '1 % of responses are server errors; its limit is 1 %'],
    ['6.1 % errors', tally(http(1000, 61)), 'failing', '6.1 % of responses are server errors; its limit is 5 %'],
    ['few responses, few errors', tally(http(4, 2)), 'healthy', ''],
    ['few responses, all errors', tally(http(4, 4)), 'degraded', '4 of 4 responses are server errors'],
    ['slow', tally(http(100, 0, 1500)), 'degraded', 'p95 is 1.5 s; 1 s is the limit where its past is not known'],
    ['slow by few responses', tally(http(5, 0, 1500)), 'healthy', ''],
    [
      'slow and failing',
      tally(http(100, 50, 1500)),
      'failing',
      '50 % of responses are server errors; its limit is 5 %',
    ],
    ['all denied', tally(denied(412)), 'failing', '412 of 412 flows denied: POLICY_DENIED'],
    [
      'some denied',
      tally(flows(90), denied(10)),
      'degraded',
      '10 of 100 flows denied: POLICY_DENIED; its limit is 1 %',
    ],
    ['a stray denial among healthy requests', tally(flows(9999), denied(1), http(100)), 'healthy', ''],
    ['failed flows', tally(flows(9, { verdict: 'error' })), 'failing', '9 of 9 flows failed'],
    ['flows alone', tally(flows(500)), 'unknown', 'No responses were seen'],
    [
      'errors nobody counts',
      tally(row({ l7: 'http' }, { requests: 50, responses: 50 })),
      'unknown',
      'Errors are not known',
    ],
    ['nothing', emptyTally(), 'unknown', 'No traffic'],
  ])('%s', (_what, tally, health, why) => {
    expect(edgeHealth(tally)).toEqual({ health, why })
  })
  test('the commonest reason is named', () => {
    const other = flows(2, { verdict: 'denied', reason: 'CT_MAP_INSERTION_FAILED' })
    expect(edgeHealth(tally(other, denied(3))).why).toBe('5 of 5 flows denied: POLICY_DENIED')
  })
})

describe('nodeHealth', () => {
  test('the target of denied flows is not unwell', () => {
    const incoming = tally(http(100))
    addTally(incoming, tally(denied(412)))
    expect(nodeHealth(incoming, null)).toEqual({ health: 'healthy', why: '' })
    expect(nodeHealth(tally(denied(412)), null).health).toBe('unknown')
  })
  test.each([
    ['half of what it sends', tally(flows(10), denied(10)), 'degraded', '10 of 20 outgoing flows denied'],
    ['a third of what it sends', tally(flows(20), denied(10)), 'healthy', ''],
  ])('a caller of which %s is denied', (_what, outgoing, health, why) => {
    expect(nodeHealth(tally(http(100)), outgoing)).toEqual({ health, why })
  })
  test('errors of its callees are not its own', () => {
    expect(nodeHealth(tally(http(100)), tally(http(100, 100))).health).toBe('healthy')
  })
  test('who is never called is unknown', () => {
    expect(nodeHealth(null, tally(http(9)))).toEqual({ health: 'unknown', why: 'Nothing calls it' })
    expect(nodeHealth(null, null)).toEqual({ health: 'unknown', why: 'No traffic' })
  })
})

describe('health of many', () => {
  const member = (name: string, tally: Tally | null) => ({
    endpoint: workload(name),
    diagnosis: nodeHealth(tally, null),
  })
  test('is that of the worst, with how many and which', () => {
    expect(
      membersHealth([
        member('b', tally(http(100, 9))),
        member('a', tally(http(100, 7))),
        member('c', tally(http(100, 2))),
        member('d', null),
      ]),
    ).toEqual({
      health: 'failing',
      why: '2 of 4 failing: shop/a: 7 % of responses are server errors; its limit is 5 %',
    })
  })
  test('what is known is not hidden by what is not', () => {
    expect(membersHealth([member('a', tally(http(100))), member('b', null)]).health).toBe('healthy')
    expect(membersHealth([member('a', null), member('b', null)]).health).toBe('unknown')
  })
  test('merged edges count edges', () => {
    expect(mergedHealth([edgeHealth(tally(http(100, 2))), edgeHealth(tally(flows(3)))])).toEqual({
      health: 'degraded',
      why: '1 of 2 degraded: 2 % of responses are server errors; its limit is 1 %',
    })
  })
})
