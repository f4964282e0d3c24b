import { anyNamespace, type EndMatch, namespaceNamed, type NamespaceMatch } from '../end-match'
import { anyLabels, type LabelMatch } from '../label-match'
import { entityNamed } from './cilium-entity'
import { ciliumKeys, labelOf, type Requirement } from './cilium-selector'

const anyPod: EndMatch = { is: 'place', places: ['workload'] }

/** Pods that a policy is about; a pair that names another namespace is written over. @param namespace that of the policy; null: it is clusterwide */
export function subjectPods(requirements: readonly Requirement[], namespace: string | null): EndMatch {
  if (namespace === null) return podsWith(requirements)
  const foreign = ({ source, key, pair }: Requirement) => source === 'k8s' && key === ciliumKeys.namespace && pair
  return podsWith([...requirements.filter((one) => !foreign(one)), ownNamespace(namespace)])
}

/**
 * Ends that a selector of `fromEndpoints` or `toEndpoints` matches: pods, of the policy's namespace unless it says
 * something of namespaces; with reserved labels whatever has them.
 */
export function peerEnds(requirements: readonly Requirement[], namespace: string | null): EndMatch {
  if (requirements.some(({ source }) => source === 'reserved')) return every(requirements.map(endWith))
  const named = requirements.filter(({ key }) => key === ciliumKeys.namespace)
  const labelled = requirements.filter(({ key }) => key.startsWith(ciliumKeys.namespaceLabels))
  if (named.length + labelled.length === 0)
    return podsWith(namespace === null ? requirements : [...requirements, ownNamespace(namespace)])
  const pods = podsWith(requirements)
  const scoped = named.length > 0 || namespace !== null
  return scoped && requirements.every(({ op }) => op === 'not-in' || op === 'lacks')
    ? { is: 'some', of: [pods, othersToo] }
    : pods
}

/** What has no namespace fits a condition that only excludes some, in versions that do not ask for one. */
const othersToo: EndMatch = {
  is: 'every',
  of: [
    { is: 'not', of: anyPod },
    {
      is: 'unclear',
      doubt: 'whether a selector that only excludes namespaces matches what is no pod depends on the version',
    },
  ],
}

const ownNamespace = (namespace: string): Requirement => ({
  source: 'k8s',
  key: ciliumKeys.namespace,
  op: 'in',
  values: [namespace],
  pair: true,
})

/** Pods on the network of their node are that node to Cilium. */
function podsWith(requirements: readonly Requirement[]): EndMatch {
  const labels = requirements.filter(isLabel).map(labelOf)
  const rest = requirements.filter((one) => !isLabel(one))
  const at = rest.findIndex((one) => namespaceOf(one) !== null)
  const own = at < 0 ? null : namespaceOf(rest[at] ?? ownNamespace(''))
  const pods: EndMatch = { is: 'workload', namespace: own ?? anyNamespace, labels: allLabels(labels) }
  return every([pods, ...rest.filter((_, i) => i !== at).map(endWith), anyPod])
}

const isLabel = ({ source, key }: Requirement): boolean =>
  (source === 'any' || source === 'k8s') &&
  key !== ciliumKeys.namespace &&
  key !== ciliumKeys.account &&
  key !== ciliumKeys.cluster &&
  !key.startsWith(ciliumKeys.namespaceLabels)

/** A condition that only names namespaces. */
const namespaceOf = ({ key, op, values }: Requirement): NamespaceMatch | null =>
  key === ciliumKeys.namespace && op === 'in' ? namespaceNamed(...values) : null

function endWith(requirement: Requirement): EndMatch {
  const { source, key, op, values } = requirement
  const negative = op === 'not-in' || op === 'lacks'
  const signed = (of: EndMatch): EndMatch => (negative ? { is: 'not', of } : of)
  if (source === 'reserved') return signed(entityNamed(key) ?? unclear(`what reserved:${key} stands for is not known`))
  if (source !== 'any' && source !== 'k8s') return unclear(`labels of the source ${source} are not known`)
  if (key.startsWith(ciliumKeys.namespaceLabels)) {
    const labels = labelOf({ ...requirement, key: key.slice(ciliumKeys.namespaceLabels.length) })
    return { is: 'workload', namespace: { by: 'labels', labels }, labels: anyLabels }
  }
  if (op === 'has' || op === 'lacks') if (!isLabel(requirement)) return signed(anyPod)
  if (key === ciliumKeys.namespace)
    return signed({ is: 'workload', namespace: namespaceNamed(...values), labels: anyLabels })
  if (key === ciliumKeys.account)
    return signed({ is: 'account', namespace: anyNamespace, names: values, labels: anyLabels })
  if (key === ciliumKeys.cluster) return unclear('the name of the cluster is not known')
  return { is: 'workload', namespace: anyNamespace, labels: labelOf(requirement) }
}

const unclear = (doubt: string): EndMatch => ({ is: 'unclear', doubt })

function allLabels(of: readonly LabelMatch[]): LabelMatch {
  const [first = anyLabels] = of
  return of.length < 2 ? first : { op: 'every', of }
}

function every(of: readonly EndMatch[]): EndMatch {
  const [first] = of
  return of.length === 1 && first ? first : { is: 'every', of }
}
