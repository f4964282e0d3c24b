import { parseAddress } from '../../cidr'
import type { ModelCatalogue } from '../catalogue'
import type { End } from '../decision'
import type { Workload } from '../model'
import type { Direction } from '../normal-form'
import type { SuggestionFormat } from './formats/format'
import type { LeftOutReason } from './suggestion'
import { namesOf, type UsableFlow } from './usable-flows'

/** Names are what somebody sent; an object with another one would be refused. */
const isDomainName = (name: string) => name.length <= 253 && /^[-\w]+(?:\.[-\w]+)*\.?$/.test(name)

/** What one side of a connection needs: that its policy names the other end, or one address of it. */
export type Claim = {
  readonly flow: UsableFlow
  readonly direction: Direction
  readonly own: Workload
  readonly end: End
  readonly by: NamedBy
}

/** exact: an address that is not put together with others. */
export type NamedBy =
  | { readonly what: 'pods' | 'identity'; readonly workload: Workload }
  | { readonly what: 'outside' | 'exact'; readonly address: string }
  | { readonly what: 'names'; readonly address: string; readonly names: readonly string[] }
  | { readonly what: 'entity'; readonly entity: 'nodes' | 'kube-apiserver' }

/** The claims of one side; a reason where the format has no words for its ends. */
export function claimsOf(
  flow: UsableFlow,
  direction: Direction,
  own: Workload,
  format: SuggestionFormat,
  catalogue: ModelCatalogue,
): readonly Claim[] | LeftOutReason {
  if (own.hostNetwork) return 'host-network'
  const end = direction === 'ingress' ? flow.flow.from : flow.flow.to
  const all = namings(end, direction, own, format, catalogue)
  return typeof all === 'string' ? all : all.map((by) => ({ flow, direction, own, end, by }))
}

function namings(
  end: End,
  direction: Direction,
  own: Workload,
  { words }: SuggestionFormat,
  catalogue: ModelCatalogue,
): readonly NamedBy[] | LeftOutReason {
  if (words.pods === 'identity') {
    const proven = end.type === 'workload' && end.workload.mesh === 'istio' && own.mesh === 'istio'
    return proven ? [{ what: 'identity', workload: end.workload }] : 'no-identity'
  }
  if (end.type === 'workload' && !end.workload.hostNetwork) return [{ what: 'pods', workload: end.workload }]
  if (end.type !== 'external') {
    if (words.nodes === 'entity') return [{ what: 'entity', entity: 'nodes' }]
    const addresses = end.type === 'node' ? end.addresses : end.workload.ips
    return addresses.length === 0 || !addresses.every(parseAddress)
      ? 'no-address'
      : addresses.map((address) => ({ what: 'exact', address }))
  }
  const { address } = end
  if (catalogue.apiServer?.has(address))
    return [words.nodes === 'entity' ? { what: 'entity', entity: 'kube-apiserver' } : { what: 'exact', address }]
  const names = namesOf(end).filter(isDomainName)
  if (words.names && direction === 'egress' && names.length > 0) return [{ what: 'names', address, names }]
  return parseAddress(address) === null ? 'no-address' : [{ what: 'outside', address }]
}
