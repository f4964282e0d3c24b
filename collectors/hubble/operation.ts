import { dnsOperation, grpcOperation, maxOperation, pathOperation } from '@/core/operation-name'
import { clean } from '@/collectors/kit/text'
import { createRecent } from '@/collectors/kit/recent'
import type { RawFlow } from './raw-flow'

/** Names what a flow of L7 asks for, on requests and on responses; absent where the flow does not tell it. */
export type OperationNames = (flow: RawFlow) => string | undefined

const maxNames = 5_000

/** The same few questions come again and again: what each is called is remembered. */
export function createOperationNames(): OperationNames {
  const byMethod = new Map<string, ReturnType<typeof createRecent<string>>>()

  const remembered = (kind: string, flow: RawFlow, make: () => string): string => {
    let names = byMethod.get(kind)
    if (!names) {
      if (byMethod.size >= maxKinds) return make()
      byMethod.set(kind, (names = createRecent<string>(maxNames)))
    }
    let name = names.get(flow.target)
    if (name === undefined) names.set(flow.target, (name = make()))
    return name
  }

  return (flow) => {
    if (flow.target === '') return undefined
    const { method, target, questions } = flow
    switch (flow.l7) {
      case 'http':
        return flow.grpc
          ? remembered('grpc', flow, () => grpcOperation(target))
          : remembered(method, flow, () => pathOperation(method, target))
      case 'dns':
        return remembered(`dns ${questions.join()}`, flow, () => dnsOperation(target, questions))
      case 'kafka':
        return clean(`${method} ${target}`.trim(), maxOperation)
      case 'unknown':
        return undefined
    }
  }
}

const maxKinds = 64
