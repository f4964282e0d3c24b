import { expect, test } from 'vitest'
import { toldOf } from './told-share'

const window = { from: 0, to: 100_000 }
const sourceSeconds = new Map([
  ['east', new Map(Object.entries({ hubble: 100, prometheus: 90 }))],
  ['west', new Map(Object.entries({ hubble: 20 }))],
])

test.each<[string, string[], [to: string, from: string], boolean]>([
  ['the callee’s side is told in the callee’s cluster', ['hubble/destination'], ['west', 'east'], false],
  ['the caller’s side in the caller’s', ['hubble/source'], ['west', 'east'], true],
  ['one side that was told of is enough', ['hubble/destination', 'hubble/source'], ['west', 'east'], true],
  ['the other way round', ['hubble/source'], ['east', 'west'], false],
  ['the only source of a kind tells both', ['prometheus:istio/destination'], ['west', 'east'], true],
  ['a cluster that nobody watches is told by the other', ['hubble/destination'], ['north', 'east'], true],
  ['nobody told of a kind that there is none of', ['als/destination'], ['west', 'east'], false],
])('%s', (_, witnesses, clusters, expected) => {
  expect(toldOf({ window, sourceSeconds, gaps: [], sources: [] }).by(witnesses, clusters)).toBe(expected)
})
