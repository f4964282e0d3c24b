import { describe, expect, test } from 'vitest'
import { newKinds, newPolicy } from './new-policy'
import { objectText } from './object-text'
import { readDraftText } from './read-draft-text'
import { visualOf } from './visual-of'

describe.each(newKinds)('a new %s', (kind) => {
  test.each([
    ['about some pods', { app: 'db' }, 'shop'],
    ['about a namespace', {}, 'shop'],
    ['about all', {}, null],
  ])('%s is accepted and lets nobody pass', (_, labels, namespace) => {
    const text = objectText(newPolicy(kind, { name: 'db', namespace, labels, isolates: ['ingress'] }))
    const draft = readDraftText(text)
    expect(draft.problems).toEqual([])
    const visual = draft.objects[0] && visualOf(draft.objects[0].object)
    expect(visual?.subject.value.pods).toEqual({
      terms: Object.entries(labels).map(([key, value]) => ({ key, op: 'in', values: [value] })),
    })
    expect(visual?.also).toEqual([])
    expect(visual?.subject.value.other).toBeNull()
    const rules = kind === 'ClusterNetworkPolicy' || kind === 'PeerAuthentication' ? undefined : 'nobody'
    if (rules) expect(visual?.sides.map(({ reach }) => reach)).toContain(rules)
  })
})
