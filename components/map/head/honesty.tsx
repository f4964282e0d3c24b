import type { ReactNode } from 'react'
import type { Graph } from '@/core/graph/graph'
import { formatCount, plural } from '../../format'
import type { MapModel } from '../use-map'

type Props = { graph: Pick<Graph, 'edges' | 'total' | 'folded' | 'foldedBySize'>; map: MapModel }

/** More names would not fit into an address. */
const maxUnfold = 120
/** As many as a browser still draws. */
const mostEdges = 60_000

/** Says when not everything is drawn, and why; shows more, folds and unfolds all. */
export function Honesty({ graph, map }: Props) {
  const parts = [...cutParts(graph, map), ...foldParts(graph, map)]
  if (map.only === 'unwell') {
    parts.unshift(
      <span key="only">
        only what is unwell · <Choice words="Show all" onClick={() => void map.setState({ only: null })} />
      </span>,
    )
  }
  if (parts.length === 0) return null
  return (
    <span data-overlay className="rounded-sm bg-canvas/85 px-1 text-xs text-fg-3">
      {parts.map((part, i) => (
        <span key={i}>
          {i > 0 && ' · '}
          {part}
        </span>
      ))}
    </span>
  )
}

function cutParts({ edges, total }: Props['graph'], map: MapModel): ReactNode[] {
  // What is hidden by choice is said elsewhere: here only what the bound cut.
  if (map.only === 'unwell' || edges.length >= total.edges) return []
  const next = Math.min(mostEdges, edges.length * 4, total.edges)
  return [
    `showing ${formatCount(edges.length)} of ${formatCount(total.edges)} edges`,
    ...(next > edges.length
      ? [<Choice key="more" words={`Show ${formatCount(next)}`} onClick={() => void map.setState({ edges: next })} />]
      : []),
  ]
}

function foldParts({ folded, foldedBySize }: Props['graph'], map: MapModel): ReactNode[] {
  const parts: ReactNode[] = []
  if (foldedBySize && folded.length > 0) {
    const what = map.by === 'team' ? 'region' : 'namespace'
    parts.push(`${plural(folded.length, what)} folded to keep this readable; double-click opens one`)
    if (folded.length <= maxUnfold)
      parts.push(
        <Choice
          key="unfold"
          words="Unfold all"
          onClick={() => void map.setState({ fold: null, unfold: [...folded] })}
        />,
      )
  }
  if (map.unfolded > 0)
    parts.push(<Choice key="fold" words="Fold again" onClick={() => void map.setState({ fold: null, unfold: null })} />)
  return parts
}

const Choice = ({ words, onClick }: { words: string; onClick: () => void }) => (
  <button type="button" onClick={onClick} className="rounded-sm text-fg-2 underline-offset-2 hover:underline">
    {words}
  </button>
)
