import { grpcOperation, pathOperation } from '@/core/operations/operation-name'
import { createRecent } from '@/collectors/kit/recent'
import type { RawEntry } from './raw-entry'
import { methodNames } from './schema'

/** Names what a request asks for; absent where the entry has no path. */
export type OperationNames = (raw: RawEntry, grpc: boolean) => string | undefined

const maxNames = 5_000

/** The same few paths come again and again: what each is called is remembered. */
export function createOperationNames(): OperationNames {
  const ofGrpc = createRecent<string>(maxNames)
  const ofHttp = methodNames.map(() => createRecent<string>(maxNames))

  return ({ path, method }, grpc) => {
    if (path === '') return undefined
    const names = grpc ? ofGrpc : (ofHttp[method] ?? ofHttp[0])
    let name = names?.get(path)
    if (name === undefined) {
      name = grpc ? grpcOperation(path) : pathOperation(method === 0 ? '' : (methodNames[method] ?? 'OTHER'), path)
      names?.set(path, name)
    }
    return name
  }
}
