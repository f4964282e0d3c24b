import { Client, type ClientWritableStream, credentials } from '@grpc/grpc-js'
import type { DeliveryCounts } from '../delivery'
import type { Pod } from '../model/cluster'
import { encode } from '../protobuf'
import { logsMessage } from './messages'
import { nodeOf } from './proxies'
import type { LogKind, Logs } from './witness'

const path = '/envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs'
/** What each stream keeps while its receiver is away or slow. */
const maxWaiting = 1_000
const retryMs = 1_000

type Stream = {
  readonly proxy: Pod
  readonly kind: LogKind
  waiting: Buffer[]
  call: ClientWritableStream<Buffer> | null
  isFull: boolean
}

export type LogSender = Logs & {
  /** Breaks all streams off and forgets what waits. */
  stop(): void
  start(): void
  /** `sent`: written to a stream; the protocol has no acknowledgement. */
  readonly counts: DeliveryCounts
}

/** One stream for each proxy and kind of log to `to`, as Envoys open them; opened again when they break. */
export function sendLogs(to: string, cluster: string): LogSender {
  const streams = new Map<string, Stream>()
  const counts = { sent: 0, dropped: 0 }
  let client: Client | null = null
  let retry: NodeJS.Timeout | undefined
  let isReady = false
  let isStopped = false

  const connect = () => {
    if (isStopped || client) return
    const connecting = new Client(to, credentials.createInsecure(), { 'grpc.initial_reconnect_backoff_ms': retryMs })
    client = connecting
    connecting.waitForReady(Date.now() + 2 * retryMs, (error) => {
      if (client !== connecting) return
      isReady = !error
      if (error) lose()
    })
  }
  const lose = () => {
    isReady = false
    for (const stream of streams.values()) {
      stream.call?.cancel()
      stream.call = null
      stream.isFull = false
    }
    client?.close()
    client = null
    clearTimeout(retry)
    if (!isStopped) retry = setTimeout(connect, retryMs)
  }
  const open = (stream: Stream): ClientWritableStream<Buffer> | null => {
    if (!client || !isReady) return null
    const raw = (data: Buffer) => data
    const opened = client.makeClientStreamRequest(path, raw, raw, (error) => {
      if (stream.call !== opened) return
      stream.call = null
      if (error) lose()
    })
    opened.on('drain', () => void (stream.isFull = false))
    opened.on('error', () => undefined)
    stream.call = opened
    return opened
  }
  const forget = (key: string, stream: Stream) => {
    counts.dropped += stream.waiting.length
    streams.delete(key)
  }
  const flush = (key: string, stream: Stream) => {
    const isGone = !stream.proxy.workload.pods.includes(stream.proxy)
    if (stream.waiting.length && !stream.isFull) {
      const isFirst = stream.call === null
      const call = stream.call ?? open(stream)
      if (!call) {
        if (isGone) forget(key, stream)
        return
      }
      const identifier = isFirst
        ? { node: nodeOf(stream.proxy, cluster), logName: `${stream.kind}_envoy_accesslog` }
        : undefined
      const message = encode(logsMessage, { identifier, [stream.kind]: { entry: stream.waiting } })
      counts.sent += stream.waiting.length
      stream.waiting = []
      stream.isFull = !call.write(message)
    }
    if (isGone && !stream.waiting.length) {
      stream.call?.end()
      streams.delete(key)
    }
  }
  connect()
  return {
    counts,
    push(proxy, kind, entry) {
      if (isStopped) return
      const key = `${proxy.uid} ${kind}`
      let stream = streams.get(key)
      if (!stream) streams.set(key, (stream = { proxy, kind, waiting: [], call: null, isFull: false }))
      stream.waiting.push(entry)
      if (stream.waiting.length <= maxWaiting) return
      stream.waiting.shift()
      counts.dropped++
    },
    flush() {
      for (const [key, stream] of streams) flush(key, stream)
    },
    stop() {
      isStopped = true
      lose()
      streams.clear()
    },
    start() {
      if (!isStopped) return
      isStopped = false
      connect()
    },
  }
}
