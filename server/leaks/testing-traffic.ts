import { noCounters } from '@/core/figures/counters'
import type { Facet } from '@/core/world'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { batchOf, bucketRow, facetOf, leasedSource, recordRow, sketchOf } from '@/server/db/test-batches'
import type { TestDatabase } from '@/server/db/testing'
import type { EdgeName } from '@/server/db/telemetry'
import { writeBatch } from '@/server/db/write-batch'
import { writeRecording } from '@/server/db/recordings/write-recording'
import { writeSourceState } from '@/server/db/sources/write-source-state'
import {
  dnsServer,
  edge,
  external,
  far,
  ip,
  now,
  otherTeam,
  recordKey,
  recordTime,
  type Team,
  teams,
  trace,
  workload,
} from './testing-teams'

type Told = { readonly edge: EdgeName; readonly facet: Facet; readonly op: string; readonly summary: string }

/** What passes because of a team: the last four between it and the other. A path is of who serves it. */
function toldOf(team: Team): readonly Told[] {
  const other = otherTeam(team)
  const [web, pay] = [workload(team, 'web'), workload(team, 'pay')]
  const plain = facetOf({ encryption: 'plaintext', hop: 'open' })
  const denied = facetOf({ l7: 'none', verdict: 'denied', reason: `policy ${team}-deny` })
  const spans = facetOf({ source: 'otlp', reporter: 'destination' })
  return [
    { edge: edge(web, pay, 8080), facet: plain, op: `GET /${team}/orders`, summary: `GET /${team}/orders` },
    { edge: edge(web, pay, 8080), facet: spans, op: `GET /${team}/orders`, summary: `GET /${team}/traced` },
    {
      edge: edge(web, external(`api.${team}.example`), 443),
      facet: facetOf(),
      op: `GET /${team}/out`,
      summary: `GET /${team}/out`,
    },
    {
      edge: edge(web, dnsServer, 53),
      facet: facetOf({ l7: 'dns' }),
      op: `${team}-db.internal`,
      summary: `A ${team}-db.internal`,
    },
    {
      edge: edge(web, workload(team, 'dns'), 53),
      facet: facetOf({ l7: 'dns' }),
      op: `${team}-own.internal`,
      summary: `A ${team}-own.internal`,
    },
    { edge: edge(far(team), far(team), 9000), facet: facetOf(), op: `GET /${team}/far`, summary: `GET /${team}/far` },
    { edge: edge(pay, web, 81), facet: denied, op: '', summary: `${team} was denied` },
    {
      edge: edge(web, workload(other, 'pay'), 8080),
      facet: plain,
      op: `GET /${other}/charge`,
      summary: `GET /${other}/charge for ${team}`,
    },
    {
      edge: edge(web, workload(other, 'pay'), 8080),
      facet: spans,
      op: `GET /${other}/charge`,
      summary: `GET /${other}/charge for ${team}`,
    },
    {
      edge: edge(web, workload(other, 'web'), 82),
      facet: { ...denied, reason: `policies ${team}-deny and ${other}-deny` },
      op: '',
      summary: `${team} and ${other}`,
    },
    {
      edge: edge(pay, workload(other, 'dns'), 53),
      facet: facetOf({ l7: 'dns' }),
      op: `${team}-secret.internal`,
      summary: `A ${team}-secret.internal`,
    },
  ]
}

const counters = { requests: 60, responses: 60, clientErrors: 0, serverErrors: 30, latency: sketchOf(20, 900) }

/** Traffic within each team and between them, with records, gaps and readings. */
export async function writeTraffic(db: TestDatabase): Promise<void> {
  const token = await leasedSource(db.pool, 'hubble')
  const dictionaries = createDictionaries(db.pool)
  for (const team of teams) {
    const told = toldOf(team)
    const shape = JSON.stringify({ node: `${team}-node`, source: { labels: [`owner=${team}`] } })
    const detail = JSON.stringify({ trace_id: trace(team), ip: ip(team, 1), policies: `${team}-deny` })
    await writeBatch(
      db.pool,
      dictionaries,
      batchOf('hubble', token, {
        // Twice: a window and the one before it have the same.
        buckets: [60_000, 20 * 60_000].flatMap((ago) =>
          told.map(({ edge: of, facet }) => {
            const counts = facet.l7 === 'none' ? { flows: 9 } : counters
            return bucketRow(now - ago, counts, of, facet)
          }),
        ),
        operations: told.flatMap(({ edge: of, facet, op }) =>
          op === ''
            ? []
            : [{ ...counters, edge: of, facet, bucket: now - 60_000, operation: { name: op, code: '500', flags: '' } }],
        ),
        records: told.map(({ edge: of, facet, summary }, n) =>
          recordRow(recordTime(n), recordKey(team, n), {
            edge: of,
            facet,
            summary,
            shape,
            detail,
            status: facet.l7 === 'dns' ? 3 : 500,
            latencyMs: 900,
          }),
        ),
        gaps: [
          {
            cluster: 'demo',
            from: now - 400_000,
            to: now - 390_000,
            cause: 'source_down',
            lost: null,
            part: `${team}-node`,
          },
        ],
        readings: {
          tunnels: [
            { cluster: 'demo', node: `${team}-node`, peerKey: `${team}-key`, handshakeAt: now - 1_000, readAt: now },
          ],
          certificates: [
            {
              cluster: 'demo',
              mesh: 'istio',
              level: 'workload',
              subject: `${team}-pay-1`,
              namespace: `${team}-shop`,
              notBefore: null,
              notAfter: now + 3_600_000,
              readAt: now,
            },
          ],
        },
        stats: { records: told.length, malformed: 0, lastEventAt: now, rate: 1, facts: { [`nodes of ${team}`]: 1 } },
      }),
    )
  }
  await writeSourceState(db.pool, 'hubble', 'retrying', 'cannot reach amber-node and birch-node')
}

/** A recording of each team. */
export async function writeRecordings(db: TestDatabase): Promise<void> {
  for (const team of teams) {
    const { rows } = await db.pool.query<{ id: number }>(
      `insert into recording (name, source_type, cluster) values ($1, 'hubble', 'demo') returning id`,
      [`capture of ${team}`],
    )
    const record = recordRow(now - 86_400_000, recordKey(team, 90), {
      edge: edge(workload(team, 'web'), workload(team, 'pay'), 8080),
    })
    const counts = [{ ...noCounters, bucket: now - 86_400_000, requests: 1 }]
    await writeRecording(db.pool, createDictionaries(db.pool), rows[0]?.id ?? 0, [{ record, counts, operations: [] }])
  }
}
