import { kindOf, parseObject } from './kinds'
import { endpointsOf, endpointSliceOf, isEndpointSlice, type LoadedEndpoints, withEndpoints } from './load-endpoints'
import { namespaceOf, nodeOf, serviceAccountOf, serviceOf } from './load-cluster'
import { isWorkloadKind, type LoadedPods, podsOf } from './load-workload'
import { gatherPods } from './gather-pods'
import { objectsIn } from './manifest-objects'
import type { Model, ModelNamespace, ModelObject, Workload } from './model'
import type { DocumentProblem, Problem } from './problem'
import { isFields, readerOf, unknownPaths } from './read'
import { misspeltKind } from './misspelt-kind'

/** One document of a file of manifests, parsed. `document`: its number in the file, from 1. */
export type ManifestDocument = { readonly file: string; readonly document: number; readonly value: unknown }

export type LoadedModel = {
  readonly model: Model
  /** By `namespace/name`: the workload that each pod belongs to, itself where it has no controller here. */
  readonly pods: ReadonlyMap<string, Workload>
  /** Whatever is refused. With any of them the model is not to be relied on. */
  readonly problems: readonly DocumentProblem[]
  /** How many objects of each kind say nothing of traffic and were passed over. */
  readonly ignored: ReadonlyMap<string, number>
  /** Fields of policies that are not known and may change what is answered: a mistake, or of a later version. */
  readonly unknown: readonly DocumentProblem[]
}

/**
 * A model from manifests: namespaces, pods and their controllers, Services and their endpoints, nodes, service
 * accounts, policies; lists of them too. A namespace that no manifest declares is there if something is in it. O(objects).
 */
export function loadModel(documents: readonly ManifestDocument[]): LoadedModel {
  const problems: DocumentProblem[] = []
  const found = emptyParts()
  const ignored = new Map<string, number>()
  const unknown: DocumentProblem[] = []
  for (const { value, file, document } of documents)
    for (const { object, path } of objectsIn(value)) {
      const before: Problem[] = []
      if (!readObject(object, found, before)) {
        const name = isFields(object) ? `${String(object.kind)} of ${String(object.apiVersion)}` : ''
        ignored.set(name, (ignored.get(name) ?? 0) + 1)
      }
      for (const name of before.length === 0 ? unknownPaths(object) : [])
        unknown.push({
          file,
          document,
          path: [path, name].filter(Boolean).join('.'),
          reason: 'is not known here; is it misspelt?',
        })
      for (const problem of before)
        problems.push({ ...problem, path: [path, problem.path].filter(Boolean).join('.'), file, document })
    }
  const { workloads, pods } = gatherPods(found.pods, found.namespaces)
  const { nodes, serviceAccounts, objects } = found
  const services = withEndpoints(found.services, found.endpoints, workloads)
  const used = [...workloads, ...services, ...serviceAccounts].map(({ namespace }) => namespace)
  const namespaces = withUsed(found.namespaces, used)
  return {
    model: { namespaces, workloads, services, nodes, serviceAccounts, objects },
    pods,
    problems,
    ignored,
    unknown,
  }
}

type Parts = { -readonly [Key in keyof Omit<Model, 'workloads'>]: Model[Key][number][] } & {
  readonly pods: LoadedPods[]
  readonly endpoints: LoadedEndpoints[]
}

const emptyParts = (): Parts => ({
  namespaces: [],
  services: [],
  nodes: [],
  serviceAccounts: [],
  objects: [],
  pods: [],
  endpoints: [],
})

/** false: of a kind that says nothing of traffic. */
function readObject(object: unknown, found: Parts, problems: Problem[]): boolean {
  if (!isFields(object)) {
    problems.push({ path: '', reason: 'is no object' })
    return true
  }
  for (const name of ['apiVersion', 'kind'])
    if (typeof object[name] !== 'string') problems.push({ path: name, reason: 'is required' })
  if (problems.length > 0) return true
  if (readPolicyObject(object, found, problems) || readClusterObject(object, found, problems)) return true
  const problem = misspeltKind(object)
  if (problem) problems.push(problem)
  return problem !== null
}

function readPolicyObject(object: ModelObject, found: Parts, problems: Problem[]): boolean {
  const kind = kindOf(object)
  if (!kind) return false
  const parsed = parseObject(kind, object)
  if ('problems' in parsed) problems.push(...parsed.problems)
  else found.objects.push(object)
  return true
}

function readClusterObject(object: ModelObject, found: Parts, problems: Problem[]): boolean {
  const at = { ...readerOf(object), problems }
  const { apiVersion, kind } = object
  if (apiVersion === 'v1' && kind === 'Namespace') found.namespaces.push(namespaceOf(at))
  else if (apiVersion === 'v1' && kind === 'Service') found.services.push(serviceOf(at))
  else if (apiVersion === 'v1' && kind === 'Node') found.nodes.push(nodeOf(at))
  else if (apiVersion === 'v1' && kind === 'ServiceAccount') found.serviceAccounts.push(serviceAccountOf(at))
  else if (apiVersion === 'v1' && kind === 'Endpoints') found.endpoints.push(endpointsOf(at))
  else if (isEndpointSlice(object)) found.endpoints.push(endpointSliceOf(at))
  else if (isWorkloadKind(object)) found.pods.push(podsOf(at))
  else return false
  return true
}

/** Every namespace carries its name as a label, as the API server sees to. */
function withUsed(declared: readonly ModelNamespace[], used: readonly string[]): readonly ModelNamespace[] {
  const all = new Map<string, ModelNamespace>()
  for (const name of used) all.set(name, { name, labels: {}, annotations: {} })
  for (const namespace of declared) all.set(namespace.name, namespace)
  return [...all.values()].map((namespace) => ({
    ...namespace,
    labels: { ...namespace.labels, 'kubernetes.io/metadata.name': namespace.name },
  }))
}
