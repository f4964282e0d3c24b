import { codeWord, dnsCallerCodes, grpcCallerCodes, kafkaCallerCodes } from '@/core/flows/answer-codes'
import type { L7Protocol } from '@/core/verdict'
import type { RawFlow } from './raw-flow'

export type Outcome = {
  readonly l7: L7Protocol
  readonly status: number | undefined
  /** The same in the protocol's own word; absent where none was told. */
  readonly code: string | undefined
  readonly blame: 'caller' | 'callee' | null
}

/** Protocol, status and whom an error is blamed on. Only a response has a status. */
export function outcomeOf(flow: RawFlow): Outcome {
  const response = flow.l7Type === 'RESPONSE'
  switch (flow.l7) {
    case 'http':
      return flow.grpc ? grpc(flow, response) : http(flow, response)
    case 'dns':
      return response ? answered('dns', flow.code, blame(flow.code, dnsCallerCodes)) : asked('dns')
    case 'kafka':
      return response ? answered('kafka', flow.code, blame(flow.code, kafkaCallerCodes)) : asked('kafka')
    case 'unknown':
      return asked('unknown')
  }
}

const asked = (l7: L7Protocol): Outcome => ({ l7, status: undefined, code: undefined, blame: null })
const answered = (l7: L7Protocol, status: number, whose: Outcome['blame']): Outcome => ({
  l7,
  status,
  code: codeWord(l7, status),
  blame: whose,
})

const blame = (code: number, callers: ReadonlySet<number>) =>
  code === 0 ? null : callers.has(code) ? 'caller' : 'callee'

function http(flow: RawFlow, response: boolean): Outcome {
  const status = response && flow.code > 0 && flow.code < 1000 ? flow.code : undefined
  return status === undefined ? asked('http') : answered('http', status, httpBlame(status))
}

const httpBlame = (status: number | undefined) =>
  status === undefined || status < 400 ? null : status < 500 ? 'caller' : 'callee'

/** The gRPC status is in trailers that Hubble often does not see; then the HTTP status speaks. */
function grpc(flow: RawFlow, response: boolean): Outcome {
  if (!response) return asked('grpc')
  if (flow.grpcStatus >= 0) return answered('grpc', flow.grpcStatus, blame(flow.grpcStatus, grpcCallerCodes))
  const code = flow.code >= 400 && flow.code < 1000 ? codeWord('http', flow.code) : undefined
  return { l7: 'grpc', status: undefined, code, blame: httpBlame(flow.code) }
}
