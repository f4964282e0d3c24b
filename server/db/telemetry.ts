import type { Readings } from '@/core/encryption/ground'
import type { Endpoint } from '@/core/endpoint'
import type { Gap } from '@/core/observation'
import type { Operation, OperationCounters } from '@/core/operations/operation'
import type { Counters, Facet } from '@/core/world'
import type { Protocol } from '@/core/verdict'

/** An edge before it has an id. */
export type EdgeName = {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly port: number
  readonly protocol: Protocol
}

/** Counters to add to one bucket of the finest tier. `bucket`: its start, milliseconds. */
export type BucketRow = Counters & { readonly edge: EdgeName; readonly facet: Facet; readonly bucket: number }

/** The same of one operation: a part of what the bucket row of its edge and facet counts. */
export type OperationBucketRow = OperationCounters & {
  readonly edge: EdgeName
  readonly facet: Facet
  readonly operation: Operation
  readonly bucket: number
}

/** A raw record to keep. `time` in milliseconds with fractions, `shape` as in core FlowRecord. */
export type RecordRow = {
  readonly time: number
  readonly key: bigint
  readonly edge: EdgeName
  readonly facet: Facet
  readonly shape: string
  readonly sourcePort: number
  readonly status: number | null
  readonly latencyMs: number | null
  readonly summary: string
  readonly detail: string
}

/** What one flush of the collector writes, all in one transaction. */
export type WriteBatch = {
  /** Any name that is new for the source. The same batch written again, after an answer that was lost, is absorbed. */
  readonly id: string
  readonly sourceId: string
  /** Fencing token of the lease; the write fails with AppError('conflict') when another collector took over. */
  readonly leaseToken: bigint
  readonly buckets: readonly BucketRow[]
  readonly operations: readonly OperationBucketRow[]
  readonly records: readonly RecordRow[]
  readonly gaps: readonly Gap[]
  /** Dedupe keys counted in this batch. */
  readonly seen: readonly bigint[]
  readonly readings: Readings
  readonly checkpoint: { readonly time: number } | null
  readonly stats: {
    readonly records: number
    readonly malformed: number
    readonly lastEventAt: number | null
    /** Up to when everything is told although nothing happened, milliseconds. */
    readonly toldUntil?: number | null
    readonly rate: number | null
    readonly facts: Readonly<Record<string, string | number>> | null
  }
}
