import { policyKinds } from '@/core/policy/kinds'
import { loadModel } from '@/core/policy/load-model'
import { workloadKinds } from '@/core/policy/load-workload'
import type { Model } from '@/core/policy/model'
import type { ObjectStore } from '../kubernetes-api/object-store'
import { apiVersionOf, type Resource, resourceKey, resources } from '../kubernetes-api/resources'

const settled = new Set(['Namespace', 'Node', 'Service', 'ServiceAccount'])
const clusterKinds = new Set(
  [...settled].map((kind) => `v1/${kind}`).concat('discovery.k8s.io/v1/EndpointSlice', workloadKinds),
)

/** The kinds that policies are made of, among those served. */
export const policyResources = resources.filter(({ group, kind }) =>
  policyKinds.some((one) => one.group === group && one.kind === kind),
)

const isOfCluster = (one: Resource) => clusterKinds.has(`${apiVersionOf(one)}/${one.kind}`)

/** Keys of all that the policy engine looks at. */
export const modelKeys: readonly string[] = resources
  .filter((one) => isOfCluster(one) || policyResources.includes(one))
  .map(resourceKey)

/** Of those, what changes as pods come and go: to policies a pod is its address, all else is its controller's. */
export const podKeys: ReadonlySet<string> = new Set(
  resources.filter((one) => isOfCluster(one) && !settled.has(one.kind)).map(resourceKey),
)

/** O(kinds). */
export const hasPolicies = (store: ObjectStore): boolean =>
  policyResources.some((one) => store.list(resourceKey(one)).length > 0)

/** What the policy engine sees of the objects that the API server keeps. O(objects). */
export function modelOf(store: ObjectStore): Model {
  const objects = modelKeys.flatMap((key) => store.list(key))
  return loadModel(objects.map((value, i) => ({ file: 'objects', document: i + 1, value }))).model
}

/** Addresses of all pods with whose they are, as one text. O(pods). */
export const podAddresses = (store: ObjectStore): string =>
  store
    .list('pods')
    .map(({ metadata, status }) => `${metadata.uid} ${String(Object(status).podIP)}`)
    .join()
