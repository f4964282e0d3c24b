import { classifyEdge } from '@/core/encryption/classify-edge'
import { seatsOf } from '@/core/encryption/seats'
import { noCounters } from '@/core/figures/counters'
import type { Observation } from '@/core/observation'
import type { EdgeRow } from '@/core/world'
import { edge, external } from '@/core/world-fixture'

const rowOf = (o: Observation): EdgeRow => ({
  facet: {
    source: `prometheus:${o.family}`,
    reporter: o.reporter,
    verdict: o.verdict,
    reason: o.reason,
    l7: o.type === 'request' ? o.l7 : 'none',
    encryption: o.encryption,
    hop: 'unknown',
  },
  ...noCounters,
  ...(o.type === 'request'
    ? { requests: o.requests, responses: o.responses }
    : { connections: o.connections ?? null, bytesSent: o.bytesSent ?? null, bytesReceived: o.bytesReceived ?? null }),
})

/** What protected these observations, were they all of one edge. */
export const classifyAll = (observations: readonly Observation[], port = 8080) =>
  classifyEdge(
    edge({ ...external('a'), kind: 'Pod' }, { ...external('b'), kind: 'Pod' }, observations.map(rowOf), { port }),
    seatsOf({ inventory: [] }),
    null,
  )
