import type { EdgeRow } from '../world'
import type { WayKind } from './join-layers'

/** The way between nodes that a row was counted on. Packets that were seen encrypted speak before the placement. */
export function wayOfRow(row: Pick<EdgeRow, 'facet'>): WayKind {
  if (isSeenInTunnel(row)) return 'tunnel'
  const { hop } = row.facet
  return hop === 'wireguard' || hop === 'ipsec' ? 'tunnel' : hop
}

/** Did somebody see these packets encrypted, rather than conclude it from keys? */
export const isSeenInTunnel = ({ facet: { encryption } }: Pick<EdgeRow, 'facet'>): boolean =>
  encryption === 'tunnel' || encryption === 'wireguard' || encryption === 'ipsec'
