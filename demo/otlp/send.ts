import { Client, credentials, status } from '@grpc/grpc-js'
import { createDelivery, type Delivery, refused } from '../delivery'

const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
const timeoutMs = 10_000
/** Answers after which the same request can be sent again. */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504])
const lasting: ReadonlySet<number> = new Set([status.INVALID_ARGUMENT, status.UNIMPLEMENTED, status.UNAUTHENTICATED])

/** Sends export requests to `host:port` by gRPC, or to `http://host:port` by HTTP. */
export const sendSpans = (to: string): Delivery => (to.startsWith('http') ? overHttp(to) : overGrpc(to))

function overHttp(to: string): Delivery {
  return createDelivery(async (body, signal) => {
    const response = await fetch(new URL('/v1/traces', to), {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    await response.arrayBuffer()
    if (retryable.has(response.status)) throw new Error(`answered ${response.status}`)
    if (!response.ok) throw refused
  })
}

function overGrpc(to: string): Delivery {
  let client: Client | null = null
  const delivery = createDelivery(
    (data, signal) =>
      new Promise((resolve, reject) => {
        client ??= new Client(to, credentials.createInsecure(), { 'grpc.max_reconnect_backoff_ms': 2_000 })
        const call = client.makeUnaryRequest(
          path,
          (raw: Buffer) => raw,
          (raw: Buffer) => raw,
          data,
          { deadline: Date.now() + timeoutMs },
          (error) => {
            signal.removeEventListener('abort', cancel)
            if (error) reject(lasting.has(error.code) ? refused : error)
            else resolve()
          },
        )
        const cancel = () => call.cancel()
        signal.addEventListener('abort', cancel, { once: true })
      }),
  )
  return {
    ...delivery,
    stop() {
      delivery.stop()
      client?.close()
      client = null
    },
  }
}
