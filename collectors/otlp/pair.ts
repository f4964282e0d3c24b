import type { Observation } from '@/core/observation'
import { createRecent } from '@/collectors/kit/recent'
import { clientPort, observe, serverPort } from './observe'
import { isDatabase } from './outcome'
import { createPeers } from './peer'
import type { Service, Span, SpanKind } from './span'

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

/** What is remembered of a span after it went: whose it was. One object for each service and kind. */
type Party = { readonly service: Service; readonly kind: PartyKind }
type PartyKind = SpanKind | 'database'

type Caller = {
  readonly span: Span
  readonly at: number
  /** Identities of the services that answered; null before the first. */
  callees: Set<string> | null
  /** A client span of the same service lies within: that one is the call. */
  wraps: boolean
}

type Callee = {
  readonly span: Span
  readonly at: number
  /** Parent and links that have not been seen. */
  awaited: number
  /** Who called is known, or that it was no call of another service. */
  explained: boolean
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
  const waiting = new Map<string, Callee | Callee[]>()
  const counts: PairCounts = { spans: 0, repeated: 0, paired: 0, unpaired: 0, dropped: 0 }
  let observations: Observation[] = []
  let dropped: { n: number; from: number; to: number } | null = null

  /** A callee and the span that called it, as far as it is known. */
  const settle = (callee: Callee, parentKey: string, parent: Party): void => {
    const { span } = callee
    const own = parent.service.identity === span.service.identity
    const asked =
      span.kind === 'server'
        ? parent.kind === 'client' || parent.kind === 'database'
        : span.kind === 'consumer' && parent.kind === 'producer'
    const isParent = parentKey === span.parent
    if (isParent || asked) callee.explained = true
    if (own && !asked) return
    callee.explained = true
    const caller = callers.get(parentKey)
    const port = serverPort(span) || (caller ? clientPort(caller.span) : 0)
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

  const wait = (callee: Callee, parentKey: string) => {
    const others = waiting.get(parentKey)
    if (!others) waiting.set(parentKey, callee)
    else if (Array.isArray(others)) others.push(callee)
    else waiting.set(parentKey, [others, callee])
  }

  const forget = (callee: Callee) => {
    for (const parentKey of parentsOf(callee.span)) {
      const others = waiting.get(parentKey)
      if (others === callee) waiting.delete(parentKey)
      else if (Array.isArray(others) && others.includes(callee)) others.splice(others.indexOf(callee), 1)
    }
  }

  const arrived = (key: string, party: Party) => {
    const children = waiting.get(key)
    if (!children) return
    waiting.delete(key)
    for (const child of Array.isArray(children) ? children : [children]) {
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
        wait(callee, parentKey)
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
    forget(callee)
    if (callee.explained || callee.span.kind === 'unspecified') return
    counts.unpaired++
    alone(callee.span, 'destination')
  }

  const drop = () => {
    const [callerKey, caller] = callers.entries().next().value ?? []
    const callee = callees.values().next().value
    const isCallerOlder = caller !== undefined && (callee === undefined || caller.at <= callee.at)
    if (isCallerOlder && callerKey !== undefined) {
      callers.delete(callerKey)
      if (!caller.callees && caller.span.kind !== 'unspecified') lose(caller.span)
    } else if (callee) {
      callees.delete(callee.span.key)
      forget(callee)
      if (!callee.explained && callee.span.kind !== 'unspecified') lose(callee.span)
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
      while (callers.size + callees.size > limits.maxHeld) drop()
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

/** Parent and, of a consumer, links: each once. */
function parentsOf({ parent, links, kind }: Span): readonly string[] {
  if (kind !== 'consumer' || links.length === 0) return parent ? [parent] : []
  return [...new Set(parent ? [parent, ...links] : links)]
}

function createParties(): (service: Service, kind: PartyKind) => Party {
  const parties = new WeakMap<Service, Map<PartyKind, Party>>()
  return (service, kind) => {
    let ofService = parties.get(service)
    if (!ofService) parties.set(service, (ofService = new Map()))
    let party = ofService.get(kind)
    if (!party) ofService.set(kind, (party = { service, kind }))
    return party
  }
}
