import type { EnumValue } from './enums'
import type { FlowKey, PolicyHit } from './flow'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** JSON with sorted keys, so that equal content is equal text. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`)
  return `{${members.join(',')}}`
}

const isList = (value: readonly Json[] | { readonly [name: string]: Json }): value is readonly Json[] =>
  Array.isArray(value)

/**
 * The fields of a key by upstream's names, zero values left out, hits in the order of their index:
 * Felix sends them in any order.
 */
export function keyFields(key: FlowKey): { readonly [name: string]: Json } {
  return {
    ...text('source_name', key.sourceName),
    ...text('source_namespace', key.sourceNamespace),
    ...choice('source_type', key.sourceType),
    ...text('dest_name', key.destName),
    ...text('dest_namespace', key.destNamespace),
    ...choice('dest_type', key.destType),
    ...number('dest_port', key.destPort),
    ...text('dest_service_name', key.destServiceName),
    ...text('dest_service_namespace', key.destServiceNamespace),
    ...text('dest_service_port_name', key.destServicePortName),
    ...number('dest_service_port', key.destServicePort),
    ...text('proto', key.proto),
    ...choice('reporter', key.reporter),
    ...choice('action', key.action),
    ...hits('policies.enforced_policies', key.enforced),
    ...hits('policies.pending_policies', key.pending),
  }
}

export const text = (name: string, value: string) => (value === '' ? {} : { [name]: value })
export const number = (name: string, value: number | null) => (value === null || value === 0 ? {} : { [name]: value })
const choice = (name: string, value: EnumValue) =>
  value === 0 || (typeof value === 'string' && value.endsWith('Unspecified')) ? {} : { [name]: value }

const hits = (name: string, list: readonly PolicyHit[]) =>
  list.length === 0 ? {} : { [name]: sorted(list).map(hitFields) }

/** By index, then by content. */
export const sorted = (list: readonly PolicyHit[]): PolicyHit[] =>
  list.length < 2
    ? [...list]
    : [...list].sort(
        (a, b) => a.policyIndex - b.policyIndex || compare(canonical(hitFields(a)), canonical(hitFields(b))),
      )

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Index 0 means the first policy and the first rule, so it is said. */
const hitFields = (hit: PolicyHit): { readonly [name: string]: Json } => ({
  ...(hit.kind === 'KindUnspecified' ? {} : { kind: hit.kind }),
  ...text('namespace', hit.namespace),
  ...text('name', hit.name),
  ...text('tier', hit.tier),
  ...choice('action', hit.action),
  policy_index: hit.policyIndex,
  rule_index: hit.ruleIndex,
  ...(hit.trigger && { trigger: hitFields(hit.trigger) }),
})
