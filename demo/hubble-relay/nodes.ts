import { createRing, type Entry, type Ring } from './ring'
import { createSlabs } from './slab'

/** The nodes behind the relay: each with its ring, connected or not. */
export type RelayNodes = {
  readonly rings: readonly Ring[]
  /** Keeps a copy of the entry's bytes. */
  push(node: number, entry: Entry): void
  isUp(node: number): boolean
  setUp(node: number, up: boolean): void
  /** Calls back when a node comes or goes. Returns how to stop. */
  onState(notify: (node: number, up: boolean) => void): () => void
  /** Calls back when `flush` says that events were pushed. Returns how to stop. */
  onEvents(notify: () => void): () => void
  flush(): void
  /** Namespaces that had flows, for GetNamespaces. */
  readonly namespaces: ReadonlySet<string>
}

export function createRelayNodes(
  names: readonly string[],
  capacity: number,
  namespaces: ReadonlySet<string>,
): RelayNodes {
  const rings = names.map((name) => createRing(name, capacity))
  const slabs = createSlabs()
  const down = new Set<number>()
  const stateListeners = new Set<(node: number, up: boolean) => void>()
  const eventListeners = new Set<() => void>()
  return {
    rings,
    namespaces,
    push(node, { time, data }) {
      const kept = slabs.take(data.length)
      kept.set(data)
      rings[node]?.push({ time, data: kept })
    },
    isUp: (node) => !down.has(node),
    setUp(node, up) {
      if (up) down.delete(node)
      else down.add(node)
      for (const notify of stateListeners) notify(node, up)
    },
    onState(notify) {
      stateListeners.add(notify)
      return () => void stateListeners.delete(notify)
    },
    onEvents(notify) {
      eventListeners.add(notify)
      return () => void eventListeners.delete(notify)
    },
    flush() {
      for (const notify of eventListeners) notify()
    },
  }
}
