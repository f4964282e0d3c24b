'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react'

/** `connecting` before the first event, `live` while they come, `lost` while the browser tries again, `hidden` in a tab nobody sees. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'hidden'

export type Live = {
  readonly subscribe: (changed: () => void) => () => void
  readonly state: () => LiveState
  /** Called at most once in `throttleMs`, after data changed or the stream came back. */
  readonly onTick: (tick: () => void) => () => void
  readonly open: () => () => void
}

const throttleMs = 1_000
/** Pages refetch at most this often: finer than a bucket shows nothing new. */
export const refreshMs = 5_000
const retryMs = 5_000

type Stream = Pick<EventTarget, 'addEventListener'> & { close: () => void; readonly readyState: number }
type Tab = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
const closedState = 2

/** One stream for a tab. It is closed while the tab is hidden and every opening ticks, so nothing that happened meanwhile is missed. */
export function createLive(connect: () => Stream, tab: Tab): Live {
  const watchers = new Set<() => void>()
  const ticks = new Set<() => void>()
  let current: LiveState = 'connecting'
  let stream: Stream | null = null
  let throttle: ReturnType<typeof setTimeout> | null = null
  let retry: ReturnType<typeof setTimeout> | null = null
  let pending = false

  const set = (next: LiveState) => {
    if (next === current) return
    current = next
    for (const changed of watchers) changed()
  }
  const fire = () => {
    pending = false
    for (const tick of ticks) tick()
    throttle = setTimeout(() => {
      throttle = null
      if (pending) fire()
    }, throttleMs)
  }
  const tick = () => {
    if (throttle === null) fire()
    else pending = true
  }
  const heard = () => {
    set('live')
    tick()
  }
  const start = () => {
    const opened = connect()
    stream = opened
    for (const type of ['open', 'ready', 'tick', 'reconcile', 'message']) opened.addEventListener(type, heard)
    opened.addEventListener('error', () => {
      set('lost')
      if (opened.readyState !== closedState || retry !== null) return
      retry = setTimeout(() => {
        retry = null
        if (stream === opened) start()
      }, retryMs)
    })
  }
  const stop = () => {
    stream?.close()
    stream = null
    if (retry !== null) clearTimeout(retry)
    retry = null
  }
  const followTab = () => {
    if (tab.visibilityState === 'hidden') {
      stop()
      set('hidden')
    } else if (stream === null) {
      set('connecting')
      start()
    }
  }

  const watchIn = (set: Set<() => void>) => (callback: () => void) => {
    set.add(callback)
    return () => {
      set.delete(callback)
    }
  }
  return {
    subscribe: watchIn(watchers),
    state: () => current,
    onTick: watchIn(ticks),
    open: () => {
      followTab()
      tab.addEventListener('visibilitychange', followTab)
      return () => {
        tab.removeEventListener('visibilitychange', followTab)
        stop()
        if (throttle !== null) clearTimeout(throttle)
        throttle = null
      }
    },
  }
}

export const LiveContext = createContext<Live | null>(null)

/** Refetches what is shown and follows live data, at most once in `refreshMs`, and never on top of a fetch under way. */
export function refreshOnTick(live: Live, client: QueryClient): () => void {
  let last = 0
  let waiting: ReturnType<typeof setTimeout> | null = null
  const refresh = () => {
    waiting = null
    last = Date.now()
    void client.invalidateQueries({ predicate: (query) => query.meta?.live === true }, { cancelRefetch: false })
  }
  const stop = live.onTick(() => {
    waiting ??= setTimeout(refresh, Math.max(0, last + refreshMs - Date.now()))
  })
  return () => {
    stop()
    if (waiting !== null) clearTimeout(waiting)
  }
}

/** Keeps the stream open and the pages fresh while mounted. */
export function useLiveRefresh(live: Live): void {
  const client = useQueryClient()
  useEffect(() => {
    const stopRefresh = refreshOnTick(live, client)
    const close = live.open()
    return () => {
      close()
      stopRefresh()
    }
  }, [live, client])
}

/** How the stream is doing, for the indicator. */
export function useLiveState(): LiveState {
  const live = useContext(LiveContext)
  return useSyncExternalStore(
    live?.subscribe ?? (() => () => {}),
    live?.state ?? (() => 'connecting' as const),
    () => 'connecting' as const,
  )
}

/** Calls back when new data came, at most once a second; for those who read a tail by themselves. */
export function useTick(callback: () => void): void {
  const live = useContext(LiveContext)
  useEffect(() => live?.onTick(callback), [live, callback])
}
