import type { Gap } from '@/core/observation'
import type { Batch } from '@/collectors/source'
import { type Decoded, type StreamIdentity, createDecoder, newIdentity } from './decode'
import { type EntryCounts, type Facts, factsOf } from './facts'
import { type Inbox, type InboxLimits, type Pausable, type Received, createInbox } from './inbox'
import { type IsRunning, createProxies } from './proxies'
import { noProxy } from './proxy'
import type { Receiver } from './server'

/** One reading of the source: what streams bring, and what batches it becomes. */
export type Session = {
  readonly receiver: Receiver
  readonly inbox: Inbox<Stream>
  /** null: nothing to say. */
  batch(received: Received<Stream>): Batch | null
  /** Looks after proxies that are away, and at the facts. */
  check(running: () => IsRunning): void
  facts(): Facts
  /** The gaps that are left. */
  close(): Gap[]
}

type Stream = { readonly identity: StreamIdentity; joined: boolean; open: boolean; clean: boolean }

export type SessionTimes = {
  readonly keepaliveMs: number
  readonly keepaliveTimeoutMs: number
  readonly graceMs: number
  readonly forgetMs: number
  readonly stallMs: number
}

export function createSession(cluster: string, times: SessionTimes, limits: InboxLimits): Session {
  const decoder = createDecoder(cluster)
  const inbox = createInbox<Stream>(limits)
  const { graceMs, forgetMs } = times
  const blindMs = times.keepaliveMs + times.keepaliveTimeoutMs
  const proxies = createProxies(cluster, { graceMs, forgetMs, blindMs })
  const streams = new Map<Pausable, Stream>()
  const entries: EntryCounts = { http: 0, tcp: 0, intermediate: 0 }
  let gaps: Gap[] = []
  let refusedAt: number | null = null
  let refused = 0
  let malformed = 0
  let fresh: Facts | null = null
  let said = ''
  let idleAt: number | null = null

  const gapOf = (cause: Gap['cause'], part: string, from: number, to: number): Gap => ({
    cluster,
    cause,
    part,
    from,
    to,
    lost: null,
  })
  const leave = (stream: Stream, now: number) => {
    if (stream.joined) proxies.left(stream.identity.proxy, stream.clean, now)
  }

  const receiver: Receiver = {
    opened: (call) => void streams.set(call, { identity: newIdentity(), joined: false, open: true, clean: false }),
    message(call, bytes) {
      const stream = streams.get(call)
      if (stream) inbox.add(bytes, stream, call)
    },
    ended(call, clean) {
      const stream = streams.get(call)
      if (!stream) return
      streams.delete(call)
      stream.open = false
      stream.clean = clean
      leave(stream, Date.now())
    },
    tooLarge(call) {
      malformed++
      const now = Date.now()
      gaps.push(gapOf('malformed', streams.get(call)?.identity.proxy.part ?? '', now, now))
    },
    refused() {
      refused++
      refusedAt ??= Date.now()
    },
  }

  /** The first message says who sends; a stream that has ended by now was there all the same. */
  const join = (stream: Stream, now: number) => {
    if (stream.joined || stream.identity.proxy === noProxy) return
    stream.joined = true
    proxies.joined(stream.identity.proxy, now)
    if (!stream.open) leave(stream, now)
  }

  const takeGaps = (now: number): Gap[] => {
    const taken = [...gaps, ...proxies.take()]
    if (refusedAt !== null) taken.push(gapOf('overload', '', refusedAt, now))
    gaps = []
    refusedAt = null
    return taken
  }

  const facts = () => ({
    ...factsOf(proxies.connected(), streams.size, entries),
    ...(refused > 0 && { 'streams refused': refused }),
  })

  return {
    receiver,
    inbox,
    facts,
    batch({ items, stalledSince }) {
      const now = Date.now()
      const into: Decoded = { observations: [], malformed: 0, intermediate: 0 }
      for (const { message, of } of items) {
        const before = into.observations.length
        decoder.decode(message, of.identity, into)
        join(of, now)
        proxies.heard(of.identity.proxy, now)
        if (of.identity.kind !== 'unknown') entries[of.identity.kind] += into.observations.length - before
      }
      entries.intermediate += into.intermediate
      if (stalledSince !== null && now - stalledSince >= times.stallMs)
        gaps.push(gapOf('overload', '', stalledSince, now))
      into.malformed += malformed
      malformed = 0
      const { observations } = into
      const due = takeGaps(now)
      const news = fresh
      fresh = null
      const quiet = observations.length === 0 && due.length === 0 && into.malformed === 0
      if (quiet && !news && idleAt === null) return null
      // Proxies that are connected and silent have nothing to tell: after a stop, what was missed begins there.
      const time = observations.length > 0 ? Math.min(now, newestOf(observations)) : idleAt
      // Of what is newer than the last answered ping nobody knows: the connection may be gone.
      const told = idleAt !== null && { toldUntil: idleAt - blindMs }
      idleAt = null
      const checkpoint = time === null ? null : { time }
      return { observations, gaps: due, checkpoint, malformed: into.malformed, ...told, ...(news && { facts: news }) }
    },
    check(running) {
      const now = Date.now()
      if (proxies.anyoneAway(now)) proxies.check(running(), now)
      const latest = facts()
      const text = JSON.stringify(latest)
      if (text !== said) fresh = latest
      said = text
      if (streams.size > 0) idleAt = now
    },
    close: () => [...gaps, ...proxies.close(Date.now())],
  }
}

/** By the end of their spans. */
const newestOf = (observations: Batch['observations']): number =>
  observations.reduce((newest, { time, spanMs = 0 }) => Math.max(newest, time + spanMs), Number.NEGATIVE_INFINITY)
