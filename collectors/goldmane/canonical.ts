import type { EnumValue } from './enums'
import type { FlowKey, PolicyHit } from './flow'

/**
 * A key as text that is equal for equal keys: hits in the order of their index, as Felix sends them in any.
 * One of a few times what JSON would cost; it names records in the database for ever, so its form is fixed.
 */
export const keyText = (key: FlowKey): string =>
  [
    key.sourceName,
    key.sourceNamespace,
    key.sourceType,
    key.destName,
    key.destNamespace,
    key.destType,
    key.destPort,
    key.destServiceName,
    key.destServiceNamespace,
    key.destServicePortName,
    key.destServicePort,
    key.proto,
    key.reporter,
    key.action,
    hitsText(key.enforced),
    hitsText(key.pending),
  ].join('\0')

const hitsText = (hits: readonly PolicyHit[]): string => {
  const [first] = hits
  if (!first) return ''
  return hits.length === 1 ? hitText(first) : sorted(hits).map(hitText).join('\u0002')
}

const hitText = (hit: PolicyHit): string =>
  `${hit.policyIndex}\u0001${hit.ruleIndex}\u0001${hit.kind}\u0001${hit.tier}\u0001${hit.namespace}\u0001${hit.name}\u0001${hit.action}${hit.trigger ? `\u0001${hitText(hit.trigger)}` : ''}`

/** By index, then by content. */
export const sorted = (hits: readonly PolicyHit[]): PolicyHit[] =>
  [...hits].sort((a, b) => a.policyIndex - b.policyIndex || compare(hitText(a), hitText(b)))

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** JSON with sorted keys, so that equal content is equal text: members by their name, `"` being below every character of a name. */
export const objectText = (members: readonly string[]): string => `{${[...members].sort().join(',')}}`

/** `"name":value`, or nothing for a zero value, which protojson leaves out too. */
export const textMember = (name: string, value: string): string[] =>
  value === '' ? [] : [`"${name}":${JSON.stringify(value)}`]
export const numberMember = (name: string, value: number | null): string[] =>
  value === null || value === 0 ? [] : [`"${name}":${value}`]
export const listMember = (name: string, texts: readonly string[]): string[] =>
  texts.length === 0 ? [] : [`"${name}":${JSON.stringify(texts)}`]
const choiceMember = (name: string, value: EnumValue): string[] => {
  if (typeof value === 'number') return numberMember(name, value)
  return value.endsWith('Unspecified') ? [] : textMember(name, value)
}

/** The fields of a key by upstream's names. */
export const keyMembers = (key: FlowKey): string[] => [
  ...textMember('source_name', key.sourceName),
  ...textMember('source_namespace', key.sourceNamespace),
  ...choiceMember('source_type', key.sourceType),
  ...textMember('dest_name', key.destName),
  ...textMember('dest_namespace', key.destNamespace),
  ...choiceMember('dest_type', key.destType),
  ...numberMember('dest_port', key.destPort),
  ...textMember('dest_service_name', key.destServiceName),
  ...textMember('dest_service_namespace', key.destServiceNamespace),
  ...textMember('dest_service_port_name', key.destServicePortName),
  ...numberMember('dest_service_port', key.destServicePort),
  ...textMember('proto', key.proto),
  ...choiceMember('reporter', key.reporter),
  ...choiceMember('action', key.action),
  ...hitsMember('policies.enforced_policies', key.enforced),
  ...hitsMember('policies.pending_policies', key.pending),
]

const hitsMember = (name: string, hits: readonly PolicyHit[]): string[] =>
  hits.length === 0 ? [] : [`"${name}":[${sorted(hits).map(hitJson).join(',')}]`]

/** Index 0 means the first policy and the first rule, so it is said. */
const hitJson = (hit: PolicyHit): string =>
  objectText([
    ...(hit.kind === 'KindUnspecified' ? [] : [`"kind":${JSON.stringify(hit.kind)}`]),
    ...textMember('namespace', hit.namespace),
    ...textMember('name', hit.name),
    ...textMember('tier', hit.tier),
    ...choiceMember('action', hit.action),
    `"policy_index":${hit.policyIndex}`,
    `"rule_index":${hit.ruleIndex}`,
    ...(hit.trigger ? [`"trigger":${hitJson(hit.trigger)}`] : []),
  ])
