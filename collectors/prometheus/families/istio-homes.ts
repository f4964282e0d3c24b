import type { Labels } from '../family'
import { known } from './labels'

/** Istio's name for a cluster that was given none. */
const unnamed = 'Kubernetes'
const maxNames = 64

/**
 * Which of Istio's cluster names mean the observed cluster itself. Istio and Oriel may call it by
 * different names: where all proxies that report are in one cluster, that is it. Where they are in
 * several (a metric store of many clusters), it is the one of Oriel's name, and the others are themselves.
 */
export type Homes = {
  /** Learns from a series; true where that changes an answer. */
  note(labels: Labels): boolean
  /** The name for Oriel. */
  nameOf(cluster: string): string
}

export function createHomes(cluster: string): Homes {
  const seen = new Set<string>()
  const isHome = (name: string) =>
    name === cluster || (!seen.has(cluster) && (seen.size === 1 ? seen.has(name) : name === unnamed))
  return {
    note(labels) {
      const name = reportingCluster(labels)
      if (name === '' || seen.has(name) || seen.size >= maxNames) return false
      seen.add(name)
      return true
    },
    nameOf: (name) => (name === '' || isHome(name) ? cluster : name),
  }
}

/** Istio's name of the cluster where the proxy is that reported; '' where it does not say. */
export function reportingCluster({ reporter, source_cluster, destination_cluster }: Labels): string {
  return known(reporter === 'source' ? source_cluster : destination_cluster) || known(source_cluster)
}
