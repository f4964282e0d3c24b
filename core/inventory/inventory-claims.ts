/**
 * Who held a key (an address, a pod's name) when. Claims of several owners may overlap, because the
 * end of one is learnt later than the start of the next: the one that began last wins. So the
 * answer does not depend on the order in which news of different owners comes.
 */
export type Claims<T> = {
  /** The owner holds the key from then on; a claim of its own that is open or touches is continued. O(log n). */
  open(key: string, owner: string, from: number, target: T): void
  close(key: string, owner: string, to: number): void
  /** Who held it at `time`; null where nobody did. O(log n), n ≤ maxPerKey. */
  at(key: string, time: number): T | null
  /** Who held it at `time`, else until at most `after` before it, else from at most `before` after it. */
  near(key: string, time: number, after: number, before: number): T | null
  /** Forgets the claims that ended before `time`. Amortised O(1) a claim. */
  prune(time: number): void
  /** Claims held now, open and closed. */
  readonly size: number
  /** Claims that were not taken or were forgotten early, because there were too many. */
  readonly dropped: number
}

export type ClaimLimits = { readonly maxOpen: number; readonly maxClosed: number; readonly maxPerKey: number }

export const claimLimits: ClaimLimits = { maxOpen: 300_000, maxClosed: 200_000, maxPerKey: 64 }

/** `from` inclusive, `to` exclusive; Infinity while open. */
type Claim<T> = { readonly key: string; readonly owner: string; readonly from: number; to: number; target: T }

export function createClaims<T>(limits: ClaimLimits = claimLimits): Claims<T> {
  const byKey = new Map<string, Claim<T>[]>()
  const closed = createQueue<Claim<T>>()
  let open = 0
  let ended = 0
  let dropped = 0

  const remove = (claim: Claim<T>): void => {
    const claims = byKey.get(claim.key)
    const index = claims?.indexOf(claim) ?? -1
    if (!claims || index < 0) return
    claims.splice(index, 1)
    if (claims.length === 0) byKey.delete(claim.key)
    if (claim.to === Infinity) open--
    else ended--
  }

  const latestOf = (key: string, owner: string) => byKey.get(key)?.findLast((claim) => claim.owner === owner)

  const crowded = (claims: Claim<T>[]): void => {
    if (claims.length <= limits.maxPerKey) return
    const oldest = claims.find((claim) => claim.to !== Infinity) ?? claims[0]
    if (oldest) remove(oldest)
    dropped++
  }

  return {
    get size() {
      return open + ended
    },
    get dropped() {
      return dropped
    },
    open(key, owner, from, target) {
      const own = latestOf(key, owner)
      if (own && own.to >= from) {
        if (own.to !== Infinity) {
          own.to = Infinity
          open++
          ended--
        }
        own.target = target
        return
      }
      if (open >= limits.maxOpen) {
        dropped++
        return
      }
      const claim = { key, owner, from, to: Infinity, target }
      const claims = byKey.get(key)
      if (claims) {
        claims.splice(firstAfter(claims, from, owner), 0, claim)
        open++
        crowded(claims)
      } else {
        byKey.set(key, [claim])
        open++
      }
    },
    close(key, owner, to) {
      const claim = latestOf(key, owner)
      if (!claim || claim.to !== Infinity) return
      if (to <= claim.from) return remove(claim)
      claim.to = to
      open--
      ended++
      closed.push(claim)
      while (ended > limits.maxClosed) {
        const oldest = closed.shift()
        if (!oldest) break
        if (oldest.to === Infinity) continue
        remove(oldest)
        dropped++
      }
    },
    at(key, time) {
      return covering(byKey.get(key) ?? [], time)?.target ?? null
    },
    near(key, time, after, before) {
      const claims = byKey.get(key) ?? []
      const exact = covering(claims, time)
      if (exact) return exact.target
      let last: Claim<T> | null = null
      for (const claim of claims) if (claim.to <= time && (!last || claim.to >= last.to)) last = claim
      if (last && time - last.to <= after) return last.target
      const next = claims.find((claim) => claim.from > time)
      return next && next.from - time <= before ? next.target : null
    },
    prune(time) {
      for (let oldest = closed.peek(); oldest && (oldest.to < time || oldest.to === Infinity); oldest = closed.peek()) {
        closed.shift()
        if (oldest.to !== Infinity) remove(oldest)
      }
    },
  }
}

/** Claims are sorted by start, then owner. */
function firstAfter(claims: readonly { from: number; owner: string }[], from: number, owner: string): number {
  let low = 0
  let high = claims.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const claim = claims[middle]
    if (claim && (claim.from < from || (claim.from === from && claim.owner <= owner))) low = middle + 1
    else high = middle
  }
  return low
}

function covering<T>(claims: readonly Claim<T>[], time: number): Claim<T> | null {
  for (let index = firstAfter(claims, time, '\uffff') - 1; index >= 0; index--) {
    const claim = claims[index]
    if (claim && claim.to > time) return claim
  }
  return null
}

/** First in, first out, without moving what stays. */
function createQueue<T>() {
  let items: T[] = []
  let head = 0
  return {
    push: (item: T) => void items.push(item),
    peek: (): T | undefined => items[head],
    shift(): T | undefined {
      const item = items[head++]
      if (head > 1_024 && head * 2 > items.length) {
        items = items.slice(head)
        head = 0
      }
      if (head > items.length) head = items.length
      return item
    },
  }
}
