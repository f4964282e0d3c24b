'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { Graph } from '@/core/graph/graph'
import { formatCount } from '../../format'
import { Segmented } from '../../ui/segmented'
import type { Lens } from '../../url-state'
import { edgeColumns, nodeColumns } from './list-columns'
import { ListTable } from './list-table'
import type { GraphIndex } from '../camera/walk'

const parsers = {
  rows: parseAsStringLiteral(['nodes', 'edges']).withDefault('nodes'),
  sort: parseAsString.withDefault('-health'),
}

type Props = {
  graph: Graph
  index: GraphIndex
  lens: Lens
  selected: string | null
  onSelect: (id: string) => void
}

/** The same graph as tables: same selection, same URL. */
export function MapList({ graph, index, lens, selected, onSelect }: Props) {
  const [{ rows, sort }, setState] = useQueryStates(parsers)
  const nodes = useMemo(() => nodeColumns(index, lens), [index, lens])
  const edges = useMemo(() => edgeColumns(index, lens), [index, lens])
  const common = { sort, onSort: (next: string) => void setState({ sort: next }), selected, onSelect }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
        <Segmented
          label="Rows"
          value={rows}
          options={[
            { value: 'nodes', label: `Nodes ${formatCount(graph.nodes.length)}` },
            { value: 'edges', label: `Edges ${formatCount(graph.edges.length)}` },
          ]}
          onChange={(next) => void setState({ rows: next }, { history: 'push' })}
        />
      </div>
      {rows === 'nodes' ? (
        <ListTable label="Nodes" rows={graph.nodes} columns={nodes} {...common} />
      ) : (
        <ListTable label="Edges" rows={graph.edges} columns={edges} {...common} />
      )}
    </div>
  )
}
