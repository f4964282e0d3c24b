import { expect, it } from 'vitest'
import { objectText } from './object-text'

it('writes what people write, in the usual order', () => {
  const object = {
    status: { conditions: [] },
    spec: { podSelector: {} },
    metadata: { name: 'a', uid: '1', resourceVersion: '2', generation: 3, creationTimestamp: 'x', labels: { a: 'b' } },
    kind: 'NetworkPolicy',
    apiVersion: 'networking.k8s.io/v1',
  }
  expect(objectText(object)).toBe(
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\n  labels:\n    a: b\nspec:\n  podSelector: {}\n',
  )
})
