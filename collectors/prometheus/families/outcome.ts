import { type Blame, codeWord, grpcCallerCodes } from '@/core/flows/answer-codes'
import type { L7Protocol } from '@/core/verdict'

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
  return status === 0 ? null : grpcCallerCodes.has(status) ? 'caller' : 'callee'
}

/** The answer in its protocol's own word, by labels; '' where none is told. A gRPC status speaks before HTTP's. */
export function codeNamed(http: string | undefined, grpc: string | undefined): string {
  if (grpc !== undefined && /^\d{1,2}$/.test(grpc)) return codeWord('grpc', Number(grpc))
  return http !== undefined && /^[1-5](\d\d|xx)$/i.test(http) ? http.toLowerCase() : ''
}

/** The application protocol by its name in labels. */
export function protocolNamed(name: string): L7Protocol {
  const text = name.toLowerCase()
  if (text.startsWith('grpc')) return 'grpc'
  if (text.startsWith('http') || text === 'h2') return 'http'
  return text === 'kafka' || text === 'dns' ? text : 'unknown'
}
