import type { FlowRow } from './flow-row'
import type { ToolLink } from '../links/link-template'

/** A request that was traced: one worth looking at, because it failed or took long. */
export type SampleTrace = Pick<FlowRow, 'time' | 'from' | 'summary' | 'latencyMs' | 'status' | 'l7'> & {
  /** Id of the record. */
  readonly id: string
  readonly traceId: string
  readonly failed: boolean
  readonly links: readonly ToolLink[]
}

/** gRPC's codes that are blamed on the callee: UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, and from UNIMPLEMENTED to DATA_LOSS. */
const grpcFailures: ReadonlySet<number> = new Set([2, 4, 8, 10, 12, 13, 14, 15])

/** Whether a record is of an answer that is blamed on the callee. */
export function isFailure({ l7, status, reason }: Pick<FlowRow, 'l7' | 'status' | 'reason'>): boolean {
  if (status === null) return reason !== ''
  if (l7 === 'grpc') return grpcFailures.has(status)
  return l7 === 'http' ? status >= 500 : l7 === 'dns' && status === 2
}

/** Failures before the others, each the slowest first; one record a moment, so that two ends of a call are one. */
export function worthLooking<T extends Pick<FlowRow, 'l7' | 'status' | 'reason' | 'latencyMs'>>(
  rows: readonly T[],
  most: number,
): readonly T[] {
  return rows
    .filter(({ latencyMs }) => latencyMs !== null)
    .toSorted((a, b) => Number(isFailure(b)) - Number(isFailure(a)) || (b.latencyMs ?? 0) - (a.latencyMs ?? 0))
    .slice(0, most)
}
