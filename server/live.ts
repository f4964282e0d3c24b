import pg from 'pg'
import { databaseUrl } from './database'
import { toError } from './errors'
import { log } from './log'
import { webMetrics } from './metrics'
import { processWide } from './process-wide'

/** `tick`: data was written. `reconcile`: notices may have been missed; ask again for everything. */
export type LiveEvent = { readonly type: 'tick' | 'reconcile' }

export type LiveHub = {
  /** Starts listening with the first subscriber. Returns the way to leave. */
  subscribe(heard: (event: LiveEvent) => void): () => void
  readonly subscribers: number
  /** Ends the database connection and tells every subscriber by `onClose`. */
  close(): void
  readonly closed: AbortSignal
}

/** A connection that hears of new data: calls `heard` per notice, and resolves when it is lost. */
export type Listen = (heard: () => void, ready: () => void, signal: AbortSignal) => Promise<void>

type HubOptions = {
  /** Notices within so many milliseconds go out as one. */
  readonly coalesceMs: number
  /** Told whether the connection stands. */
  readonly told: (listening: boolean) => void
}

const liveOptions: HubOptions = {
  coalesceMs: 1_000,
  told: (listening) => webMetrics().listening.set(listening ? 1 : 0),
}
const backoff = { firstMs: 500, maxMs: 30_000 }

/**
 * One listener for the process, whatever the number of viewers. Notices within a moment go out as
 * one; after a lost connection a `reconcile` goes out first.
 */
export function createLiveHub(listen: Listen, { coalesceMs, told }: HubOptions = liveOptions): LiveHub {
  const subscribers = new Set<(event: LiveEvent) => void>()
  const stop = new AbortController()
  let started = false
  let waiting: NodeJS.Timeout | null = null
  let lastAt = 0

  const send = (event: LiveEvent) => {
    for (const heard of subscribers) heard(event)
  }
  const notice = () => {
    waiting ??= setTimeout(
      () => {
        waiting = null
        lastAt = Date.now()
        send({ type: 'tick' })
      },
      Math.max(0, lastAt + coalesceMs - Date.now()),
    )
    waiting.unref()
  }

  const run = async () => {
    let attempt = 0
    let lost = false
    while (!stop.signal.aborted) {
      const ready = () => {
        attempt = 0
        told(true)
        if (lost) send({ type: 'reconcile' })
        lost = false
      }
      try {
        await listen(notice, ready, stop.signal)
      } catch (thrown) {
        log.warn({ error: toError(thrown).message }, 'cannot hear of new data from the database; trying again')
      }
      lost = true
      told(false)
      const full = Math.min(backoff.maxMs, backoff.firstMs * 2 ** attempt++)
      await pause(full / 2 + (full / 2) * Math.random(), stop.signal)
    }
  }

  return {
    subscribe(heard) {
      subscribers.add(heard)
      if (!started) {
        started = true
        void run()
      }
      return () => void subscribers.delete(heard)
    },
    get subscribers() {
      return subscribers.size
    },
    close() {
      stop.abort()
      if (waiting) clearTimeout(waiting)
      subscribers.clear()
    },
    closed: stop.signal,
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms)
    timer.unref()
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })

/** LISTEN on a connection of its own; keep-alive tells of a database that went silent. */
export const listenTo =
  (channel: string): Listen =>
  async (heard, ready, signal) => {
    const client = new pg.Client({
      connectionString: databaseUrl(),
      application_name: 'oriel-live',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    const ended = new Promise<void>((resolve, reject) => {
      client.on('error', reject)
      client.on('end', resolve)
    })
    // Whoever waits for `ended` hears of the failure; this keeps an early one from counting as unhandled.
    ended.catch(() => {})
    const end = () => void client.end().catch(() => {})
    signal.addEventListener('abort', end, { once: true })
    try {
      await client.connect()
      client.on('notification', heard)
      await client.query(`listen ${channel}`)
      ready()
      await ended
    } finally {
      signal.removeEventListener('abort', end)
      end()
    }
  }

/** The channel that write-batch notifies at each commit. */
const liveChannel = 'oriel_live'

export const liveHub = (): LiveHub => processWide('live', () => createLiveHub(listenTo(liveChannel)))
