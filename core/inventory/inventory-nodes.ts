import { deepEqual } from '../text/deep-equal'
import type { NodeKeys } from '../encryption/ground'
import { isCiliumAgent, nodeKeysOf } from '../encryption/node-keys'
import { type ClaimLimits, createClaims } from './inventory-claims'
import type {
  CiliumConfigObject,
  CiliumNodeObject,
  FelixConfigurationObject,
  InventoryObject,
  NodeObject,
} from './inventory-object'

export type Nodes = {
  /** What is now (undefined: it is gone) and was before; kinds that tell nothing of nodes are passed over. True where an answer may have changed. */
  see(now: InventoryObject | undefined, before: InventoryObject | undefined, at: number): boolean
  /** Keys that the node had at `time`; null where nothing tells. O(log n). */
  keysOf(name: string, time: number): NodeKeys | null
  prune(time: number): void
}

/** Which keys each node had when. */
export function createNodes(cluster: string, limits: ClaimLimits): Nodes {
  const nodes = new Map<string, NodeObject>()
  const ciliumNodes = new Map<string, CiliumNodeObject>()
  const agents = new Set<string>()
  const felix = new Map<string, FelixConfigurationObject>()
  let ciliumConfig: CiliumConfigObject | undefined
  const history = createClaims<{ readonly keys: NodeKeys }>(limits)
  const current = new Map<string, { readonly owner: string; readonly keys: NodeKeys; readonly since: number }>()
  let owners = 0

  const settle = (name: string, since: number, at: number): boolean => {
    const keys = nodeKeysOf({
      cluster,
      node: nodes.get(name),
      cilium: ciliumNodes.get(name),
      ciliumRuns: agents.size > 0,
      settings: { cilium: ciliumConfig, felix: [...felix.values()] },
    })
    const known = current.get(name)
    if (deepEqual(known?.keys, keys ?? undefined)) return false
    if (known) history.close(name, known.owner, at)
    current.delete(name)
    if (!keys) return true
    // Each set of keys holds a claim of its own.
    const owner = `${name} ${owners++}`
    const begins = known ? at : since
    history.open(name, owner, begins, { keys })
    current.set(name, { owner, keys, since: begins })
    return true
  }

  const settleAll = (since: number, at: number): boolean =>
    [...new Set([...nodes.keys(), ...ciliumNodes.keys()])].map((node) => settle(node, since, at)).includes(true)

  return {
    see(now, before, at) {
      const one = now ?? before
      if (!one) return false
      const { name, createdAt } = one
      const since = Math.min(createdAt || at, at)
      if (one.kind === 'Node') {
        if (now?.kind === 'Node') nodes.set(name, now)
        else nodes.delete(name)
        return settle(name, since, at)
      }
      if (one.kind === 'CiliumNode') {
        if (now?.kind === 'CiliumNode') ciliumNodes.set(name, now)
        else ciliumNodes.delete(name)
        return settle(name, since, at)
      }
      if (one.kind === 'CiliumConfig') {
        ciliumConfig = now?.kind === 'CiliumConfig' ? now : undefined
        return settleAll(since, at)
      }
      if (one.kind === 'FelixConfiguration') {
        if (now?.kind === 'FelixConfiguration') felix.set(name, now)
        else felix.delete(name)
        return settleAll(since, at)
      }
      if (one.kind !== 'DaemonSet' || !isCiliumAgent(one.labels)) return false
      const ran = agents.size > 0
      if (now) agents.add(one.uid)
      else agents.delete(one.uid)
      if (agents.size > 0 === ran) return false
      return settleAll(since, at)
    },
    keysOf(name, time) {
      // Almost every flow is newer than the last change of a node's keys.
      const now = current.get(name)
      if (now && time >= now.since) return now.keys
      return history.near(name, time, Infinity, Infinity)?.keys ?? null
    },
    prune: (time) => history.prune(time),
  }
}
