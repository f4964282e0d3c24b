import type { L7Protocol } from '../verdict'

/** Names of gRPC status codes by number (google/rpc/code.proto). */
export const grpcCodes: readonly string[] = [
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED',
].flatMap((line) => line.split(' '))

/** gRPC codes that are the caller's doing: CANCELLED, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, UNAUTHENTICATED. */
export const grpcCallerCodes: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 9, 11, 16])

const dnsCodes = 'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE'.split(' ')

/** DNS codes that are the caller's doing: FORMERR, NXDOMAIN, REFUSED and those about names that exist or not. */
export const dnsCallerCodes: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 8, 9, 10])

const kafkaCodes: ReadonlyMap<number, string> = new Map([
  [0, 'NONE'],
  [3, 'UNKNOWN_TOPIC_OR_PARTITION'],
  [5, 'LEADER_NOT_AVAILABLE'],
  [6, 'NOT_LEADER_OR_FOLLOWER'],
  [7, 'REQUEST_TIMED_OUT'],
  [10, 'MESSAGE_TOO_LARGE'],
  [17, 'INVALID_TOPIC_EXCEPTION'],
  [19, 'NOT_ENOUGH_REPLICAS'],
  [29, 'TOPIC_AUTHORIZATION_FAILED'],
  [30, 'GROUP_AUTHORIZATION_FAILED'],
  [31, 'CLUSTER_AUTHORIZATION_FAILED'],
  [42, 'INVALID_REQUEST'],
])

/** Kafka codes that are the caller's doing: unknown topic, message too large, invalid topic, authorization, invalid request. */
export const kafkaCallerCodes: ReadonlySet<number> = new Set([3, 10, 17, 29, 30, 31, 42])

/** A code in its protocol's own word: `200`, `UNAVAILABLE`, `NXDOMAIN`; a number that has none stays one. */
export function codeWord(l7: L7Protocol, code: number): string {
  if (l7 === 'grpc') return grpcCodes[code] ?? String(code)
  if (l7 === 'dns') return dnsCodes[code] ?? String(code)
  if (l7 === 'kafka') return kafkaCodes.get(code) ?? String(code)
  return code > 0 ? String(code) : ''
}

/** Whom an answer is blamed on; null where it is none's fault, or where nobody can tell. */
export type Blame = 'caller' | 'callee' | null

/** Whom a code (in its protocol's own word) is blamed on. The classes `4xx` and `5xx` count as theirs. */
export function codeBlame(l7: L7Protocol, code: string): Blame {
  if (/^[1-5](\d\d|xx)$/.test(code)) return code.startsWith('4') ? 'caller' : code.startsWith('5') ? 'callee' : null
  if (l7 === 'grpc') return byNumber(grpcCodes.indexOf(code), grpcCallerCodes)
  if (l7 === 'dns') return byNumber(dnsCodes.indexOf(code), dnsCallerCodes)
  if (l7 !== 'kafka') return null
  for (const [number, word] of kafkaCodes) if (word === code) return byNumber(number, kafkaCallerCodes)
  return byNumber(Number(code), kafkaCallerCodes)
}

const byNumber = (code: number, callers: ReadonlySet<number>): Blame =>
  !(code > 0) ? null : callers.has(code) ? 'caller' : 'callee'
