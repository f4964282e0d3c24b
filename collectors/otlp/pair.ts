import type { Observation } from '@/core/observation'
import { createRecent } from '@/collectors/kit/recent'
import { clientPort, observe, serverPort } from './observe'
import { isDatabase } from './outcome'
import { createPeers } from './peer'
import { type Party, createParties, isAskedBy } from './party'
import type { Span, SpanKind } from './span'
import { type Callee, createWaiting, parentsOf } from './waiting'

export type PairLimits = {
  /** How long a span waits for its other half, by arrival. SDKs hold a span back for up to 5 s, a collector before us as long again. */
  readonly ttlMs: number
  /** Spans that wait at once, callers and callees together; about 1 KB each. Past it the oldest are dropped, and counted as lost. */
  readonly maxHeld: number
  /** Spans that are remembered by key: twice as many at most, about 120 bytes each. */
  readonly maxSeen: number
}

const maxWrapped = 50_000

export const pairLimits: PairLimits = { ttlMs: 20_000, maxHeld: 150_000, maxSeen: 200_000 }

export type PairCounts = {
  spans: number
  repeated: number
  /** Calls of which both services are known from spans. */
  paired: number
  /** Halves whose other one never came. */
  unpaired: number
  dropped: number
}

/** Spans that the bound dropped: how many, and between which of their times. */
export type Dropped = { readonly n: number; readonly from: number; readonly to: number }

/** Joins spans to calls. Times of arrival are passed in. The order of arrival and how spans are batched changes nothing. */
export type Pairs = {
  add(span: Span, now: number): void
  /** Lets go of what has waited long enough: a half alone is a call to or from whoever its attributes name. */
  expire(now: number): void
  /** The same for all that waits, whatever its age. */
  release(): void
  /** What came out since the last take. */
  take(): { readonly observations: readonly Observation[]; readonly dropped: Dropped | null }
  readonly counts: Readonly<PairCounts>
  readonly held: number
}

type Caller = {
  readonly span: Span
  readonly at: number
  /** Identities of the services that answered; null before the first. */
  callees: Set<string> | null
  /** A client span of the same service lies within: that one is the call. */
  wraps: boolean
}

const isCaller = (kind: SpanKind) => kind === 'client' || kind === 'producer' || kind === 'unspecified'
const isCallee = (kind: SpanKind) => kind === 'server' || kind === 'consumer' || kind === 'unspecified'

export function createPairs(cluster: string, limits: PairLimits = pairLimits): Pairs {
  const peers = createPeers()
  const partiesOf = createParties()
  const seen = createRecent<Party>(limits.maxSeen)
  /** Parents, not seen yet, of client spans, with what they will wrap. */
  const wrapped = createRecent<Party>(maxWrapped)
  /** Both in order of arrival. */
  const callers = new Map<string, Caller>()
  const callees = new Map<string, Callee>()
  const waiting = createWaiting()
  const counts: PairCounts = { spans: 0, repeated: 0, paired: 0, unpaired: 0, dropped: 0 }
  let observations: Observation[] = []
  let dropped: { n: number; from: number; to: number } | null = null

  /** A callee and the span that called it, as far as it is known. */
  const settle = (callee: Callee, parentKey: string, parent: Party): void => {
    const { span } = callee
    const own = parent.service.identity === span.service.identity
    const asked = isAskedBy(span.kind, parent.kind)
    const isParent = parentKey === span.parent
    if (isParent || asked) callee.explained = true
    if (own && !asked) return
    callee.explained = true
    const caller = callers.get(parentKey)
    const port = serverPort(span) || (caller && span.kind !== 'consumer' ? clientPort(caller.span) : 0)
    const ends = { from: parent.service.ref, to: span.service.ref, fromIp: '', toIp: '', port }
    const key = isParent ? `d${span.key}` : `d${span.key}${parentKey}`
    observations.push(observe(span, 'destination', ends, cluster, key))
    counts.paired++
    if (!caller) return
    caller.callees ??= new Set()
    if (caller.callees.has(span.service.identity)) return
    caller.callees.add(span.service.identity)
    observations.push(observe(caller.span, 'source', ends, cluster, `s${parentKey}${span.service.identity}`))
  }

  const arrived = (key: string, party: Party) => {
    for (const child of waiting.take(key)) {
      settle(child, key, party)
      if (--child.awaited === 0) letCalleeGo(child)
    }
  }

  const addCaller = (span: Span, party: Party, now: number) => {
    const within = wrapped.get(span.key)
    const wraps = span.kind === 'client' && within?.service.identity === span.service.identity
    if (party.kind !== 'database') callers.set(span.key, { span, at: now, callees: null, wraps })
    else if (!(wraps && within?.kind === 'database') && !isWithinDatabase(span)) alone(span, 'source')
  }

  /** A database client's own client span (a driver below an ORM, HTTP below a search client) is the same call. */
  const isWithinDatabase = (span: Span) => {
    const parent = seen.get(span.parent)
    return parent?.kind === 'database' && parent.service.identity === span.service.identity
  }

  const addCallee = (span: Span, now: number) => {
    const callee: Callee = { span, at: now, awaited: 0, explained: false }
    for (const parentKey of parentsOf(span)) {
      const parent = seen.get(parentKey)
      if (parent) settle(callee, parentKey, parent)
      else {
        waiting.wait(callee, parentKey)
        callee.awaited++
      }
    }
    if (callee.awaited > 0) callees.set(span.key, callee)
    else if (!callee.explained && span.kind !== 'unspecified') alone(span, 'destination')
  }

  /** A client span within one of the same service (an SDK's around its HTTP client's) is the call; the outer one is not a second. */
  const noteWrapping = (span: Span, party: Party) => {
    if (!seen.get(span.parent)) {
      wrapped.set(span.parent, party)
      return
    }
    const caller = callers.get(span.parent)
    if (caller?.span.kind === 'client' && caller.span.service.identity === span.service.identity) caller.wraps = true
  }

  /** A half without the other one. */
  const alone = (span: Span, reporter: 'source' | 'destination') => {
    const { ref } = span.service
    if (reporter === 'source') {
      const peer = peers.callee(span)
      if (!peer) return
      const ends = { from: ref, to: peer.ref, fromIp: '', toIp: peer.ip, port: peer.port }
      observations.push(observe(span, 'source', ends, cluster, `s${span.key}`))
      return
    }
    const peer = peers.caller(span)
    const ends = { from: peer.ref, to: ref, fromIp: peer.ip, toIp: '', port: serverPort(span) }
    observations.push(observe(span, 'destination', ends, cluster, `d${span.key}`))
  }

  const letCallerGo = (key: string, { span, callees: answered, wraps }: Caller) => {
    callers.delete(key)
    if (answered || span.kind === 'unspecified' || wraps || isWithinDatabase(span)) return
    counts.unpaired++
    alone(span, 'source')
  }

  const letCalleeGo = (callee: Callee) => {
    callees.delete(callee.span.key)
    waiting.forget(callee)
    if (callee.explained || callee.span.kind === 'unspecified') return
    counts.unpaired++
    alone(callee.span, 'destination')
  }

  /** Many at once, because the start of a map is found slowly while its first entries go one by one. */
  const dropOldest = () => {
    const oldCallers = callers.entries()
    const oldCallees = callees.values()
    let caller = oldCallers.next().value
    let callee = oldCallees.next().value
    for (let n = Math.ceil(limits.maxHeld / 100); n > 0; n--) {
      if (caller && (!callee || caller[1].at <= callee.at)) {
        const [key, { span, callees: answered }] = caller
        callers.delete(key)
        if (!answered && span.kind !== 'unspecified') lose(span)
        caller = oldCallers.next().value
      } else if (callee) {
        callees.delete(callee.span.key)
        waiting.forget(callee)
        if (!callee.explained && callee.span.kind !== 'unspecified') lose(callee.span)
        callee = oldCallees.next().value
      }
    }
  }

  const lose = ({ time }: Span) => {
    counts.dropped++
    dropped ??= { n: 0, from: time, to: time }
    dropped.n++
    dropped.from = Math.min(dropped.from, time)
    dropped.to = Math.max(dropped.to, time)
  }

  return {
    counts,
    get held() {
      return callers.size + callees.size
    },
    add(span, now) {
      counts.spans++
      if (seen.get(span.key)) {
        counts.repeated++
        return
      }
      const party = partiesOf(
        span.service,
        span.kind === 'client' && isDatabase(span.attributes) ? 'database' : span.kind,
      )
      seen.set(span.key, party)
      if (isCaller(span.kind)) addCaller(span, party, now)
      arrived(span.key, party)
      if (isCallee(span.kind)) addCallee(span, now)
      if (span.kind === 'client' && span.parent) noteWrapping(span, party)
      while (callers.size + callees.size > limits.maxHeld) dropOldest()
    },
    expire(now) {
      const until = now - limits.ttlMs
      for (const callee of callees.values()) {
        if (callee.at > until) break
        letCalleeGo(callee)
      }
      for (const [key, caller] of callers) {
        if (caller.at > until) break
        letCallerGo(key, caller)
      }
    },
    release() {
      for (const callee of callees.values()) letCalleeGo(callee)
      for (const [key, caller] of callers) letCallerGo(key, caller)
    },
    take() {
      const taken = { observations, dropped }
      observations = []
      dropped = null
      return taken
    },
  }
}
