import type { FlowDetail } from './flow-row'

/** A policy as a record names it; `namespace` is empty for one of the cluster. */
export type NamedPolicy = { readonly kind: string; readonly namespace: string; readonly name: string }

/** One sentence of what policies did. `staged`: what would happen if a staged policy were enforced. */
export type TraceStep = {
  readonly outcome: 'allowed' | 'denied' | 'audited' | 'passed' | 'staged' | 'unknown'
  readonly text: string
  readonly policy?: NamedPolicy
}

export type Traced = Pick<FlowDetail, 'verdict' | 'reason' | 'reporter' | 'source' | 'fields'>

export const unnamed = (why: string): TraceStep => ({ outcome: 'unknown', text: `No policy was named: ${why}` })

/** `NetworkPolicy checkout/default-deny`. */
export const policyText = ({ kind, namespace, name }: NamedPolicy): string =>
  `${kind || 'policy'} ${namespace ? `${namespace}/` : ''}${name}`

/** ` on the way out`, by the side that reported. */
export const wayOf = (side: 'out' | 'in' | null): string => (side === null ? '' : ` on the way ${side}`)

/** A text field of a record; '' where it is none. */
export function textField(fields: Traced['fields'], name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}
