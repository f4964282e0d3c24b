import { createServer } from 'node:http'
import { isMainThread } from 'node:worker_threads'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { ownDatabase } from './database'
import { env } from './env'
import { log } from './log'
import { processWide } from './process-wide'

/** The web process's own metrics, of this thread. Labels are names of views and outcomes only: no tenant's name gets in. */
export const webMetrics = () =>
  processWide('web-metrics', () => {
    const registry = new Registry()
    // Those of the process are told once, whatever its threads.
    if (isMainThread) collectDefaultMetrics({ register: registry })
    if (env().database.url) {
      gaugeOf(registry, 'oriel_database_connections', 'Open database connections.', () => ownDatabase().totalCount)
      gaugeOf(
        registry,
        'oriel_database_waiting',
        'Queries that wait for a connection.',
        () => ownDatabase().waitingCount,
      )
    }
    const registers = [registry]
    return {
      registry,
      requests: new Histogram({
        name: 'oriel_http_request_duration_seconds',
        help: 'Time to answer, by view and status class.',
        labelNames: ['view', 'status'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        registers,
      }),
      loads: new Counter({
        name: 'oriel_answers_total',
        help: 'Answers given, by view and whether they came from the cache.',
        labelNames: ['view', 'cache'],
        registers,
      }),
      auditFailures: new Counter({
        name: 'oriel_audit_failures_total',
        help: 'Events that could not be written to the audit at once. They are in the log, and are tried again.',
        registers,
      }),
      streams: new Gauge({ name: 'oriel_live_streams', help: 'Open live streams.', registers }),
      dropped: new Counter({
        name: 'oriel_live_streams_dropped_total',
        help: 'Live streams ended because their client did not read.',
        registers,
      }),
      listening: new Gauge({
        name: 'oriel_live_listening',
        help: '1 while the process hears of new data from the database.',
        registers,
      }),
    }
  })

/** Registers gauges that are read when scraped: name → function. */
export function gaugeOf(registry: Registry, name: string, help: string, read: () => number): void {
  registry.registerMetric(
    new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read())
      },
    }),
  )
}

/** What /metrics tells: a registry, or several as one. */
export type Scraped = Pick<Registry, 'metrics' | 'contentType'>

/**
 * Serves a registry as Prometheus text at /metrics; 0 takes any free port. Resolves with the port
 * once listening; rejects where it is taken. Collector and web both use it.
 */
export function startMetrics(
  port: number,
  registry: Scraped,
  host = '127.0.0.1',
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (thrown: unknown) => {
        log.error({ error: String(thrown) }, 'metrics failed')
        response.writeHead(500).end()
      },
    )
  })
  server.requestTimeout = 10_000
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      server.unref()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        stop: () => new Promise((done) => server.close(() => done())),
      })
    })
  })
}
