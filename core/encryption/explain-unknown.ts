import { type Endpoint, endpointType } from '../endpoint'
import type { UnknownCause } from './causes'
import type { Counted } from './cover-rows'
import type { UnknownEdge } from './encryption-answer'
import type { Seats } from './seats'

const words: Readonly<Record<UnknownCause, string>> = {
  'nobody-tells': 'both ends are meshed, but no proxy tells of it',
  'way-unknown': 'not known between which nodes it went',
  'way-mixed': 'its pods are on several nodes; not told which ones spoke',
  'host-network':
    'an end is on the network of its node, and no setting that is read tells whether the tunnel takes that',
  'part-unseen': 'who tells of it saw a part only',
  'other-unit': 'some of it is encrypted; not told how much in this unit',
  'end-unknown': 'one end is not known',
}

/** Why a part of an edge has no class: the first of these that holds. */
export function explainUnknown({ each, evidence }: Counted, seats: Seats): Pick<UnknownEdge, 'cause' | 'why'> {
  const cause = causeOf({ each, evidence }, seats)
  return { cause, why: words[cause] }
}

function causeOf({ each, evidence }: Counted, seats: Seats): UnknownCause {
  const { from, to } = each.worldEdge.edge
  if (endpointType(from) === 'unknown' || endpointType(to) === 'unknown') return 'end-unknown'
  const { identity, way } = evidence
  const { unknown: untold = 0 } = identity.shares
  if (untold > 0 && untold < 1) return 'part-unseen'
  const told = each.worldEdge.rows.some(({ facet }) => facet.encryption === 'mtls' || facet.encryption === 'tls')
  if (untold > 0 && told) return 'other-unit'
  if ((way.shares.unknown ?? 0) > 0) {
    const { expected } = each.placed
    if (isOnKeyedHost(from, seats) || isOnKeyedHost(to, seats)) return 'host-network'
    if (!expected || (expected.unknown ?? 0) > 0) return 'way-unknown'
    return 'way-mixed'
  }
  return untold > 0 && seats.of(from) && seats.of(to) ? 'nobody-tells' : 'way-mixed'
}

/** Is a pod of it, or it itself, on the network of a node of which the keys are known? */
function isOnKeyedHost(endpoint: Endpoint, { of, keysOf }: Seats): boolean {
  const seats = of(endpoint)
  if (seats === null || seats === 'outside') return false
  return seats.some(({ hostNetwork, cluster, node }) => hostNetwork && keysOf(cluster, node) !== null)
}
