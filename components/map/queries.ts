import type { Totals } from '@/core/graph/build-totals'
import type { Comparison } from '@/core/compare/compare-graphs'
import type { Graph, Level } from '@/core/graph/graph'
import type { Direction } from '@/core/graph/graph-focus'
import type { Grouping } from '@/core/graph/graph-groups'
import type { PolicyLens } from '@/core/policy/pages/policy-lens'
import { type ViewParams, viewQuery } from '../view-query'

export type GraphParams = ViewParams & {
  readonly level?: Level
  readonly fold?: readonly string[]
  readonly unfold?: readonly string[]
  /** What the regions are. */
  readonly by?: Grouping
  /** `1` shows the machines of the cluster. */
  readonly nodes?: '1'
  /** `0` leaves out workloads without traffic. */
  readonly idle?: '0'
  /** Edges at most. */
  readonly edges?: number
  /** A node that the graph is around; `hops`: a number or `all`. */
  readonly focus?: string
  readonly hops?: string
  readonly dir?: Direction
}

/** The service graph. Old data stays while new is fetched; its age is `window.to`. */
export const graphQuery = (params: GraphParams) => viewQuery<Graph>('map', params)

/** How the graph differs from that of another window (`vs`: core/compare/compare-window.ts). */
export const compareQuery = (params: GraphParams & { readonly vs: string }) => viewQuery<Comparison>('compare', params)

/** Totals over time for the strip under the map. */
export const timelineQuery = (params: ViewParams) => viewQuery<Totals>('timeline', params)

export type PolicyLensParams = Omit<ViewParams, 'q'> &
  Pick<GraphParams, 'level' | 'by' | 'fold' | 'unfold'> & {
    /** Every region is folded that `unfold` does not name. */
    readonly whole?: '1'
  }

/** What policies decide on each edge of the graph, and whom they isolate. */
export const policyLensQuery = (params: PolicyLensParams) =>
  viewQuery<PolicyLens>('policies/lens', params, 'policy-lens')
