import grpc from '@grpc/grpc-js'
import type { Inbox } from './inbox'
import { type Replays, createReplays } from './replays'

/** A flow as it came, with what is known of its connection. */
export type Update = { readonly message: Buffer; readonly replays: Replays }

/** The service goldmane.FlowCollector: Felix sends a flow and waits for its receipt before it sends the next. */
export type Collector = {
  readonly server: grpc.Server
  /** Connections of Felix that are open. */
  readonly clients: number
  /** What has come of the messages taken from the inbox, in their order. */
  updates(messages: readonly Buffer[]): Update[]
}

/** More than one is a Felix that comes back before its old connection is known to be gone. */
const maxClients = 8
const maxMessage = 1_000_000
const receipt = Buffer.alloc(0)
const raw = (bytes: Buffer) => bytes
const connect = {
  path: '/goldmane.FlowCollector/Connect',
  requestStream: true,
  responseStream: true,
  requestSerialize: raw,
  requestDeserialize: raw,
  responseSerialize: raw,
  responseDeserialize: raw,
} as const

/**
 * A receipt goes out when the flow is in the inbox. Once that is full, streams are not read and the last receipt is
 * kept back, so that Felix waits (it holds 5,000 flows) until `resume` is called. `checkpoint`: as it is when Felix connects.
 */
export function createCollector(inbox: Inbox, checkpoint: () => number | null): Collector & { resume(): void } {
  const replaysOf = new WeakMap<Buffer, Replays>()
  const open = new Set<grpc.ServerDuplexStream<Buffer, Buffer>>()
  let waiting: (() => void)[] = []

  const onConnect = (stream: grpc.ServerDuplexStream<Buffer, Buffer>) => {
    if (open.size >= maxClients) {
      stream.emit('error', { code: grpc.status.RESOURCE_EXHAUSTED, details: 'Too many connections.' })
      return
    }
    open.add(stream)
    const replays = createReplays(checkpoint(), Date.now())
    stream.on('data', (message: Buffer) => {
      replaysOf.set(message, replays)
      const answer = () => void (stream.writable && stream.write(receipt))
      if (inbox.put(message)) return answer()
      stream.pause()
      waiting.push(() => {
        answer()
        stream.resume()
      })
    })
    const close = () => open.delete(stream)
    stream.on('end', () => {
      close()
      stream.end()
    })
    stream.on('error', close)
    stream.on('close', close)
    stream.on('cancelled', close)
  }

  const server = new grpc.Server({ 'grpc.max_receive_message_length': maxMessage })
  server.addService({ Connect: connect }, { Connect: onConnect })
  return {
    server,
    get clients() {
      return open.size
    },
    updates: (messages) =>
      messages.map((message) => ({ message, replays: replaysOf.get(message) ?? createReplays(null, 0) })),
    resume() {
      const ready = waiting
      waiting = []
      for (const go of ready) go()
    },
  }
}
