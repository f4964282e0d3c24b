import type { ServiceEdge } from '@/core/services/service-detail'
import { addKnown } from '@/core/figures/tally'
import type { Sort } from '../ui/table-head'

/** What each column sorts by; null is unknown and comes last. */
export const edgeSortKeys: Readonly<Record<string, (edge: ServiceEdge) => number | string | null>> = {
  name: ({ other, port }) => `${other.namespace}/${other.name}:${port}`,
  rate: ({ figures }) => figures.requestRate ?? figures.flowRate,
  errors: ({ figures }) => figures.errorRatio,
  p95: ({ figures }) => figures.p95,
  bytes: ({ figures }) => addKnown(figures.sentRate, figures.receivedRate),
  refused: ({ figures }) => (figures.verdicts.denied ?? 0) + (figures.verdicts.error ?? 0),
}

/** `-rate` is descending; null leaves the answer's own order: the unwell and the strongest first. */
export function parseEdgeSort(text: string): Sort | null {
  const descending = text.startsWith('-')
  const id = descending ? text.slice(1) : text
  return Object.hasOwn(edgeSortKeys, id) ? { id, direction: descending ? 'descending' : 'ascending' } : null
}

/** What a press on a head makes of the order: figures from the largest, names from A, then the other way, then none. */
export function nextEdgeSort(sort: Sort | null, id: string): string | null {
  const first = id === 'name' ? id : `-${id}`
  const second = id === 'name' ? `-${id}` : id
  if (sort?.id !== id) return first
  const now = `${sort.direction === 'descending' ? '-' : ''}${id}`
  return now === first ? second : null
}

export function sortEdges(edges: readonly ServiceEdge[], sort: Sort | null): readonly ServiceEdge[] {
  const key = sort && edgeSortKeys[sort.id]
  if (!sort || !key) return edges
  const sign = sort.direction === 'descending' ? -1 : 1
  return edges.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return sign * (x < y ? -1 : x > y ? 1 : 0)
  })
}
