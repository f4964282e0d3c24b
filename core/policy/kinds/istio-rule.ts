import type { Action, Rule } from '../normal-form'
import { anything, nothing } from '../end-match'
import { field, itemsAt, type Reader, unknownFields } from '../read'
import { conditionAt } from './istio-condition'
import { operationAt } from './istio-operation'
import { sourceAt } from './istio-source'
import { joinTerms, mergeSources, noTerms, rulesOf, type Terms } from './istio-terms'

/** A rule of an AuthorizationPolicy: one of its sources, one of its operations and all of its conditions. */
export type IstioRule = (onlyTcp: boolean) => readonly Rule[]

export function istioRuleAt(at: Reader, action: Action, namespace: string): IstioRule {
  const allows = action === 'allow'
  const from = mergeSources((itemsAt(field(at, 'from')) ?? []).map((item) => sourceAt(item, { namespace, allows })))
  const to = (itemsAt(field(at, 'to')) ?? []).map((item) => ({ path: item.path, terms: operationAt(item) }))
  const when = (itemsAt(field(at, 'when')) ?? []).map((item) => conditionAt(item, namespace))
  const strange: Terms = { ...noTerms, peers: [allows ? nothing : anything] }
  const common = unknownFields(at, ['from', 'to', 'when']).length > 0 ? [...when, strange] : when
  const sources = from.length > 0 ? from : [noTerms]
  const operations = to.length > 0 ? to : [{ path: at.path, terms: noTerms }]
  return (onlyTcp) =>
    operations.flatMap(({ path, terms }) =>
      sources.flatMap((source) =>
        rulesOf(joinTerms([source, terms, ...common]), action, to.length > 1 ? path : at.path, onlyTcp),
      ),
    )
}
