import fc from 'fast-check'
import type { ModelObject } from '../model'

/** One of these. */
export const some = (...values: readonly [ModelObject, ...ModelObject[]]): fc.Arbitrary<ModelObject> =>
  fc.constantFrom(...values)

/** A map of which each field may be absent, as its opposite of empty. */
export const optional = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<ModelObject> =>
  fc.record({ ...fields }, { requiredKeys: [] })

/** Of the pods and namespaces of `test-objects/all.ts`. */
export const selector = some(
  {},
  { matchLabels: { app: 'web' } },
  { matchLabels: { team: 'sales' } },
  { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] },
  { matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
)
