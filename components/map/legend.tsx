import { type ReactNode, useMemo } from 'react'
import type { Graph } from '@/core/graph/graph'
import { formatCount } from '../format'
import type { Lens } from '../url-state'
import type { EdgeStyle } from './scene/edge-style'
import { EdgeGlyph } from './svg/edge-glyph'
import type { CoveredNode } from './scene/decided'
import { edgeClass, type EdgeClass, nodeStatus } from './lens'
import type { Scene } from './scene/scene-parts'

/** `scene`: what is drawn; null where the graph is a table. */
type Props = { graph: Graph; lens: Lens; scene: Scene | null }

const noNodes: Scene['nodes'] = []

/** What widths, colours, dashes and shapes mean, with how many there are; only what is on the map is explained. */
export function Legend({ graph, lens, scene }: Props) {
  const edges = useMemo(() => countsOf(graph, lens), [graph, lens])
  const nodes = scene?.nodes ?? noNodes
  const shapes = useMemo(() => {
    const counts = new Map<string, number>()
    for (const { shape } of nodes) counts.set(shape, (counts.get(shape) ?? 0) + 1)
    return counts
  }, [nodes])
  const covered = useMemo(() => (lens === 'policy' ? coveredOf(graph.nodes) : []), [graph, lens])
  if (edges.length === 0 && nodes.length === 0) return null
  return (
    <section
      data-overlay
      aria-label="Legend"
      className="flex w-fit flex-wrap items-center gap-x-3.5 gap-y-1 rounded-lg border border-line bg-panel px-2.5 py-1.5 text-2xs text-fg-2"
    >
      {scene && <span>width = requests/s</span>}
      {edges.map(([{ key, words, style }, count]) => (
        <Item key={key} words={words} count={count}>
          <EdgeSample style={style} />
        </Item>
      ))}
      {covered.map(([status, count]) => (
        <Item key={status} words={coverLegend[status].words} count={count} width={10}>
          {coverLegend[status].mark}
        </Item>
      ))}
      {shapeWords.map(({ shape, words, width, path }) => {
        const count = shapes.get(shape)
        return count ? (
          <Item key={shape} words={words} count={count} width={width}>
            <path d={path} fill="none" stroke="var(--line-strong)" />
          </Item>
        ) : null
      })}
    </section>
  )
}

/** Meanings that occur, the worst first. */
function countsOf(graph: Graph, lens: Lens): [EdgeClass, number][] {
  const counts = new Map<EdgeClass, number>()
  for (const edge of graph.edges) {
    const meaning = edgeClass(edge, lens)
    counts.set(meaning, (counts.get(meaning) ?? 0) + 1)
  }
  return [...counts].sort(([a, n], [b, m]) => b.rank - a.rank || m - n)
}

const coverLegend = {
  warn: { words: 'anybody may call it', mark: <path d="M5 .4L9.6 8.6H.4Z" fill="var(--warn)" /> },
  unknown: {
    words: 'isolation not known',
    mark: <circle cx="5" cy="4.5" r="3.2" fill="none" stroke="var(--unknown)" strokeWidth="1.4" />,
  },
  ok: { words: 'isolated', mark: <circle cx="5" cy="4.5" r="3.7" fill="var(--ok)" /> },
} as const

/** Nodes by whether what comes in is restricted, what is open first. */
function coveredOf(nodes: readonly CoveredNode[]) {
  const statuses = nodes.flatMap((node) => (node.cover ? [nodeStatus(node, 'policy')] : []))
  return (['warn', 'unknown', 'ok'] as const)
    .map((status) => [status, statuses.filter((one) => one === status).length] as const)
    .filter(([, count]) => count > 0)
}

const shapeWords = [
  {
    shape: 'box',
    words: 'data store',
    width: 12,
    path: 'M2 .6H10A1.5 1.5 0 0 1 11.4 2V7A1.5 1.5 0 0 1 10 8.4H2A1.5 1.5 0 0 1 .6 7V2A1.5 1.5 0 0 1 2 .6ZM.6 3H11.4',
  },
  { shape: 'hexagon', words: 'gateway', width: 12, path: 'M11.2 4.5L8.6 8.4H3.4L.8 4.5L3.4 .6H8.6Z' },
  { shape: 'service', words: 'service', width: 12, path: 'M4 .6H8L11.4 4.5L8 8.4H4L.6 4.5Z' },
  { shape: 'diamond', words: 'outside', width: 10, path: 'M5 .5L9 4.5L5 8.5L1 4.5Z' },
  {
    shape: 'region',
    words: 'group of workloads',
    width: 16,
    path: 'M4.5 .6H11.5A3.9 3.9 0 0 1 11.5 8.4H4.5A3.9 3.9 0 0 1 4.5 .6Z',
  },
] as const

const EdgeSample = ({ style }: { style: EdgeStyle }) => (
  <>
    <path
      d="M1 4.5H25"
      fill="none"
      stroke={`var(--${style.tone})`}
      strokeWidth={style.tone === 'quiet' || style.tone === 'unknown' ? 1.5 : 2.2}
      strokeDasharray={style.dash || undefined}
      strokeLinecap={style.dash.startsWith('9') ? 'butt' : 'round'}
    />
    {style.head === 'bar' && <path d="M25 1V8" stroke={`var(--${style.tone})`} strokeWidth="2" />}
    {style.glyph !== 'none' && (
      <g transform="translate(13 4.5) scale(.8)">
        <EdgeGlyph glyph={style.glyph} tone={style.tone} />
      </g>
    )}
  </>
)

type ItemProps = { words: string; count: number; width?: number; children: ReactNode }

const Item = ({ words, count, width = 26, children }: ItemProps) => (
  <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
    <svg width={width} height="9" aria-hidden="true" className="overflow-visible">
      {children}
    </svg>
    {words} <span className="tabular-nums text-fg-3">{formatCount(count)}</span>
  </span>
)
