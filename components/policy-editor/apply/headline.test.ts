import { expect, test } from 'vitest'
import type { Confirmation, ConfirmationState } from '@/core/policy/apply/expectation'
import type { ConfirmationAnswer } from './confirmation'
import { headline } from './headline'

const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }
const undoneBy = { change: 14, by: 'bo', at: 0 }
type Made = ConfirmationAnswer['objects'][number]
const made = (parts: Partial<Made> = {}): Made => ({
  changeId: 3,
  ref,
  state: 'applied',
  appliedAt: 0,
  seenAt: 1,
  undoOf: null,
  undoneBy: null,
  ...parts,
})
const saw = (state: ConfirmationState, becomes: Confirmation['becomes'] = 'allowed'): Confirmation => ({
  edge: `${state} ${becomes}`,
  becomes,
  state,
  allowed: 0,
  denied: 0,
})

const answerOf = (edges: readonly Confirmation[], objects: readonly Made[]): ConfirmationAnswer => {
  const count = (state: ConfirmationState) => edges.filter((edge) => edge.state === state).length
  return {
    plan: 1,
    by: 'ada',
    did: 'applied',
    since: 0,
    until: 0,
    objects,
    edges,
    counts: {
      confirmed: count('confirmed'),
      contradicted: count('contradicted'),
      mixed: count('mixed'),
      noTraffic: count('no-traffic'),
    },
  }
}

test.each<[string, readonly Confirmation[], readonly Made[], string | null, RegExp]>([
  [
    'the cluster is slow to tell',
    [saw('confirmed')],
    [made(), made({ seenAt: null })],
    null,
    /^The cluster has not told of NetworkPolicy shop\/web yet\.$/,
  ],
  [
    'what was never told of is taken back',
    [saw('no-traffic')],
    [made({ seenAt: null, undoneBy })],
    null,
    /^No traffic was seen between the change and its undo\.$/,
  ],
  [
    'what failed is not waited for',
    [],
    [made(), made({ state: 'failed', seenAt: null })],
    null,
    /^No recorded edge is/,
  ],
  [
    'nothing is watched',
    [],
    [made()],
    null,
    /^No recorded edge is watched: of none was it known what this does to it\.$/,
  ],
  [
    'one contradicts, though others agree',
    [saw('contradicted'), saw('confirmed'), saw('mixed')],
    [made()],
    'bad',
    /^Contradicted by traffic: 1 of 3 edges since .*:00\.$/,
  ],
  ['some of one edge passes', [saw('mixed'), saw('confirmed')], [made()], 'warn', /^Traffic agrees in part: /],
  [
    'one agrees, the others are silent',
    [saw('confirmed', 'denied'), saw('no-traffic')],
    [made()],
    'ok',
    /^Confirmed by traffic: 1 of 2 edges since /,
  ],
  [
    'only what nothing changes goes on',
    [saw('no-traffic'), saw('confirmed', 'stays-allowed')],
    [made()],
    'unknown',
    /^No traffic yet since .*; watching\.$/,
  ],
  [
    'nothing but what goes on is watched, and does',
    [saw('confirmed', 'stays-allowed')],
    [made()],
    'ok',
    /^Confirmed by traffic: 1 of 1 edge since /,
  ],
  ['it is taken back too soon', [saw('no-traffic')], [made({ undoneBy })], null, /^No traffic was seen between/],
  ['half of it is taken back', [saw('no-traffic')], [made({ undoneBy }), made()], 'unknown', /; watching\.$/],
])('after an apply, where %s', (_, edges, objects, status, words) => {
  expect(headline(answerOf(edges, objects))).toEqual({ status, words: expect.stringMatching(words) })
})
