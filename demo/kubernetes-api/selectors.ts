import type { KubernetesObject } from '../model/object'
import { badRequest } from './status'

export type Matches = (object: KubernetesObject) => boolean

/** A label selector as text: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas. Throws StatusError 400. */
export function labelSelector(text: string): Matches {
  const terms = splitOutsideParentheses(text).map(labelTerm)
  return (object) => terms.every((term) => term(object.metadata.labels ?? {}))
}

type LabelTerm = (labels: Readonly<Record<string, string>>) => boolean

function labelTerm(text: string): LabelTerm {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text)
  if (set) {
    const [, key = '', operator, list = ''] = set
    const values = new Set(list.split(',').map((v) => v.trim()))
    return operator === 'in'
      ? (labels) => labels[key] !== undefined && values.has(labels[key])
      : (labels) => labels[key] === undefined || !values.has(labels[key])
  }
  const equal = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(text)
  if (equal) {
    const [, key = '', operator, value] = equal
    return operator === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value
  }
  const exists = /^(!?)\s*([^!=\s()]+)$/.exec(text)
  if (!exists) throw badRequest(`unable to parse requirement: ${text}`)
  const [, not, key = ''] = exists
  return (labels) => (labels[key] === undefined) === (not === '!')
}

const splitOutsideParentheses = (text: string): string[] =>
  (text.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map((term) => term.trim()).filter(Boolean)

const fieldReaders: Readonly<Record<string, (object: KubernetesObject) => unknown>> = {
  'metadata.name': (o) => o.metadata.name,
  'metadata.namespace': (o) => o.metadata.namespace ?? '',
  'spec.nodeName': (o) => within(o.spec, 'nodeName'),
  'status.phase': (o) => within(o.status, 'phase'),
  'status.podIP': (o) => within(o.status, 'podIP'),
}

const within = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined

/** A field selector as text: `metadata.name=x,spec.nodeName!=y`. Throws StatusError 400 for a field that is not known. */
export function fieldSelector(text: string): Matches {
  const terms = text
    .split(',')
    .filter(Boolean)
    .map((term) => {
      const [, field = '', operator, value = ''] = /^([^!=]+)(==|=|!=)(.*)$/.exec(term) ?? []
      const read = Object.hasOwn(fieldReaders, field) ? fieldReaders[field] : undefined
      if (!read) throw badRequest(`field label not supported: ${field || term}`)
      return (object: KubernetesObject) => (String(read(object) ?? '') === value) === (operator !== '!=')
    })
  return (object) => terms.every((term) => term(object))
}
