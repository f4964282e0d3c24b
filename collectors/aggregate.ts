import { noCounters } from '@/core/figures/counters'
import type { Endpoint } from '@/core/endpoint'
import type { Answers, Observation, RequestObservation } from '@/core/observation'
import type { Operation } from '@/core/operations/operation'
import { type Counts, addLatency, encodeSketch, mergeSketch } from '@/core/figures/sketch'
import { floorTo, tierMs } from '@/core/time'
import { families, sourceLabel } from '@/core/figures/family'
import type { Facet } from '@/core/world'
import { encryptionEvidences, type Hop, hops, l7Protocols, reporters, verdicts } from '@/core/verdict'
import type { BucketRow, EdgeName, OperationBucketRow } from '@/server/db/telemetry'
import { type Callee, createOperations } from './operations'
import { spread } from './spread'

export type Aggregate = {
  /** `hop`: the way between the nodes of both ends. */
  add(observation: Observation, from: Endpoint, to: Endpoint, hop?: Hop): Placed
  /** Rows since the last take; the aggregate is empty afterwards. `operations`: of those requests of the rows that tell what was asked or answered. */
  take(): { readonly buckets: BucketRow[]; readonly operations: OperationBucketRow[] }
  /** Rows held now. */
  readonly rows: number
}

/** The edge and facet that an observation was counted under, for its raw record. */
export type Placed = { readonly edge: EdgeName; readonly facet: Facet }

type Sums = {
  -readonly [
    K in
      | 'flows'
      | 'connections'
      | 'connectionSeconds'
      | 'bytesSent'
      | 'bytesReceived'
      | 'requests'
      | 'responses'
      | 'clientErrors'
      | 'serverErrors'
  ]: number | null
}
type OperationSums = Record<'requests' | 'responses' | 'clientErrors' | 'serverErrors', number> & {
  readonly latency: Counts
}
type Row = Placed &
  Sums & {
    readonly bucket: number
    readonly latency: Counts
    operations: Map<Operation, OperationSums> | null
  }
type EdgeEntry = { readonly edge: EdgeName; readonly rows: Map<number, Row>; callee: Callee | null }

/**
 * Folds observations into buckets of the finest tier. Memory grows with active edges, not with
 * flows; past `maxEdges` new ones are counted together under one `Unknown/other` pair per cluster,
 * so totals stay right.
 */
export function createAggregate(source: string, maxEdges: number): Aggregate {
  const facets = createFacets(source)
  const ids = createIds()
  const operations = createOperations()
  let edges = new Map<string, EdgeEntry>()
  let rows = 0

  const entryOf = (observation: Observation, from: Endpoint, to: Endpoint): EdgeEntry => {
    const key = `${ids.of(from)},${ids.of(to)},${observation.port},${observation.protocol}`
    const known = edges.get(key)
    if (known) return known
    if (edges.size >= maxEdges && from.kind !== 'Unknown') {
      return entryOf({ ...observation, port: 0 }, ids.other(from.cluster), ids.other(to.cluster))
    }
    const entry = {
      edge: { from, to, port: observation.port, protocol: observation.protocol },
      rows: new Map(),
      callee: null,
    }
    edges.set(key, entry)
    return entry
  }

  const rowOf = (observation: Observation, entry: EdgeEntry, hop: Hop): Row => {
    const facet = facets.of(observation, hop)
    const bucket = floorTo(observation.time, tierMs['10s'])
    // Buckets since 1970 stay below 2^28 for centuries and facets below 2^24: the key is exact.
    const key = facet.id * 2 ** 28 + bucket / tierMs['10s']
    let row = entry.rows.get(key)
    if (!row) {
      row = { edge: entry.edge, facet: facet.facet, bucket, ...noCounters, latency: new Map(), operations: null }
      entry.rows.set(key, row)
      rows++
    }
    return row
  }

  const countOperations = (entry: EdgeEntry, row: Row, o: RequestObservation) => {
    const { from, to, port } = entry.edge
    const callee = (entry.callee ??= operations.of(from, to, port, o.l7 === 'dns'))
    if (!o.answers) countOperation(callee, row, o, o.time)
    else for (const answer of o.answers) countOperation(callee, row, answer, o.time)
  }

  const countOperation = (callee: Callee, row: Row, answer: Answers | RequestObservation, time: number) => {
    const operation = callee.operationOf(answer, time)
    if (!operation) return
    row.operations ??= new Map()
    let sums = row.operations.get(operation)
    if (!sums) {
      sums = { requests: 0, responses: 0, clientErrors: 0, serverErrors: 0, latency: new Map() }
      row.operations.set(operation, sums)
      rows++
    }
    countAnswers(sums, answer)
  }

  const countAll = (entry: EdgeEntry, observation: Observation, hop: Hop): Row => {
    const row = rowOf(observation, entry, hop)
    count(row, observation)
    if (observation.type === 'request') countOperations(entry, row, observation)
    return row
  }

  return {
    get rows() {
      return rows
    },
    add(observation, from, to, hop = 'unknown') {
      const entry = entryOf(observation, from, to)
      if (!observation.counts) return rowOf(observation, entry, hop)
      if (observation.spanMs === undefined) return countAll(entry, observation, hop)
      let placed: Placed | undefined
      for (const part of spread(observation)) {
        const row = countAll(entry, part, hop)
        placed ??= row
      }
      return placed ?? rowOf(observation, entry, hop)
    },
    take() {
      const buckets: BucketRow[] = []
      const operationRows: OperationBucketRow[] = []
      for (const entry of edges.values()) {
        for (const row of entry.rows.values()) {
          const { operations: ofRow, ...own } = row
          if (hasFigures(row)) buckets.push({ ...own, latency: sketchOf(row) })
          const { edge, facet, bucket } = row
          for (const [operation, sums] of ofRow ?? [])
            operationRows.push({ ...sums, edge, facet, bucket, operation, latency: sketchOf(sums) })
        }
      }
      edges = new Map()
      rows = 0
      return { buckets, operations: operationRows }
    },
  }
}

function count(row: Row, observation: Observation): void {
  if (observation.type === 'flow') {
    row.flows = plus(row.flows, observation.flows)
    row.connections = plus(row.connections, observation.connections)
    row.connectionSeconds = plus(row.connectionSeconds, observation.connectionSeconds)
    row.bytesSent = plus(row.bytesSent, observation.bytesSent)
    row.bytesReceived = plus(row.bytesReceived, observation.bytesReceived)
    return
  }
  row.requests = (row.requests ?? 0) + observation.requests
  row.responses = (row.responses ?? 0) + observation.responses
  row.clientErrors = (row.clientErrors ?? 0) + observation.clientErrors
  row.serverErrors = (row.serverErrors ?? 0) + observation.serverErrors
  countLatency(row.latency, observation.latency)
}

function countAnswers(sums: OperationSums, answers: Answers | RequestObservation): void {
  sums.requests += answers.requests
  sums.responses += answers.responses
  sums.clientErrors += answers.clientErrors
  sums.serverErrors += answers.serverErrors
  countLatency(sums.latency, answers.latency)
}

function countLatency(counts: Counts, latency: RequestObservation['latency']): void {
  if (typeof latency === 'number') addLatency(counts, latency)
  else if (latency) mergeSketch(counts, latency)
}

const plus = (sum: number | null, value: number | undefined) => (value === undefined ? sum : (sum ?? 0) + value)
const hasFigures = (row: Row) =>
  row.flows !== null ||
  row.requests !== null ||
  row.bytesSent !== null ||
  row.bytesReceived !== null ||
  row.connectionSeconds !== null
const sketchOf = (row: { readonly latency: Counts }) => (row.latency.size > 0 ? encodeSketch(row.latency) : null)

/** What an observation of this source is counted as. */
export function facetOf(source: string, o: Observation, hop: Hop): Facet {
  const { reporter, verdict, reason, encryption } = o
  const l7 = o.type === 'request' ? o.l7 : 'none'
  return { source: sourceLabel(source, o.family), reporter, verdict, reason, l7, encryption, hop }
}

const familyNames = Object.keys(families)

/** Facets by a number made of their closed parts and an id for the open one, so that finding one builds no string. */
function createFacets(source: string) {
  const known = new Map<number, { id: number; facet: Facet }>()
  const reasons = new Map<string, number>()
  const maxReasons = 1_000

  const reasonId = (reason: string): number => {
    const id = reasons.get(reason)
    if (id !== undefined) return id
    if (reasons.size >= maxReasons) return reason === 'other' ? maxReasons : reasonId('other')
    reasons.set(reason, reasons.size)
    return reasons.size - 1
  }

  return {
    of(o: Observation, hop: Hop): { readonly id: number; readonly facet: Facet } {
      const l7 = o.type === 'request' ? o.l7 : 'none'
      let parts = reasonId(o.reason) * 16 + (o.family === undefined ? 0 : 1 + familyNames.indexOf(o.family))
      parts = parts * 8 + reporters.indexOf(o.reporter)
      parts = parts * 8 + verdicts.indexOf(o.verdict)
      parts = parts * 8 + l7Protocols.indexOf(l7)
      parts = parts * 8 + encryptionEvidences.indexOf(o.encryption)
      parts = parts * 8 + hops.indexOf(hop)
      let entry = known.get(parts)
      if (!entry) {
        entry = { id: known.size, facet: facetOf(source, o, hop) }
        known.set(parts, entry)
      }
      return entry
    },
  }
}

/** Numbers for endpoint objects; the resolver gives equal endpoints as one object. */
function createIds() {
  let next = 0
  const ids = new WeakMap<Endpoint, number>()
  const others = new Map<string, Endpoint>()
  return {
    of(endpoint: Endpoint): number {
      let id = ids.get(endpoint)
      if (id === undefined) ids.set(endpoint, (id = next++))
      return id
    },
    other(cluster: string): Endpoint {
      let other = others.get(cluster)
      if (!other) others.set(cluster, (other = { cluster, namespace: '', kind: 'Unknown', name: 'other' }))
      return other
    },
  }
}
