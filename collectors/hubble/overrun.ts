import type { Gap } from '@/core/observation'
import type { Fields } from './fields'

/** Watches, after a resume, whether the nodes' rings still held what came after the checkpoint. */
export type Overrun = {
  /** The first flow of each node tells; gives a gap where flows were overwritten before they could be read. */
  flow(node: string, time: number): Gap | null
  /** False when nothing is left to find out. */
  readonly watching: boolean
}

const nothingToWatch: Overrun = { flow: () => null, watching: false }

/** A node slower than this many flows a second may well have had none in the overlap. */
const steadyRate = 0.5

/**
 * `nodes`: fields of GetNodesResponse. A ring that has wrapped and whose first flow is younger than
 * the checkpoint has lost the span between, unless the node is so quiet that its ring must reach
 * back further: by its mean rate the ring covers twice the time that was missed.
 */
export function createOverrun(cluster: string, nodes: Fields | null, checkpoint: number | null, now: number): Overrun {
  if (checkpoint === null || !Array.isArray(nodes?.nodes)) return nothingToWatch
  const suspects = new Set<string>()
  for (const node of nodes.nodes) {
    if (typeof node !== 'object' || Array.isArray(node) || typeof node.name !== 'string') continue
    if (wrapped(node) && !coversTwice(node, now - checkpoint)) suspects.add(node.name)
  }
  return {
    get watching() {
      return suspects.size > 0
    },
    flow(part, time) {
      if (!suspects.delete(part) || time <= checkpoint) return null
      return { cluster, from: checkpoint, to: time, cause: 'lost_events', lost: null, part }
    },
  }
}

const wrapped = (node: Fields) =>
  Number(node.max_flows ?? 0) > 0 && Number(node.num_flows ?? 0) >= Number(node.max_flows ?? 0)

function coversTwice(node: Fields, missedMs: number): boolean {
  const seconds = Number(node.uptime_ns ?? 0) / 1e9
  const rate = seconds > 0 ? Number(node.seen_flows ?? 0) / seconds : 0
  if (rate >= steadyRate) return false
  return rate === 0 || (Number(node.max_flows ?? 0) / rate) * 1000 > 2 * missedMs
}
