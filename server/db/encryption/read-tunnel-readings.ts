import type { TunnelReading } from '@/core/encryption/ground'
import { databaseError, type Queryable } from '../pool'

const select = `select distinct on (cluster, node, peer_key) cluster, node, peer_key as "peerKey",
extract(epoch from handshake_at)::float8 * 1000 as "handshakeAt", extract(epoch from read_at)::float8 * 1000 as "readAt"
from tunnel_reading where hour > to_timestamp($1::float8 / 1000) - interval '1 day' and read_at <= to_timestamp($1::float8 / 1000)
order by cluster, node, peer_key, hour desc limit 50000`

/** The newest reading of each WireGuard peer at a moment, milliseconds; none of who was not read in the day before. */
export async function readTunnelReadings(database: Queryable, at: number): Promise<TunnelReading[]> {
  const { rows } = await database
    .query<TunnelReading>(select, [at])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
