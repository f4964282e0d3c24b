import { Counter, Gauge, Registry } from 'prom-client'

/** Prometheus metrics of the collector itself; labels are source instances, never telemetry. */
export const collectorRegistry = new Registry()
const registers = [collectorRegistry]

export const recordsRead = new Counter({
  name: 'oriel_source_records_total',
  help: 'Records read from a source.',
  labelNames: ['source'],
  registers,
})
export const recordsMalformed = new Counter({
  name: 'oriel_source_malformed_total',
  help: 'Records that could not be read.',
  labelNames: ['source'],
  registers,
})
export const rowsWritten = new Counter({
  name: 'oriel_bucket_rows_total',
  help: 'Bucket rows written.',
  labelNames: ['source'],
  registers,
})
export const flushSeconds = new Counter({
  name: 'oriel_flush_seconds_total',
  help: 'Time spent writing.',
  labelNames: ['source'],
  registers,
})
export const sourceUp = new Gauge({
  name: 'oriel_source_up',
  help: '1 while records or heartbeats come.',
  labelNames: ['source'],
  registers,
})
export const lastWritten = new Gauge({
  name: 'oriel_source_written_timestamp_seconds',
  help: 'When what a source told was last written; it stands still while the database is away.',
  labelNames: ['source'],
  registers,
})
