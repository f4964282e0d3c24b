import type { AuditEvent } from './event'

export type FloodLimits = {
  /** Events of one key, and of nobody known together, within the span. */
  readonly each: number
  readonly unknown: number
  readonly spanMs: number
  /** Strangers that are told apart: anybody can be many of them. */
  readonly keys: number
}

const defaults: FloodLimits = { each: 10, unknown: 200, spanMs: 300_000, keys: 500 }

/**
 * What did not succeed can be repeated without end, by anybody. The first ones are let through one by one; more of the
 * same within a span are counted, and told together at its end.
 */
export type Flood = {
  /** Whether this event is to be written by itself; else it is counted. */
  readonly admit: (event: AuditEvent, now: number) => boolean
  /** The events that stand for what was counted in spans that are over; of all spans with `now` infinite. */
  readonly drain: (now: number) => readonly AuditEvent[]
}

type Counted = { readonly since: number; admitted: number; held: number; last: AuditEvent }

export function createFlood({ each, unknown, spanMs, keys }: FloodLimits = defaults): Flood {
  const counts = new Map<string, Counted>()
  let nobody = { since: Number.NEGATIVE_INFINITY, admitted: 0 }

  const admit = (event: AuditEvent, now: number): boolean => {
    if (!isRepeatable(event)) return true
    const isUnknown = event.actor.account === null
    if (isUnknown && now - nobody.since >= spanMs) nobody = { since: now, admitted: 0 }
    const counted = countedOf(event, now)
    counted.last = event
    if (counted.admitted < (isSavedByItself(event) ? 1 : each) && !(isUnknown && nobody.admitted >= unknown)) {
      counted.admitted++
      if (isUnknown) nobody.admitted++
      return true
    }
    counted.held++
    return false
  }

  const countedOf = (event: AuditEvent, now: number): Counted => {
    const own = keyOf(event)
    const isKnown = event.actor.account !== null
    const key = isKnown || counts.has(own) || counts.size < keys ? own : `${event.action} of others`
    const found = counts.get(key)
    // One that is over and holds something back waits for its telling.
    if (found && (now - found.since < spanMs || found.held > 0)) return found
    const begun = { since: now, admitted: key === own ? 0 : each, held: 0, last: event }
    counts.set(key, begun)
    return begun
  }

  const drain = (now: number): readonly AuditEvent[] => {
    const told: AuditEvent[] = []
    for (const [key, { since, held, last }] of counts) {
      if (now - since < spanMs) continue
      counts.delete(key)
      if (held > 0) told.push({ ...last, count: held, reason: together(held, last) })
    }
    return told
  }
  return { admit, drain }
}

const together = (held: number, { reason }: AuditEvent): string =>
  `${held} more alike within minutes, told together. The last one: ${reason ?? ''}`.trimEnd()

/** Opening the same link again is no news either. */
const isRepeatable = (event: AuditEvent): boolean =>
  event.result !== 'done' || event.action === 'link.opened' || isSavedByItself(event)

/** A draft is saved a moment after each keystroke: of one that is worked on the first save says so. */
const isSavedByItself = ({ result, action }: AuditEvent): boolean => result === 'done' && action === 'draft.changed'

const keyOf = ({ action, actor, from, result, target }: AuditEvent): string =>
  `${action} ${result} ${actor.account ?? `from ${from.slice(0, 64)}`} ${result === 'done' ? target : ''}`
