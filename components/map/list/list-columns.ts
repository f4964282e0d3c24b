import { type Graph, isGroup } from '@/core/graph/graph'
import { formatCount, formatMs, formatPercent, formatRate, placeWord } from '../../format'
import type { Lens } from '../../url-state'
import { type CoveredNode, coverWords, type DecidedEdge } from '../scene/decided'
import { strength } from '../scene/edge-style'
import { edgeClass } from '../lens'
import { portWords } from '../panel/port-words'
import type { GraphIndex } from '../camera/walk'

/** A column of the list: how it reads and by what it sorts. null sorts last, whichever way. */
export type Column<T> = {
  readonly key: string
  readonly title: string
  /** Pixels; of a column that grows, at least. */
  readonly width: number
  /** Part of the room that is left over. */
  readonly grow?: number
  /** Left out where there is no room; the greater first. */
  readonly yields?: number
  readonly right?: true
  readonly text: (row: T) => string
  readonly sort: (row: T) => number | string | null
}

const healthRank = { failing: 3, degraded: 2, unknown: 1, healthy: 0 } as const

export function nodeColumns(index: GraphIndex, lens: Lens): readonly Column<CoveredNode>[] {
  const isPolicy = lens === 'policy'
  const count = (node: CoveredNode, end: 'from' | 'to') =>
    (index.around.get(node.id) ?? []).filter((edge) => edge[end] === node.id).length
  return [
    { key: 'name', title: 'Name', width: 124, grow: 2, text: (n) => n.name, sort: (n) => n.name },
    {
      key: 'namespace',
      title: 'Namespace',
      width: 88,
      grow: 1,
      yields: 1,
      text: placeWord,
      sort: (n) => n.namespace,
    },
    {
      key: 'health',
      title: 'Health',
      width: 96,
      yields: isPolicy ? 1 : 0,
      text: (n) => n.health,
      sort: (n) => healthRank[n.health],
    },
    {
      key: 'rate',
      title: 'Requests',
      width: 76,
      yields: isPolicy ? 2 : 0,
      right: true,
      text: (n) => formatRate(n.incoming?.requestRate),
      sort: (n) => n.incoming?.requestRate ?? null,
    },
    {
      key: 'flows',
      title: 'Flow events',
      width: 90,
      yields: 5,
      right: true,
      text: (n) => formatRate(n.incoming?.flowRate),
      sort: (n) => n.incoming?.flowRate ?? null,
    },
    {
      key: 'errors',
      title: 'Errors',
      width: 66,
      yields: isPolicy ? 3 : 0,
      right: true,
      text: (n) => formatPercent(n.incoming?.errorRatio),
      sort: (n) => n.incoming?.errorRatio ?? null,
    },
    {
      key: 'p95',
      title: 'p95',
      width: 76,
      yields: 4,
      right: true,
      text: (n) => formatMs(n.incoming?.p95),
      sort: (n) => n.incoming?.p95 ?? null,
    },
    {
      key: 'callers',
      title: 'In',
      width: 52,
      yields: 6,
      right: true,
      text: (n) => formatCount(count(n, 'to')),
      sort: (n) => count(n, 'to'),
    },
    {
      key: 'callees',
      title: 'Out',
      width: 52,
      yields: 7,
      right: true,
      text: (n) => formatCount(count(n, 'from')),
      sort: (n) => count(n, 'from'),
    },
    ...(isPolicy
      ? [
          {
            key: 'cover',
            title: 'Isolation',
            width: 150,
            text: ({ cover }: CoveredNode) => (cover ? coverWords(cover) : ''),
            sort: ({ cover }: CoveredNode) => (cover ? cover.ingress / Math.max(1, cover.workloads) : null),
          },
        ]
      : []),
  ]
}

export function edgeColumns(index: GraphIndex, lens: Lens): readonly Column<DecidedEdge>[] {
  const isPolicy = lens === 'policy'
  const name = (id: string) => {
    const node = index.nodes.get(id)
    return node ? (node.namespace && !isGroup(node.type) ? `${node.namespace}/${node.name}` : node.name) : 'unknown'
  }
  return [
    { key: 'from', title: 'From', width: 128, grow: 1.5, text: (e) => name(e.from), sort: (e) => name(e.from) },
    { key: 'to', title: 'To', width: 128, grow: 1.5, text: (e) => name(e.to), sort: (e) => name(e.to) },
    { key: 'port', title: 'Port', width: 92, yields: 3, text: portWords, sort: (e) => e.port },
    {
      key: 'health',
      title: 'Health',
      width: 96,
      yields: isPolicy ? 1 : 0,
      text: (e) => e.health,
      sort: (e) => healthRank[e.health],
    },
    {
      key: 'rate',
      title: 'Requests',
      width: 76,
      yields: 4,
      right: true,
      text: (e) => formatRate(e.figures.requestRate),
      sort: (e) => e.figures.requestRate,
    },
    {
      key: 'flows',
      title: 'Flow events',
      width: 90,
      yields: 7,
      right: true,
      text: (e) => formatRate(e.figures.flowRate),
      sort: (e) => e.figures.flowRate,
    },
    {
      key: 'errors',
      title: 'Errors',
      width: 66,
      yields: isPolicy ? 2 : 0,
      right: true,
      text: (e) => formatPercent(e.figures.errorRatio),
      sort: (e) => e.figures.errorRatio,
    },
    {
      key: 'p95',
      title: 'p95',
      width: 76,
      yields: 5,
      right: true,
      text: (e) => formatMs(e.figures.p95),
      sort: (e) => e.figures.p95,
    },
    {
      key: 'denied',
      title: 'Denied',
      width: 64,
      yields: 6,
      right: true,
      text: (e) => (e.figures.verdicts.denied ? formatCount(e.figures.verdicts.denied) : ''),
      sort: (e) => e.figures.verdicts.denied ?? 0,
    },
    ...(isPolicy
      ? [
          {
            key: 'decision',
            title: 'Decision',
            width: 150,
            text: (e: DecidedEdge) => edgeClass(e, lens).words,
            sort: (e: DecidedEdge) => edgeClass(e, lens).rank,
          },
        ]
      : []),
  ]
}

/** Rows sorted by a column; what is unknown comes last, ties by strength, then by id. */
export function sortRows<T extends Graph['nodes'][number] | Graph['edges'][number]>(
  rows: readonly T[],
  column: Column<T>,
  descending: boolean,
): T[] {
  const weight = (row: T) => ('figures' in row ? strength(row.figures) : strength(row.incoming))
  return rows.toSorted((a, b) => {
    const [x, y] = [column.sort(a), column.sort(b)]
    if (x === null || y === null) return x === y ? weight(b) - weight(a) : x === null ? 1 : -1
    const order =
      typeof x === 'number' && typeof y === 'number'
        ? x - y
        : String(x) < String(y)
          ? -1
          : String(x) > String(y)
            ? 1
            : 0
    return (descending ? -order : order) || weight(b) - weight(a) || (a.id < b.id ? -1 : 1)
  })
}
