import type { Edge } from '../world'
import type { MeshProxy } from '../inventory/inventory-object'
import type { IntentName } from './intent-spec'
import type { Seat, Seats } from './seats'

/** Why no mesh can have encrypted an edge, whatever it carried. */
export type Absence =
  | { readonly why: 'outside' | 'host-network' | 'not-meshed'; readonly end: 'caller' | 'callee' | 'both' }
  | { readonly why: 'port-skipped'; readonly end: 'caller' | 'callee' }
  | { readonly why: 'other-mesh' }
  | { readonly why: 'disabled'; readonly kind: 'PeerAuthentication' | 'DestinationRule'; readonly by: IntentName }

type Ends = readonly [caller: boolean, callee: boolean]

/**
 * What is certain of all pods of both ends in the window; null where a mesh may have encrypted, or where an end is
 * not known. The cause that is hardest to mend goes first. O(pods' nodes of both ends).
 */
export function absenceOf(edge: Pick<Edge, 'from' | 'to' | 'port'>, seats: Seats): Absence | null {
  const { from, to, port } = edge
  const [a, b] = [seats.of(from), seats.of(to)]
  const outside: Ends = [a === 'outside', b === 'outside']
  const end = endOf(outside)
  if (end) return { why: 'outside', end }
  const [callers, callees] = [podsOf(a), podsOf(b)]
  const host = endOf([all(callers, isOnHost), all(callees, isOnHost)])
  if (host) return { why: 'host-network', end: host }
  const bare = endOf([all(callers, isBare), all(callees, isBare)])
  if (bare) return { why: 'not-meshed', end: bare }
  if (port > 0 && all(callees, ({ skipsIn }) => skipsIn.includes(port))) return { why: 'port-skipped', end: 'callee' }
  if (port > 0 && all(callers, ({ skipsOut }) => skipsOut.includes(port))) return { why: 'port-skipped', end: 'caller' }
  if (isApart(callers, callees)) return { why: 'other-mesh' }
  return disabled(edge, callers, callees, seats)
}

/** Sidecars of Istio that are told to speak plaintext; ambient knows no such mode. */
function disabled(
  { from, to, port }: Pick<Edge, 'from' | 'to' | 'port'>,
  callers: readonly Seat[],
  callees: readonly Seat[],
  { intents, labelsOf, servicesOf }: Seats,
): Absence | null {
  const rule = all(callers, hasEnvoy) ? intents.client(from.namespace, to, servicesOf(to), port) : null
  if (rule?.mode === 'DISABLE') return { why: 'disabled', kind: 'DestinationRule', by: rule.by }
  const peer = all(callees, hasEnvoy) && rule === null ? intents.peer(to, labelsOf(to), port) : null
  return peer?.mode === 'DISABLE' && peer.by ? { why: 'disabled', kind: 'PeerAuthentication', by: peer.by } : null
}

const podsOf = (seats: ReturnType<Seats['of']>): readonly Seat[] => (seats === null || seats === 'outside' ? [] : seats)

const all = (seats: readonly Seat[], test: (seat: Seat) => boolean): boolean => seats.length > 0 && seats.every(test)

const isOnHost = ({ hostNetwork, proxy }: Seat): boolean => hostNetwork && proxy === 'none'
const hasEnvoy = ({ proxy }: Seat): boolean => proxy === 'sidecar' || proxy === 'gateway'
const isBare = ({ proxy }: Seat): boolean => proxy === 'none'

function endOf([caller, callee]: Ends): 'caller' | 'callee' | 'both' | null {
  if (caller && callee) return 'both'
  return caller ? 'caller' : callee ? 'callee' : null
}

const meshOf = (proxy: MeshProxy): 'istio' | 'linkerd' | null =>
  proxy === 'none' ? null : proxy === 'linkerd' ? 'linkerd' : 'istio'

/** Two meshes know nothing of each other's identities. */
function isApart(callers: readonly Seat[], callees: readonly Seat[]): boolean {
  const known = new Set(callers.map(({ proxy }) => meshOf(proxy)))
  return callers.length > 0 && callees.length > 0 && callees.every(({ proxy }) => !known.has(meshOf(proxy)))
}
