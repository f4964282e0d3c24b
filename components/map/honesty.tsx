import type { Graph } from '@/core/graph'
import { formatCount, plural } from '../format'

type Props = {
  graph: Pick<Graph, 'edges' | 'total' | 'folded' | 'foldedBySize'>
  /** How many namespaces the viewer unfolded by hand. */
  unfolded: number
  /** Opens these namespaces; null leaves folding to the size again. */
  onFolding: (unfold: string[] | null) => void
}

/** More names would not fit into an address. */
const maxUnfold = 120

/** Says when not everything is drawn, and why; folds and unfolds all. */
export function Honesty({ graph, unfolded, onFolding }: Props) {
  const shown = graph.edges.length
  const folded = graph.foldedBySize ? graph.folded.length : 0
  const cut = shown < graph.total.edges
  if (!cut && folded === 0 && unfolded === 0) return null
  return (
    <span data-overlay className="rounded-sm bg-canvas/85 px-1 text-xs text-fg-3">
      {cut && `showing ${formatCount(shown)} of ${formatCount(graph.total.edges)} edges`}
      {cut && (folded > 0 || unfolded > 0) && ' · '}
      {folded > 0 && (
        <>
          {plural(folded, 'namespace')} folded to keep this readable; double-click opens one
          {folded <= maxUnfold && (
            <>
              {' · '}
              <Choice words="Unfold all" onClick={() => onFolding([...graph.folded])} />
            </>
          )}
        </>
      )}
      {folded > 0 && unfolded > 0 && ' · '}
      {unfolded > 0 && <Choice words="Fold again" onClick={() => onFolding(null)} />}
    </span>
  )
}

const Choice = ({ words, onClick }: { words: string; onClick: () => void }) => (
  <button type="button" onClick={onClick} className="rounded-sm text-fg-2 underline-offset-2 hover:underline">
    {words}
  </button>
)
