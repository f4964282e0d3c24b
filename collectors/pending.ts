import type { Certificate, Readings, TunnelReading } from '@/core/encryption/ground'
import type { FlowRecord, Gap, Observation } from '@/core/observation'
import type { WriteBatch } from '@/server/db/telemetry'
import { createAggregate, type Placed } from './aggregate'
import type { Resolver } from './resolve'
import { createSeenKeys } from './seen'
import type { Batch, Checkpoint } from './source'

export type Limits = {
  readonly maxEdges: number
  /** Raw records kept for each second of their time; denied ones are kept beyond it. */
  readonly maxRecordsPerSecond: number
  /** Observations older than this many milliseconds are refused: their buckets are gone. */
  readonly maxAgeMs: number
}

/** What was read and not yet written. It becomes one write. */
export type Pending = {
  add(batch: Batch, now: number): void
  addGap(gap: Gap): void
  /** All that is pending as one write, or null when there is nothing to say. */
  take(): PendingWrite | null
  /** Rows, records and keys held. */
  readonly size: number
}

export type PendingWrite = Pick<
  WriteBatch,
  'buckets' | 'operations' | 'records' | 'gaps' | 'seen' | 'readings' | 'checkpoint'
> & {
  readonly received: number
  readonly malformed: number
  readonly lastEventAt: number | null
  readonly toldUntil: number | null
  readonly facts: Readonly<Record<string, string | number>> | null
}

const maxFutureMs = 5 * 60_000

/** Folds batches of one source; replays are absorbed by key. `known`: keys that were counted before a restart. */
export function createPending(source: string, resolver: Resolver, limits: Limits, known: Iterable<bigint>): Pending {
  const aggregate = createAggregate(source, limits.maxEdges)
  const seenKeys = createSeenKeys(known)
  const budget = createBudget(limits.maxRecordsPerSecond)
  let records: WriteBatch['records'][number][] = []
  let gaps: Gap[] = []
  let seen: bigint[] = []
  const readings = createPendingReadings()
  let checkpoint: Checkpoint | null = null
  let facts: Record<string, string | number> | null = null
  let received = 0
  let malformed = 0
  let lastEventAt: number | null = null
  let toldUntil: number | null = null
  let refused = 0
  let notKept = 0

  const addObservation = (o: Observation, now: number) => {
    if (o.time < now - limits.maxAgeMs || o.time > now + maxFutureMs || !Number.isFinite(o.time)) {
      facts = { ...facts, 'records out of time': ++refused }
      return
    }
    if (!seenKeys.add(o.key, o.time)) return
    seen.push(o.key)
    lastEventAt = Math.max(lastEventAt ?? 0, o.time + (o.spanMs ?? 0))
    const { from, to, port, hop } = resolver.resolveCall(o)
    const placed = aggregate.add(port === o.port ? o : { ...o, port }, from, to, hop)
    if (!o.record) return
    if (budget.take(o.time) || o.verdict === 'denied') records.push(recordRow(o, o.record(), placed))
    else facts = { ...facts, 'raw records not kept': ++notKept }
  }

  return {
    get size() {
      return aggregate.rows + records.length + seen.length + gaps.length + readings.size
    },
    add(batch, now) {
      for (const observation of batch.observations) addObservation(observation, now)
      gaps.push(...batch.gaps)
      received += batch.observations.length
      malformed += batch.malformed
      checkpoint = batch.checkpoint ?? checkpoint
      if (batch.toldUntil !== undefined) toldUntil = Math.max(toldUntil ?? 0, batch.toldUntil)
      if (batch.readings) readings.add(batch.readings)
      if (batch.facts) facts = { ...facts, ...batch.facts }
    },
    addGap(gap) {
      gaps.push(gap)
    },
    take() {
      if (seen.length + gaps.length + readings.size + malformed === 0 && !facts && !checkpoint && toldUntil === null)
        return null
      const write = {
        ...aggregate.take(),
        records,
        gaps,
        seen,
        readings: readings.take(),
        checkpoint,
        received,
        malformed,
        lastEventAt,
        toldUntil,
        facts,
      }
      records = []
      gaps = []
      seen = []
      checkpoint = null
      facts = null
      toldUntil = null
      received = 0
      malformed = 0
      return write
    },
  }
}

export const recordRow = (o: Observation, record: FlowRecord, placed: Placed): WriteBatch['records'][number] => ({
  time: o.time,
  key: o.key,
  edge: placed.edge,
  facet: placed.facet,
  shape: record.shape,
  sourcePort: record.sourcePort,
  status: record.status ?? null,
  latencyMs: o.type === 'request' && typeof o.latency === 'number' ? o.latency : null,
  summary: record.summary,
  detail: record.detail,
})

/** The newest reading of each subject. */
function createPendingReadings() {
  let tunnels = new Map<string, TunnelReading>()
  let certificates = new Map<string, Certificate>()
  return {
    get size() {
      return tunnels.size + certificates.size
    },
    add(read: Readings): void {
      for (const each of read.tunnels) tunnels.set(JSON.stringify([each.cluster, each.node, each.peerKey]), each)
      for (const each of read.certificates) {
        const { cluster, mesh, level, namespace, subject, notAfter } = each
        certificates.set(JSON.stringify([cluster, mesh, level, namespace, subject, notAfter]), each)
      }
    },
    take(): Readings {
      const taken = { tunnels: [...tunnels.values()], certificates: [...certificates.values()] }
      tunnels = new Map()
      certificates = new Map()
      return taken
    },
  }
}

/** A budget of n records for each second of their own time, so that a backlog read at once is kept like live traffic. */
function createBudget(perSecond: number) {
  const kept = new Map<number, number>()
  return {
    take(time: number): boolean {
      const second = Math.floor(time / 1000)
      const n = kept.get(second) ?? 0
      if (n >= perSecond) return false
      if (n === 0 && kept.size >= maxSeconds) kept.delete(kept.keys().next().value ?? second)
      kept.set(second, n + 1)
      return true
    },
  }
}
const maxSeconds = 1_000
