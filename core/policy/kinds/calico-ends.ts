import type { ModelCatalogue } from '../catalogue'
import { anything, anyNamespace, type EndMatch, namespaceNamed, nothing } from '../end-match'
import { anyLabels, type LabelMatch, labelsMatch } from '../label-match'
import { calicoKeys } from './calico-labels'
import { addressedObjects } from './calico-sets'

/**
 * Whom a selector in a rule matches: pods, and addresses of the network sets and host endpoints that it matches.
 * Nobody else, also where it is negated.
 */
export function selectedEnd(match: LabelMatch, catalogue: ModelCatalogue): EndMatch {
  const objects = addressedObjects(catalogue).filter(({ labels }) => labelsMatch(match, labels))
  const cidrs = objects.flatMap((object) => object.cidrs)
  const parts: EndMatch[] = [selectedPods(match, catalogue)]
  if (cidrs.length > 0) parts.push({ is: 'address', cidrs, except: [], inCluster: 'yes' })
  parts.push(...objects.flatMap(({ open }) => (open.is === 'nothing' ? [] : [open])))
  const [pods = nothing] = parts
  return parts.length === 1 ? pods : { is: 'some', of: parts }
}

const podNetwork: EndMatch = { is: 'place', places: ['workload'] }

/** Pods that a selector matches; those on the network of their node are never seen as pods. */
export const selectedPods = (match: LabelMatch, catalogue: ModelCatalogue): EndMatch =>
  match.op === 'any' ? podNetwork : { is: 'every', of: [podEnd(match, catalogue), podNetwork] }

/** Of a pod. Conditions on its labels that stand side by side stay one, and take its namespace in. */
function podEnd(match: LabelMatch, catalogue: ModelCatalogue): EndMatch {
  if (keysOf(match).every((key) => kindOfKey(key) === 'labels'))
    return { is: 'workload', namespace: anyNamespace, labels: match }
  switch (match.op) {
    case 'every':
      return everyEnd(flat(match.of), catalogue)
    case 'some':
      return { is: 'some', of: match.of.map((part) => podEnd(part, catalogue)) }
    case 'not':
      return { is: 'not', of: podEnd(match.of, catalogue) }
    case 'any':
      return anything
    default:
      return oneKey(match, catalogue)
  }
}

const flat = (parts: readonly LabelMatch[]): readonly LabelMatch[] =>
  parts.flatMap((part) => (part.op === 'every' ? flat(part.of) : [part]))

function everyEnd(parts: readonly LabelMatch[], catalogue: ModelCatalogue): EndMatch {
  const own = parts.filter((part) => keysOf(part).every((key) => kindOfKey(key) === 'labels'))
  const rest = parts.filter((part) => !own.includes(part)).map((part) => podEnd(part, catalogue))
  const plain = rest.find((end) => end.is === 'workload' && end.labels.op === 'any')
  if (own.length === 0 || plain?.is !== 'workload') {
    const labels: EndMatch[] = own.length === 0 ? [] : [podEnd({ op: 'every', of: own }, catalogue)]
    return joined([...labels, ...rest])
  }
  const [first] = own
  const labels: LabelMatch = own.length === 1 && first ? first : { op: 'every', of: own }
  return joined([{ ...plain, labels }, ...rest.filter((end) => end !== plain)])
}

const joined = (of: readonly EndMatch[]): EndMatch => (of.length === 1 && of[0] ? of[0] : { is: 'every', of })

type OneKey = Extract<LabelMatch, { readonly key: string }>

/** A condition on the namespace, service account or orchestrator. */
function oneKey(match: OneKey, catalogue: ModelCatalogue): EndMatch {
  const bare = (prefix: string) => ({ ...match, key: match.key.slice(prefix.length) })
  switch (kindOfKey(match.key)) {
    case 'labels':
      return { is: 'workload', namespace: anyNamespace, labels: match }
    case 'namespace-labels': {
      const labels = bare(calicoKeys.namespacePrefix)
      return { is: 'workload', namespace: { by: 'labels', labels }, labels: anyLabels }
    }
    case 'account-labels':
      return { is: 'account', namespace: anyNamespace, names: null, labels: bare(calicoKeys.accountPrefix) }
    case 'orchestrator':
      return labelsMatch(match, { [match.key]: 'k8s' }) ? anything : nothing
    case 'namespace':
      return byName(
        match,
        () => namesIn(catalogue).namespaces,
        (names) => ({
          is: 'workload',
          namespace: names === null ? anyNamespace : namespaceNamed(...names),
          labels: anyLabels,
        }),
      )
    case 'account':
      return byName(
        match,
        () => namesIn(catalogue).accounts,
        (names) => ({
          is: 'account',
          namespace: anyNamespace,
          names,
          labels: anyLabels,
        }),
      )
  }
}

/** Every pod has the name, so that its absence matches none. */
function byName(
  match: OneKey,
  known: () => readonly string[],
  named: (names: readonly string[] | null) => EndMatch,
): EndMatch {
  if (match.op === 'has') return named(null)
  if (match.op === 'lacks') return nothing
  if (match.op === 'in') return named(match.values)
  if (match.op === 'not-in') return { is: 'not', of: named(match.values) }
  return named(known().filter((name) => labelsMatch(match, { [match.key]: name })))
}

type Names = { readonly namespaces: readonly string[]; readonly accounts: readonly string[] }
const knownNames = new WeakMap<ModelCatalogue, Names>()

/** Of namespaces and service accounts; gathered once. */
function namesIn(catalogue: ModelCatalogue): Names {
  const before = knownNames.get(catalogue)
  if (before) return before
  const { namespaces, serviceAccounts, workloads } = catalogue.model
  const found = {
    namespaces: [...new Set([...namespaces.map(({ name }) => name), ...workloads.map(({ namespace }) => namespace)])],
    accounts: [
      ...new Set([
        ...serviceAccounts.map(({ name }) => name),
        ...workloads.map(({ serviceAccount }) => serviceAccount),
      ]),
    ],
  }
  knownNames.set(catalogue, found)
  return found
}

function kindOfKey(key: string) {
  const { namespace, namespacePrefix, account, accountPrefix, name, orchestrator } = calicoKeys
  if (key === namespace || key === namespacePrefix + name) return 'namespace'
  if (key === account || key === accountPrefix + name) return 'account'
  if (key === orchestrator) return 'orchestrator'
  if (key.startsWith(namespacePrefix)) return 'namespace-labels'
  return key.startsWith(accountPrefix) ? 'account-labels' : 'labels'
}

function keysOf(match: LabelMatch): readonly string[] {
  if (match.op === 'any') return []
  if (match.op === 'not') return keysOf(match.of)
  return 'of' in match ? match.of.flatMap(keysOf) : [match.key]
}
