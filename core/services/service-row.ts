import type { Difference } from '../compare/compare'
import type { Coverage, EncryptionUnit } from '../encryption/classes'
import type { Figures, Health } from '../figures/figures'
import type { GraphNode } from '../graph/graph'

/** One row of the services table: what comes in to a workload or service, now and in the period before. */
export type ServiceRow = Pick<GraphNode, 'id' | 'type' | 'cluster' | 'namespace' | 'kind' | 'name'> & {
  readonly health: Health
  readonly why: string
  /** The team of its namespace; null where none is known. */
  readonly team: string | null
  /** null where the inventory does not know it. */
  readonly pods: number | null
  readonly services: readonly string[]
  readonly figures: Figures | null
  readonly previous: Figures | null
  /** How `figures` differ from `previous`, the worst first. */
  readonly differences: readonly Difference[]
  /** NetworkPolicies that select its pods; null where the policies are not known. */
  readonly policies: readonly string[] | null
  /** Coverage of what comes in, in the unit that most of its edges tell; null where nothing went between nodes. */
  readonly encrypted: (Coverage & { readonly unit: EncryptionUnit }) | null
  /** At most 30 points over the window; null in gaps. */
  readonly requestSpark: readonly (number | null)[]
  readonly errorSpark: readonly (number | null)[]
  readonly p95Spark: readonly (number | null)[]
  readonly callers: number
  readonly callees: number
}
