import { dnsOperation, grpcOperation, maxOperation, pathOperation } from '@/core/operations/operation-name'
import { clean } from '@/collectors/kit/text'
import { createRecent } from '@/collectors/kit/recent'
import type { RawFlow } from './raw-flow'

/** Names what a flow of L7 asks for, on requests and on responses; absent where the flow does not tell it. */
export type OperationNames = (flow: RawFlow) => string | undefined

const maxNames = 5_000

/** The same few questions come again and again: what each is called is remembered. */
export function createOperationNames(): OperationNames {
  const byKind = new Map<string, ReturnType<typeof createRecent<string>>>()

  const remembered = (kind: string, flow: RawFlow): string => {
    let names = byKind.get(kind)
    if (!names) {
      if (byKind.size >= maxKinds) return nameOf(flow)
      byKind.set(kind, (names = createRecent<string>(maxNames)))
    }
    let name = names.get(flow.target)
    if (name === undefined) names.set(flow.target, (name = nameOf(flow)))
    return name
  }

  return (flow) => {
    if (flow.target === '') return undefined
    switch (flow.l7) {
      case 'http':
        return remembered(flow.grpc ? 'grpc' : flow.method, flow)
      case 'dns':
        return remembered(`dns ${flow.questions.join()}`, flow)
      case 'kafka':
        return remembered(`kafka ${flow.method}`, flow)
      case 'unknown':
        return undefined
    }
  }
}

function nameOf({ l7, grpc, method, target, questions }: RawFlow): string {
  if (l7 === 'dns') return dnsOperation(target, questions)
  if (l7 === 'kafka') return clean(`${method} ${target}`.trim(), maxOperation)
  return grpc ? grpcOperation(target) : pathOperation(method, target)
}

const maxKinds = 64
