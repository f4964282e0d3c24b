/** Istio's name for a cluster that was given none. */
const unnamed = 'Kubernetes'
const maxNames = 64

/**
 * Which of a mesh's own cluster names mean the observed cluster itself. It and Oriel may call it by
 * different names: where all that report are in one cluster, that is it. Where they are in
 * several (a metric store of many clusters), it is the one of Oriel's name, and the others are themselves.
 */
export type Homes = {
  /** Learns the cluster of a reporter; true where that is new. */
  note(name: string): boolean
  /** The name for Oriel. */
  nameOf(cluster: string): string
}

export function createHomes(cluster: string): Homes {
  const seen = new Set<string>()
  const isHome = (name: string) =>
    name === cluster || (!seen.has(cluster) && (seen.size === 1 ? seen.has(name) : name === unnamed))
  return {
    note(name) {
      if (name === '' || seen.has(name) || seen.size >= maxNames) return false
      seen.add(name)
      return true
    },
    nameOf: (name) => (name === '' || isHome(name) ? cluster : name),
  }
}
