import type { Gap } from '@/core/observation'
import type { Proxy } from './proxy'

/** Whether a proxy's pod still runs; null where nobody can tell. */
export type IsRunning = (proxy: Proxy) => boolean | null

/**
 * The proxies that send, and what is known lost when their streams break off: a proxy that comes back,
 * or whose pod runs on without it, has been away. A pod that is gone has nothing more to tell. Times
 * in milliseconds.
 */
export type Proxies = {
  joined(proxy: Proxy, now: number): void
  /** Entries came from it. */
  heard(proxy: Proxy, now: number): void
  /** A stream of it ended; `clean`: it said so itself, so nothing is lost. */
  left(proxy: Proxy, clean: boolean, now: number): void
  /** Proxies that have been away for longer than the grace. */
  anyoneAway(now: number): boolean
  /** Looks after those that are away. */
  check(isRunning: IsRunning, now: number): void
  /** Gaps since the last call. */
  take(): Gap[]
  /** Ends every gap that is open: from here on the whole source is not read. */
  close(now: number): Gap[]
  connected(): Iterable<Proxy>
}

export type AwayTimes = {
  /** How long a break may last before it is looked into: most are a reconnect or the end of a pod. */
  readonly graceMs: number
  /** How long a dead connection may go unnoticed. */
  readonly blindMs: number
  /** After this a proxy that nobody can tell of is forgotten. */
  readonly forgetMs: number
}

type State = { proxy: Proxy; streams: number; heardAt: number; away: Away | null }
type Away = { readonly from: number; readonly at: number; told: boolean }

const maxProxies = 50_000
const maxGaps = 10_000

export function createProxies(cluster: string, times: AwayTimes): Proxies {
  const states = new Map<string, State>()
  const away = new Set<State>()
  let due: Gap[] = []

  const add = ({ proxy }: State, from: number, to: number | null) => {
    if (due.length < maxGaps) due.push({ cluster, from, to, cause: 'node_down', lost: null, part: proxy.part })
  }
  const take = () => {
    const gaps = due
    due = []
    return gaps
  }
  const forget = (state: State) => {
    away.delete(state)
    states.delete(state.proxy.id)
  }

  return {
    joined(proxy, now) {
      const state = states.get(proxy.id)
      if (!state) {
        if (states.size < maxProxies) states.set(proxy.id, { proxy, streams: 1, heardAt: now, away: null })
        return
      }
      state.streams++
      if (!state.away) return
      add(state, state.away.from, now)
      away.delete(state)
      state.away = null
    },
    heard(proxy, now) {
      const state = states.get(proxy.id)
      if (state) state.heardAt = now
    },
    left(proxy, clean, now) {
      const state = states.get(proxy.id)
      if (!state || --state.streams > 0) return
      if (clean) return forget(state)
      // A silent connection was alive when it last answered a ping.
      state.away = { from: Math.max(state.heardAt, now - times.blindMs), at: now, told: false }
      away.add(state)
    },
    anyoneAway: (now) => [...away].some((state) => state.away && now - state.away.at >= times.graceMs),
    check(isRunning, now) {
      for (const state of away) {
        const since = state.away
        if (!since || now - since.at < times.graceMs) continue
        const running = isRunning(state.proxy)
        if (running === false) {
          if (since.told) add(state, since.from, Math.max(since.from, since.at))
          forget(state)
        } else if (running && !since.told) {
          since.told = true
          add(state, since.from, null)
        } else if (running === null && now - since.at >= times.forgetMs) forget(state)
      }
    },
    take,
    close(now) {
      for (const state of away) if (state.away?.told) add(state, state.away.from, Math.max(state.away.from, now))
      away.clear()
      return take()
    },
    *connected() {
      for (const { proxy, streams } of states.values()) if (streams > 0) yield proxy
    },
  }
}
