import { describe, expect, it } from 'vitest'
import { type ConfirmationAnswer, headWords, originWords, takenBack } from './confirmation'

const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }
const object = (parts: Partial<ConfirmationAnswer['objects'][number]> = {}): ConfirmationAnswer['objects'][number] => ({
  changeId: 3,
  ref,
  state: 'applied',
  appliedAt: Date.UTC(2026, 2, 1, 10, 2, 5),
  seenAt: null,
  undoOf: null,
  undoneBy: null,
  ...parts,
})
const answer = (parts: Partial<ConfirmationAnswer>): ConfirmationAnswer => ({
  plan: 1,
  by: 'ada',
  did: 'applied',
  since: 0,
  until: 0,
  objects: [object()],
  edges: [],
  counts: { confirmed: 0, contradicted: 0, mixed: 0, noTraffic: 0 },
  ...parts,
})
const undoneBy = { change: 14, by: 'bo', at: Date.UTC(2026, 2, 1, 10, 12, 5) }

describe('what was done with a plan', () => {
  it.each([
    ['applied', {}, 'Applied', /^By ada at .*:02:05.*\.$/],
    ['an undo', { did: 'undone', objects: [object({ undoOf: 12 })] }, 'Undone', /taking back change 12\.$/],
    [
      'an undo of a plan',
      { did: 'undone', objects: [object({ undoOf: 13 }), object({ undoOf: 12 })] },
      'Undone',
      /taking back changes 12, 13\.$/,
    ],
    ['an undo of an undo', { did: 'applied-again', objects: [object({ undoOf: 14 })] }, 'Applied again', /change 14/],
    [
      'undone since',
      { objects: [object({ undoneBy })] },
      'Applied',
      / Taken back by bo at .*:12:05.* \(change 14\)\.$/,
    ],
    ['undone in part', { objects: [object(), object({ undoneBy })] }, 'Applied', / 1 object of 2 taken back by bo /],
  ] satisfies [string, Partial<ConfirmationAnswer>, string, RegExp][])('%s', (_, parts, head, words) => {
    expect([headWords(answer(parts)), originWords(answer(parts))]).toEqual([head, expect.stringMatching(words)])
  })

  it('counts what still stands, and what was never made as nothing', () => {
    expect(takenBack(answer({}))).toBeNull()
    const objects = [object(), object({ undoneBy }), object({ state: 'failed', appliedAt: null })]
    expect(takenBack(answer({ objects }))).toEqual({ last: undoneBy, count: 1, left: 1 })
  })
})
