import type { L7Protocol } from '@/core/verdict'

export type Blame = 'caller' | 'callee' | null

/** gRPC codes that are the caller's doing: CANCELLED, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, UNAUTHENTICATED. */
const grpcCaller: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 9, 11, 16])

/** The first digit of an HTTP status or of its class (`5xx`, `5`); 0 where there was no response, null where the text tells nothing. */
export function statusClass(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  if (text === '0' || text === '-') return 0
  const digit = /^([1-5])(\d\d|xx)?$/i.exec(text)?.[1]
  return digit === undefined ? null : Number(digit)
}

/** Whom an answer is blamed on. A gRPC status speaks before HTTP's, which is 200 as a rule. */
export function blameOf(http: number | null, grpc: string | undefined): Blame {
  if (http === 4) return 'caller'
  if (http === 5) return 'callee'
  const status = grpc !== undefined && /^\d{1,2}$/.test(grpc) ? Number(grpc) : 0
  return status === 0 ? null : grpcCaller.has(status) ? 'caller' : 'callee'
}

/** The application protocol by its name in labels. */
export function protocolNamed(name: string): L7Protocol {
  const text = name.toLowerCase()
  if (text.startsWith('grpc')) return 'grpc'
  if (text.startsWith('http') || text === 'h2') return 'http'
  return text === 'kafka' || text === 'dns' ? text : 'unknown'
}
