import type { ModelCatalogue } from '../catalogue'
import type { EndMatch } from '../end-match'
import type { PolicyKind } from '../kind'
import type { ModelObject, ModelService } from '../model'
import { field, itemsAt, type Reader, readerOf, refOf, textAt } from '../read'
import { objectsOf, podsBehind } from './mesh-objects'

const group = 'networking.istio.io'

/** networking.istio.io DestinationRule: no policy, but it may keep clients from proving who they are. */
export const istioDestinationRule: PolicyKind = {
  group,
  kind: 'DestinationRule',
  plural: 'destinationrules',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  namespaced: true,
  onlyReferredTo: true,
  standsAlone: true,
  parse: (object) => {
    const ref = refOf(object, 'DestinationRule', true)
    return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks: [], tiers: [] }) }
  },
}

const found = new WeakMap<ModelCatalogue, EndMatch | null>()

/** Pods whose clients are told, at least in part, not to speak mTLS of the mesh; null: none are. O(rules × Services). */
export function plainlyCalled(catalogue: ModelCatalogue): EndMatch | null {
  const known = found.get(catalogue)
  if (known !== undefined) return known
  const hosts = objectsOf(catalogue, group, 'DestinationRule').flatMap(plainHost)
  const pods = hosts.length === 0 ? [] : catalogue.model.services.filter((one) => hosts.some((host) => host(one)))
  const of = pods.flatMap((service) => podsBehind(service) ?? [])
  const made: EndMatch | null = of.length === 0 ? null : { is: 'some', of }
  found.set(catalogue, made)
  return made
}

/** Whether a rule is about a Service, where it says anything but ISTIO_MUTUAL of TLS. */
function plainHost(object: ModelObject): readonly ((service: ModelService) => boolean)[] {
  const spec = field(readerOf(object), 'spec')
  const policies = [spec, ...(itemsAt(field(spec, 'subsets')) ?? [])].map((at) => field(at, 'trafficPolicy'))
  const settings = policies.flatMap((at) => [at, ...(itemsAt(field(at, 'portLevelSettings')) ?? [])])
  if (!settings.some(isPlain)) return []
  const { namespace } = refOf(object, 'DestinationRule', true)
  const host = textAt(field(spec, 'host')) ?? ''
  return [(service) => isHost(host, service, namespace ?? '')]
}

function isPlain(at: Reader): boolean {
  const mode = textAt(field(field(at, 'tls'), 'mode'))
  return mode !== null && mode !== 'ISTIO_MUTUAL'
}

/** A short name is of the rule's namespace; `*` stands for any first part. */
function isHost(host: string, { namespace, name }: ModelService, home: string): boolean {
  const full = `${name}.${namespace}.svc.cluster.local`
  if (host.startsWith('*')) return full.endsWith(host.slice(1))
  return host.includes('.') ? `${full}.`.startsWith(`${host}.`) : host === name && namespace === home
}
