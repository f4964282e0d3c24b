import { expect, test } from 'vitest'
import { passedOverSentence, seenSentence } from './seen-words'
import { bySource, witnessWords } from './witness-words'

test.each([
  [['flows'], ['flows', 'proxies'], 'Seen by flows, not by the mesh'],
  [['proxies', 'spans'], ['flows', 'proxies', 'spans'], 'Seen by the mesh and traces, not by flows'],
  [['flows', 'proxies'], ['flows', 'proxies'], ''],
  [[], ['flows'], ''],
] as const)('seen in %j of %j', (seen, views, sentence) => expect(seenSentence({ seen }, { views })).toBe(sentence))

test('witnesses are listed by their source', () => {
  expect(
    bySource(['prometheus:istio/destination', 'hubble/source', 'prometheus:istio/source', 'otlp/unknown']),
  ).toEqual([
    { source: 'Istio metrics', sides: ['destination', 'source'] },
    { source: 'Hubble', sides: ['source'] },
    { source: 'Traces', sides: [] },
  ])
})

test('a source that was away is named once', () => {
  expect(passedOverSentence({ passedOver: ['prometheus:istio/destination', 'prometheus:istio/source'] })).toBe(
    'Istio metrics: away for a part of this time, so the next source tells the figures',
  )
  expect(passedOverSentence({ passedOver: [] })).toBe('')
})

test.each([
  ['hubble/destination', { source: 'Hubble', side: 'destination' }],
  ['prometheus:istio/waypoint', { source: 'Istio metrics', side: 'waypoint' }],
  ['scrape:linkerd/source', { source: 'Linkerd metrics', side: 'source' }],
  ['goldmane/unknown', { source: 'Goldmane', side: '' }],
  ['otlp/destination', { source: 'Traces', side: 'destination' }],
  ['goldmane-node', { source: 'Felix', side: '' }],
  ['new', { source: 'New', side: '' }],
])('%s is said as %j', (witness, words) => expect(witnessWords(witness)).toEqual(words))
