import type { L7Protocol } from '@/core/verdict'
import type { RawFlow } from './raw-flow'

export type Outcome = {
  readonly l7: L7Protocol
  readonly status: number | undefined
  readonly blame: 'caller' | 'callee' | null
}

/** gRPC codes that are the caller's doing: CANCELLED, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, UNAUTHENTICATED. */
const grpcCaller: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 9, 11, 16])
/** DNS codes that are the caller's doing: FORMERR, NXDOMAIN, REFUSED and those about names that exist or not. */
const dnsCaller: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 8, 9, 10])
/** Kafka codes that are the caller's doing: unknown topic, message too large, invalid topic, authorization, invalid request. */
const kafkaCaller: ReadonlySet<number> = new Set([3, 10, 17, 29, 30, 31, 42])

/** Protocol, status and whom an error is blamed on. Only a response has a status. */
export function outcomeOf(flow: RawFlow): Outcome {
  const response = flow.l7Type === 'RESPONSE'
  switch (flow.l7) {
    case 'http':
      return flow.grpc ? grpc(flow, response) : http(flow, response)
    case 'dns':
      return {
        l7: 'dns',
        status: response ? flow.code : undefined,
        blame: response ? blame(flow.code, dnsCaller) : null,
      }
    case 'kafka':
      return {
        l7: 'kafka',
        status: response ? flow.code : undefined,
        blame: response ? blame(flow.code, kafkaCaller) : null,
      }
    case 'unknown':
      return { l7: 'unknown', status: undefined, blame: null }
  }
}

const blame = (code: number, callers: ReadonlySet<number>) =>
  code === 0 ? null : callers.has(code) ? 'caller' : 'callee'

function http(flow: RawFlow, response: boolean): Outcome {
  const status = response && flow.code > 0 && flow.code < 1000 ? flow.code : undefined
  return { l7: 'http', status, blame: httpBlame(status) }
}

const httpBlame = (status: number | undefined) =>
  status === undefined || status < 400 ? null : status < 500 ? 'caller' : 'callee'

/** The gRPC status is in trailers that Hubble often does not see; then the HTTP status speaks. */
function grpc(flow: RawFlow, response: boolean): Outcome {
  if (!response) return { l7: 'grpc', status: undefined, blame: null }
  if (flow.grpcStatus >= 0) return { l7: 'grpc', status: flow.grpcStatus, blame: blame(flow.grpcStatus, grpcCaller) }
  return { l7: 'grpc', status: undefined, blame: httpBlame(flow.code) }
}
