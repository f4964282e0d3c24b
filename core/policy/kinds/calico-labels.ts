import type { Labels } from '../../inventory/inventory-object'
import type { LabelMatch } from '../label-match'
import { field, isAbsent, type Reader, refuse, textAt } from '../read'
import { parseSelector, type Selector } from './calico-selector'

/**
 * Calico sees one set of labels on everything that a selector may match: those of the object, and its namespace and
 * service account below these keys.
 */
export const calicoKeys = {
  namespace: 'projectcalico.org/namespace',
  namespacePrefix: 'pcns.',
  account: 'projectcalico.org/serviceaccount',
  accountPrefix: 'pcsa.',
  /** Behind a prefix: the name of the namespace or account. */
  name: 'projectcalico.org/name',
  orchestrator: 'projectcalico.org/orchestrator',
} as const

const longestSelector = 1_024

/**
 * A selector at a field as a condition on that set of labels; null: absent or empty.
 * - labels: of the object itself
 * - namespace: of its namespace; there `all()` is what has a namespace, and `global()` what has none
 * - account: of its service account
 */
export function selectorAt(at: Reader, about: 'labels' | 'namespace' | 'account', global = false): LabelMatch | null {
  const text = textAt(at) ?? ''
  if (text === '') return null
  if (text.length > longestSelector) refuse(at, `must not be longer than ${longestSelector} characters`)
  const read = parseSelector(text)
  if ('problem' in read) {
    refuse(at, `at character ${read.problem.at}: ${read.problem.reason}`)
    return null
  }
  if (text.includes('global(') && !(global && read.selector.is === 'global()'))
    refuse(at, global ? 'must have nothing beside global()' : 'must not have global(), which is for namespaceSelector')
  return labelsOf(read.selector, about)
}

export function labelsOf(selector: Selector, about: 'labels' | 'namespace' | 'account' = 'labels'): LabelMatch {
  const key = (name: string) => prefixes[about] + name
  switch (selector.is) {
    case 'all()':
      return about === 'namespace' ? { op: 'has', key: calicoKeys.namespace } : { op: 'any' }
    case 'global()':
      return about === 'namespace' ? { op: 'lacks', key: calicoKeys.namespace } : { op: 'any' }
    case 'has()':
      return { op: 'has', key: key(selector.key) }
    case '==':
      return { op: 'in', key: key(selector.key), values: [selector.value] }
    case '!=':
      return { op: 'not-in', key: key(selector.key), values: [selector.value] }
    case 'in':
      return { op: 'in', key: key(selector.key), values: selector.values }
    case 'not in':
      return { op: 'not-in', key: key(selector.key), values: selector.values }
    case 'contains':
      return { op: 'contains', key: key(selector.key), value: selector.value }
    case 'starts with':
      return { op: 'starts-with', key: key(selector.key), value: selector.value }
    case 'ends with':
      return { op: 'ends-with', key: key(selector.key), value: selector.value }
    case '!':
      return negated(labelsOf(selector.of, about))
    case '&&':
    case '||':
      return { op: selector.is === '&&' ? 'every' : 'some', of: selector.of.map((part) => labelsOf(part, about)) }
  }
}

/** As people would write it: `!has(a)` is `lacks`. */
function negated(match: LabelMatch): LabelMatch {
  if (match.op === 'has') return { op: 'lacks', key: match.key }
  return match.op === 'in' ? { ...match, op: 'not-in' } : { op: 'not', of: match }
}

const prefixes = { labels: '', namespace: calicoKeys.namespacePrefix, account: calicoKeys.accountPrefix } as const

/** `serviceAccounts` of a rule, or null where it limits nothing. */
export function accountsMatch(names: readonly string[], selector: LabelMatch | null): LabelMatch | null {
  const named: LabelMatch[] = names.length === 0 ? [] : [{ op: 'in', key: calicoKeys.account, values: names }]
  return allOf([...(selector ? [selector] : []), ...named])
}

/** All of them; null for none. */
export function allOf(parts: readonly LabelMatch[]): LabelMatch | null {
  const [first] = parts
  if (!first) return null
  return parts.length === 1 ? first : { op: 'every', of: parts }
}

/** What Calico's labels are of an object that is no pod. `namespaceLabels`: null where it has no namespace. */
export function objectLabels(own: Labels, namespace: string | null, namespaceLabels: Labels): Labels {
  if (namespace === null) return own
  const { namespacePrefix, name } = calicoKeys
  const inherited = Object.entries(namespaceLabels).map(([key, value]) => [namespacePrefix + key, value] as const)
  return {
    ...Object.fromEntries(inherited),
    [namespacePrefix + name]: namespace,
    [calicoKeys.namespace]: namespace,
    ...own,
  }
}

/** Whether a rule's `namespaceSelector` and the like are there. */
export const isGiven = (at: Reader, name: string): boolean => {
  const { value } = field(at, name)
  return !isAbsent(field(at, name)) && value !== '' && !(Array.isArray(value) && value.length === 0)
}
