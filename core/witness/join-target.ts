import type { Edge, WorldEdge } from '../world'

/** Ports on which proxies talk with one another: Istio's HBONE, Linkerd's inbound. */
const tunnelPorts: ReadonlySet<number> = new Set([15_008, 4_143])

export const isTunnel = ({ port, protocol }: Edge): boolean => protocol === 'tcp' && tunnelPorts.has(port)

/** An edge of which its source did not tell the port. */
export const isPortless = ({ port, protocol }: Edge): boolean =>
  port === 0 && (protocol === 'tcp' || protocol === 'unknown')

/**
 * The edge of the same pair of ends that this one is the same traffic as; null where it stands for
 * itself or it cannot be told which one. With several ports the application protocol may decide.
 */
export function joinTarget(each: WorldEdge, pair: readonly WorldEdge[]): WorldEdge | null {
  const tunnel = isTunnel(each.edge)
  if (!tunnel && !isPortless(each.edge)) return null
  const real = pair.filter(({ edge }) => edge.protocol === 'tcp' && !isTunnel(edge) && !isPortless(edge))
  const candidates = tunnel && real.length === 0 ? pair.filter(({ edge }) => isPortless(edge)) : real
  if (candidates.length <= 1) return candidates[0] ?? null
  const l7 = speaks(each)
  const alike = l7.size === 0 ? [] : candidates.filter((other) => [...speaks(other)].some((one) => l7.has(one)))
  return alike.length === 1 ? (alike[0] ?? null) : null
}

const speaks = ({ rows }: WorldEdge): ReadonlySet<string> =>
  new Set(rows.map(({ facet }) => facet.l7).filter((l7) => l7 !== 'none'))
