'use client'

import type { GraphEdge, GraphNode } from '@/core/graph/graph'
import { CompareBlock } from '../../compare/compare-block'
import { EdgePanel } from './edge-panel'
import { NodePanel } from './node-panel'
import type { MapModel } from '../use-map'
import type { GraphIndex } from '../camera/walk'

type Props = { index: GraphIndex; id: string; map: MapModel }

/** What the side panel says of what is selected. What has gone from the view is said, not hidden. */
export function Panel({ index, id, map }: Props) {
  const node: GraphNode | undefined = index.nodes.get(id)
  const edge: GraphEdge | undefined = index.edges.get(id)
  const onList = () => void map.setState({ view: 'list' })
  const was = <CompareBlock compared={map.versus.byId.get(id)} now={node?.incoming ?? edge?.figures ?? null} />
  const common = { onClose: map.close, onSelect: map.select, onList, index, was }
  if (node) return <NodePanel key={id} node={node} map={map} {...common} />
  if (edge) return <EdgePanel key={id} edge={edge} {...common} />
  return <Gone onClose={map.close} />
}

const Gone = ({ onClose }: { onClose: () => void }) => (
  <div className="flex flex-col gap-2">
    <p className="text-fg-2">The selected node or edge has no traffic in this time range, or the filter hides it.</p>
    <button type="button" onClick={onClose} className="self-start text-accent hover:underline">
      Close
    </button>
  </div>
)
