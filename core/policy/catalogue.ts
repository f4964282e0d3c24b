import type { Model, ModelNamespace, ModelObject, ModelService, ModelServiceAccount } from './model'

/** A model with what is looked up in it. */
export type ModelCatalogue = {
  readonly model: Model
  /** Objects of a kind, in the order that they came. */
  readonly objects: (kind: string) => readonly ModelObject[]
  readonly namespace: (name: string) => ModelNamespace | undefined
  readonly service: (namespace: string, name: string) => ModelService | undefined
  readonly serviceAccount: (namespace: string, name: string) => ModelServiceAccount | undefined
  /** Addresses of the API server, as the Service `kubernetes` tells them; null: not known. */
  readonly apiServer: ReadonlySet<string> | null
}

/** O(model). Where a name occurs twice the last one counts. */
export function catalogueOf(model: Model): ModelCatalogue {
  const objects = new Map<string, ModelObject[]>()
  for (const object of model.objects) {
    const kind = typeof object.kind === 'string' ? object.kind : ''
    const same = objects.get(kind)
    if (same) same.push(object)
    else objects.set(kind, [object])
  }
  const namespaces = new Map(model.namespaces.map((namespace) => [namespace.name, namespace]))
  const pair = (namespace: string, name: string) => `${namespace}/${name}`
  const services = new Map(model.services.map((service) => [pair(service.namespace, service.name), service]))
  const accounts = new Map(model.serviceAccounts.map((account) => [pair(account.namespace, account.name), account]))
  const apiServer = services.get('default/kubernetes')
  const apiEndpoints = apiServer?.endpoints?.flatMap(({ addresses }) => addresses) ?? []
  return {
    model,
    apiServer: apiServer ? new Set([...apiServer.clusterIps, ...apiServer.addresses, ...apiEndpoints]) : null,
    objects: (kind) => objects.get(kind) ?? [],
    namespace: (name) => namespaces.get(name),
    service: (namespace, name) => services.get(pair(namespace, name)),
    serviceAccount: (namespace, name) => accounts.get(pair(namespace, name)),
  }
}
