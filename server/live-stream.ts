import { AppError } from './errors'
import type { LiveEvent, LiveHub } from './live'
import { webMetrics } from './metrics'
import { processWide } from './process-wide'
import type { Standing } from './standing'

export type StreamLimits = {
  /** Streams per process; each costs a socket and its buffer. */
  readonly streams: number
  /** Of those, of one person. */
  readonly perPerson: number
  /** Events that may wait for a client that does not read, before it is dropped. */
  readonly buffered: number
  readonly heartbeatMs: number
}

const defaults: StreamLimits = { streams: 500, perPerson: 50, buffered: 32, heartbeatMs: 15_000 }
const retryMs = 3_000

/**
 * A Server-Sent Events response: `ready` at once, then `tick` and `reconcile` with `{to}`, the end
 * of the live window. `liveEnd` is asked once per event, whatever the number of streams: it caches.
 * Ends when the client leaves or may have it no longer, reads too slowly, or the hub closes. Throws
 * AppError('unavailable') at the limit of the process and 'too_many' at that of a person.
 */
export function liveStream(
  hub: LiveHub,
  liveEnd: () => Promise<number>,
  { account, signal, stop }: Standing & { readonly account: number },
  limits: StreamLimits = defaults,
): Response {
  if (hub.closed.aborted) throw new AppError('unavailable', 'Oriel is stopping. Connect again in a moment.')
  if (hub.subscribers >= limits.streams)
    throw new AppError(
      'unavailable',
      `There are ${limits.streams} live streams already, which is the limit. Close a tab or add a replica.`,
    )
  const people = processWide('live-people', () => new Map<number, number>())
  const own = people.get(account) ?? 0
  if (own >= limits.perPerson)
    throw new AppError('too_many', `You have ${limits.perPerson} live streams open, which is the limit. Close a tab.`)
  people.set(account, own + 1)
  const encoder = new TextEncoder()
  let end = () => {}
  let open = true

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const leave = hub.subscribe((event) => void tell(event.type))
        webMetrics().streams.inc()
        const heartbeat = setInterval(() => push(': still here\n\n'), limits.heartbeatMs)
        end = () => {
          if (!open) return
          open = false
          leave()
          stop()
          const left = (people.get(account) ?? 1) - 1
          if (left > 0) people.set(account, left)
          else people.delete(account)
          clearInterval(heartbeat)
          webMetrics().streams.dec()
          for (const from of [signal, hub.closed]) from.removeEventListener('abort', onAbort)
          // A stream that its reader cancelled is closed already.
          try {
            controller.close()
          } catch {}
        }
        const onAbort = () => end()
        for (const from of [signal, hub.closed]) from.addEventListener('abort', onAbort)
        const push = (text: string) => {
          if (!open) return
          if ((controller.desiredSize ?? 0) <= 0) {
            webMetrics().dropped.inc()
            return end()
          }
          controller.enqueue(encoder.encode(text))
        }
        const tell = async (type: LiveEvent['type'] | 'ready') => {
          const to = await liveEnd().catch(() => null)
          if (to !== null) push(`event: ${type}\ndata: {"to":${to}}\n\n`)
        }
        push(`retry: ${retryMs}\n\n`)
        void tell('ready')
        if (signal.aborted) end()
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: limits.buffered }),
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // no-transform keeps proxies and Next from compressing, which would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
