import type { Edge } from '../world'
import type { ClientIntent, PeerIntent } from './intent'
import type { Seats } from './seats'

/** What Istio is told of an edge, beside what was measured. null: it is told nothing there. */
export type Configured = {
  /** What the callee takes. */
  readonly peer: PeerIntent | null
  /** How callers are told to speak; null also where Istio decides by itself. */
  readonly client: ClientIntent | null
}

/** Is every pod of this end in Istio's mesh? */
export function isInIstio(end: Edge['to'], seats: Seats): boolean {
  const pods = seats.of(end)
  return (
    pods !== null &&
    pods !== 'outside' &&
    pods.length > 0 &&
    pods.every(({ proxy }) => proxy !== 'none' && proxy !== 'linkerd')
  )
}

export function configuredOf({ from, to, port }: Pick<Edge, 'from' | 'to' | 'port'>, seats: Seats): Configured {
  const { intents, labelsOf, servicesOf } = seats
  return {
    peer: isInIstio(to, seats) ? intents.peer(to, labelsOf(to), port) : null,
    client: isInIstio(from, seats) ? intents.client(from.namespace, to, servicesOf(to), port) : null,
  }
}
