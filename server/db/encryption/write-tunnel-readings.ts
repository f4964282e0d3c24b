import type { TunnelReading } from '@/core/encryption/ground'
import { floorTo } from '@/core/time'
import { clean } from '../clean'
import type { Queryable } from '../pool'

const upsert = `insert into tunnel_reading (cluster, node, peer_key, hour, handshake_at, read_at)
select cluster, node, peer_key, to_timestamp(hour / 1000), to_timestamp(handshake / 1000), to_timestamp(read / 1000)
from unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::float8[]) as k (cluster, node, peer_key, hour, handshake, read)
order by cluster, node, peer_key, hour
on conflict (cluster, node, peer_key, hour) do update set handshake_at = excluded.handshake_at, read_at = excluded.read_at
where excluded.read_at >= tunnel_reading.read_at`

const hourMs = 3_600_000

/** Keeps readings of WireGuard peers, of each hour the newest. At most one of a peer in a call. */
export async function writeTunnelReadings(database: Queryable, readings: readonly TunnelReading[]): Promise<void> {
  if (readings.length === 0) return
  await database.query(upsert, [
    readings.map(({ cluster }) => clean(cluster)),
    readings.map(({ node }) => clean(node)),
    readings.map(({ peerKey }) => clean(peerKey)),
    readings.map(({ readAt }) => floorTo(readAt, hourMs)),
    readings.map(({ handshakeAt }) => handshakeAt),
    readings.map(({ readAt }) => readAt),
  ])
}
