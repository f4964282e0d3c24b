import { familyOf } from '../figures/family'
import { policyTrace } from './policy-trace'
import type { NamedPolicy } from '../flows/trace-step'
import type { Facet } from '../world'
import type { NamedDecision, PolicyRecord } from './ground'
import { refKey } from './normal-form'
import { shownKind } from './policy-name'

/** Policies that a source named as those that decided on records of an edge. */
export type NamedHit = {
  readonly edgeId: number
  readonly verdict: NamedDecision['verdict']
  readonly witness: NamedDecision['witness']
  readonly policies: readonly NamedPolicy[]
}

/** What records of Hubble and Goldmane name. `fields`: of a record, or what several have in common. null: nothing. */
export function namedHit(edgeId: number, facet: Facet, fields: Readonly<Record<string, unknown>>): NamedHit | null {
  const witness = familyOf(facet.source)
  const { verdict } = facet
  if ((witness !== 'hubble' && witness !== 'goldmane') || (verdict !== 'allowed' && verdict !== 'denied')) return null
  const policies = policyTrace({ ...facet, fields }).flatMap(({ outcome, policy }) =>
    outcome === verdict && policy ? [policy] : [],
  )
  return policies.length > 0 ? { edgeId, verdict, witness, policies } : null
}

/** Finds objects by the names that sources give them. */
export type NameFinder = (policy: NamedPolicy) => string | null

/** Of policies of one name whose kind the source does not tell the only one counts. */
export function nameFinderOf(records: readonly PolicyRecord[]): NameFinder {
  const keys = new Map<string, readonly string[]>()
  const add = (name: string, key: string) => keys.set(name, [...(keys.get(name) ?? []), key])
  for (const { ref } of records) {
    const place = `${ref.namespace ?? ''}/${ref.name}`
    add(`${shownKind(ref)} ${place}`, refKey(ref))
    add(place, refKey(ref))
  }
  return ({ kind, namespace, name }) => {
    const place = `${namespace}/${name}`
    const [only, ...others] = keys.get(kind === '' ? place : `${kind} ${place}`) ?? []
    return only !== undefined && others.length === 0 ? only : null
  }
}

/** What was named on one edge, by verdict and witness, as keys of objects that are there. */
export function namedDecisions(hits: readonly NamedHit[], find: NameFinder): readonly NamedDecision[] {
  const found = new Map<string, { verdict: NamedHit['verdict']; witness: NamedHit['witness']; policies: Set<string> }>()
  for (const { verdict, witness, policies } of hits) {
    const key = `${verdict} ${witness}`
    const one = found.get(key) ?? { verdict, witness, policies: new Set<string>() }
    for (const policy of policies) {
      const known = find(policy)
      if (known !== null) one.policies.add(known)
    }
    if (one.policies.size > 0) found.set(key, one)
  }
  return [...found.values()].map(({ policies, ...one }) => ({ ...one, policies: [...policies].sort() }))
}
