import { Server, type ServerReadableStream, type sendUnaryData, status } from '@grpc/grpc-js'
import { AppError, toError } from '@/server/errors'
import type { Certificates } from '@/collectors/kit/tls'
import { portCredentials } from './certificates'
import type { Pausable } from './inbox'

/** What happens on the port. `stream` is the same object for one stream. */
export type Receiver = {
  opened(stream: Pausable): void
  message(stream: Pausable, bytes: Buffer): void
  /** Once for each opened stream. `clean`: the proxy ended it itself. */
  ended(stream: Pausable, clean: boolean): void
  /** A message past `maxMessage` was refused, which ends its stream. */
  tooLarge(stream: Pausable): void
  /** A stream past `maxStreams` was refused. */
  refused(): void
}

export type PortTimes = { readonly keepaliveMs: number; readonly keepaliveTimeoutMs: number }

export type Port = {
  /** The port in use. */
  readonly port: number
  renew(files: Certificates): void
  /** Breaks all streams off and resolves when the port is free again. */
  close(): Promise<void>
}

/** Envoy sends 16 KB at a time; one entry may be larger. */
export const maxMessage = 4_000_000
/** What the transport takes in, so that our own refusal can say what to do. */
const hardLimit = 8_000_000
const maxStreams = 50_000
const maxStreamsPerConnection = 200

const settleMs = 100

const raw = (bytes: Buffer) => bytes
const empty = Buffer.alloc(0)
/** v2 has the same numbers for all that is read. */
const paths = ['v3', 'v2'].map((version) => `/envoy.service.accesslog.${version}.AccessLogService/StreamAccessLogs`)

/**
 * Listens for access logs. Pings find a proxy that is gone without a word. Throws AppError where the
 * port cannot be opened or the certificates cannot be used.
 */
export async function openPort(
  listen: string,
  files: Certificates | null,
  times: PortTimes,
  receiver: Receiver,
): Promise<Port> {
  const { credentials, renew } = portCredentials(files)
  const server = new Server({
    'grpc.max_receive_message_length': hardLimit,
    'grpc.max_concurrent_streams': maxStreamsPerConnection,
    'grpc.keepalive_time_ms': times.keepaliveMs,
    'grpc.keepalive_timeout_ms': times.keepaliveTimeoutMs,
  })
  let streams = 0
  const handle = (call: ServerReadableStream<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
    if (streams >= maxStreams) {
      receiver.refused()
      answer({ code: status.RESOURCE_EXHAUSTED, details: 'Too many access log streams; run another collector.' })
      return
    }
    streams++
    follow(call, answer, receiver, () => streams--)
  }
  for (const path of paths) server.addService({ StreamAccessLogs: method(path) }, { StreamAccessLogs: handle })
  const port = await bind(server, listen, credentials)
  return {
    port,
    renew,
    close: () => {
      const closed = new Promise<void>((resolve) => server.tryShutdown(() => resolve()))
      server.forceShutdown()
      return closed
    },
  }
}

const method = (path: string) => ({
  path,
  requestStream: true,
  responseStream: false,
  requestSerialize: raw,
  requestDeserialize: raw,
  responseSerialize: raw,
  responseDeserialize: raw,
})

function follow(
  call: ServerReadableStream<Buffer, Buffer>,
  answer: sendUnaryData<Buffer>,
  receiver: Receiver,
  onEnd: () => void,
): void {
  let open = true
  const end = (clean: boolean) => {
    if (!open) return
    open = false
    onEnd()
    receiver.ended(call, clean)
  }
  receiver.opened(call)
  call.on('data', (bytes: Buffer) => {
    if (!open) return
    if (bytes.length <= maxMessage) {
      receiver.message(call, bytes)
      return
    }
    receiver.tooLarge(call)
    const details = `A message of ${bytes.length} bytes is larger than ${maxMessage}; lower the access log’s buffer size or log fewer headers.`
    answer({ code: status.RESOURCE_EXHAUSTED, details })
    end(false)
  })
  call.on('end', () => {
    // A stream that was reset ends too, and shows as cancelled a moment later.
    setTimeout(() => {
      if (!open) return
      answer(null, empty)
      end(true)
    }, settleMs)
  })
  call.on('cancelled', () => {
    // What came before the break is in the stream's buffer, and goes with it.
    for (let left: unknown = call.read(); left !== null; left = call.read());
    end(false)
  })
  call.on('error', () => end(false))
}

function bind(server: Server, listen: string, credentials: Parameters<Server['bindAsync']>[1]): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (thrown: unknown) => {
      server.forceShutdown()
      reject(explain(toError(thrown), listen))
    }
    try {
      server.bindAsync(listen, credentials, (error, port) => (error ? fail(error) : resolve(port)))
    } catch (thrown) {
      fail(thrown)
    }
  })
}

/** Why the port is not open, in words that say what to do next. */
function explain({ message }: Error, listen: string): AppError {
  const hint = /EADDRINUSE/.test(message)
    ? 'Another program, or another source, has this port: choose another one in the source’s listen setting.'
    : /EACCES/.test(message)
      ? 'Ports below 1024 need a privilege: choose a higher one in the source’s listen setting.'
      : 'Check the source’s listen setting: the address must be one of this machine’s.'
  return new AppError('unavailable', `Cannot listen for Envoy access logs on ${listen} (${message}). ${hint}`)
}
