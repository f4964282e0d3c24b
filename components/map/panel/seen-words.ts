import { type View, viewOf } from '@/core/figures/family'
import type { Graph, GraphEdge } from '@/core/graph/graph'
import { witnessWords } from './witness-words'

const viewNames: Readonly<Record<View, string>> = { flows: 'flows', proxies: 'the mesh', spans: 'traces' }

/** `Seen by flows, not by the mesh`: where an edge was seen and, of what this cluster has, where it was not; '' where it was seen everywhere. */
export function seenSentence(edge: Pick<GraphEdge, 'seen'>, { views }: Pick<Graph, 'views'>): string {
  const missing = views.filter((view) => !edge.seen.includes(view))
  if (missing.length === 0 || edge.seen.length === 0) return ''
  return `Seen by ${join(edge.seen)}, not by ${join(missing)}`
}

const join = (views: readonly View[]) => views.map((view) => viewNames[view]).join(' and ')

/** Spans as the only witness of requests may be a sample; '' elsewhere. */
export function sampleSentence({ told }: Pick<GraphEdge, 'told'>): string {
  if (!told.requests || viewOf(told.requests) !== 'spans') return ''
  return 'Requests are told by traces alone, which may be a sample'
}

/** `Istio metrics was away for part of this time`, for each source that would have told more; '' where none was. */
export function passedOverSentence({ passedOver }: Pick<GraphEdge, 'passedOver'>): string {
  const names = [...new Set(passedOver.map((witness) => witnessWords(witness).source))]
  if (names.length === 0) return ''
  return `${names.join(' and ')}: away for a part of this time, so the next source tells the figures`
}
