import type { Graph } from '@/core/graph/graph'

/** Whether no source has told anything ever, so that a map would be empty for want of a connection. */
export const isUnconnected = (graph: Pick<Graph, 'edges' | 'sources'>, recording: number | null): boolean =>
  recording === null && graph.edges.length === 0 && graph.sources.every(({ lastEventAt }) => lastEventAt === null)
