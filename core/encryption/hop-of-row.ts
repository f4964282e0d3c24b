import { type Hop, hops } from '../verdict'
import type { EdgeRow } from '../world'
import type { WayKind } from './join-layers'

/** The way between nodes that a row was counted on; `unknown` where it does not say. */
export const hopOfRow = ({ facet }: Pick<EdgeRow, 'facet'>): Hop =>
  ('hop' in facet && hops.find((hop) => hop === facet.hop)) || 'unknown'

/** The same as a kind of way. Packets that were seen encrypted speak before the placement. */
export function wayOfRow(row: Pick<EdgeRow, 'facet'>): WayKind {
  if (isSeenInTunnel(row)) return 'tunnel'
  const hop = hopOfRow(row)
  return hop === 'wireguard' || hop === 'ipsec' ? 'tunnel' : hop
}

/** Did somebody see these packets encrypted, rather than conclude it from keys? */
export const isSeenInTunnel = ({ facet: { encryption } }: Pick<EdgeRow, 'facet'>): boolean =>
  encryption === 'tunnel' || encryption === 'wireguard' || encryption === 'ipsec'
