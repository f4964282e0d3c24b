import type { Counters } from '../world'

/** Counters of which nothing is known yet. */
export const noCounters: Counters = {
  flows: null,
  connections: null,
  connectionSeconds: null,
  bytesSent: null,
  bytesReceived: null,
  requests: null,
  responses: null,
  clientErrors: null,
  serverErrors: null,
  latency: null,
}
