import type { Gap } from '@/core/observation'
import type { Received } from './received'

type NodeStatus = Extract<Received, { type: 'node_status' }>
type LostEvents = Extract<Received, { type: 'lost_events' }>

/** Turns what Relay says about nodes and lost events into gaps. */
export type Losses = {
  nodeStatus(event: NodeStatus, now: number): void
  /** `newest`: time of the newest event read so far, for servers that do not say since when events were lost. */
  lostEvents(event: LostEvents, newest: number | null, now: number): void
  add(gap: Gap): void
  /** Gaps that are due: changes of nodes at once, lost events every few seconds, so that a flood is a few rows. */
  take(now: number): Gap[]
  /** Everything that is left. Nodes that are away end here: from here on the whole source is not read. */
  close(now: number): Gap[]
}

const coalesceMs = 5_000
const maxNodes = 10_000
const away: ReadonlySet<string> = new Set(['NODE_UNAVAILABLE', 'NODE_ERROR'])
const back: ReadonlySet<string> = new Set(['NODE_CONNECTED', 'NODE_GONE'])

/** A node that left the cluster (NODE_GONE) has nothing more to tell: its gap ends at once instead of staying open for ever. */
export function createLosses(cluster: string): Losses {
  const down = new Map<string, number>()
  let lost = new Map<string, { from: number; to: number; lost: number }>()
  let lostSince = 0
  let due: Gap[] = []

  const nodeGap = (part: string, from: number, to: number | null): Gap => ({
    cluster,
    from,
    to,
    cause: 'node_down',
    lost: null,
    part,
  })

  const takeLost = (): Gap[] => {
    const gaps: Gap[] = [...lost].map(([part, span]) => ({ cluster, cause: 'lost_events', part, ...span }))
    lost = new Map()
    return gaps
  }

  return {
    nodeStatus({ state, nodes, time }, now) {
      const at = Number.isFinite(time) ? time : now
      for (const node of nodes.slice(0, maxNodes)) {
        const since = down.get(node)
        if (away.has(state) && since === undefined && down.size < maxNodes) {
          down.set(node, at)
          due.push(nodeGap(node, at, null))
        } else if (back.has(state) && (since !== undefined || state === 'NODE_GONE')) {
          down.delete(node)
          due.push(nodeGap(node, since ?? at, Math.max(at, since ?? at)))
        }
      }
    },
    lostEvents(event, newest, now) {
      const to = Number.isFinite(event.time) ? event.time : now
      const from = Math.min(to, Number.isFinite(event.first) ? event.first : (newest ?? to))
      const known = lost.get(event.node)
      if (!known && lost.size >= maxNodes) return
      if (lost.size === 0) lostSince = now
      lost.set(event.node, {
        from: Math.min(from, known?.from ?? from),
        to: Math.max(to, known?.to ?? to),
        lost: event.lost + (known?.lost ?? 0),
      })
    },
    add(gap) {
      due.push(gap)
    },
    take(now) {
      const gaps = lost.size > 0 && now - lostSince >= coalesceMs ? [...due, ...takeLost()] : due
      due = []
      return gaps
    },
    close(now) {
      const gaps = [
        ...due,
        ...takeLost(),
        ...[...down].map(([node, since]) => nodeGap(node, since, Math.max(since, now))),
      ]
      due = []
      down.clear()
      return gaps
    },
  }
}
