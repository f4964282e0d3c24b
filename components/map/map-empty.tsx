'use client'

import type { Graph } from '@/core/graph/graph'
import { sourceName } from '@/core/sources/source-name'
import { formatSpan, plural } from '../format'
import { FilterEcho } from '../shell/filter-echo'
import { RecordingEmpty } from '../shell/recording-empty'
import { useUntold } from '../shell/untold'
import { useCluster, useFilter, useRecording, useTimeRange } from '../url-state'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import type { MapModel } from './use-map'

type Props = { graph: Graph; map: MapModel }

/** Why the map is empty and what to do: only machines talk, filtered away, or no traffic yet. */
export function MapEmpty({ graph, map }: Props) {
  const [q, setQ] = useFilter()
  const [recording] = useRecording()
  const [cluster, setCluster] = useCluster()
  const { setLast, live } = useTimeRange()
  const untold = useUntold()
  if (map.focus !== null) {
    return (
      <EmptyState title="Nothing around this node" actions={<Button onClick={map.leave}>Show the whole map</Button>}>
        <p>It has no traffic in this time, or the filter hides it.</p>
      </EmptyState>
    )
  }
  const look = <Button onClick={() => void setLast('1h')}>Look at the last hour</Button>
  if (untold !== null)
    return (
      <EmptyState title="Nothing is known of this time" actions={look}>
        <p>{untold}</p>
      </EmptyState>
    )
  if (map.only === 'unwell') {
    return (
      <EmptyState
        title="Nothing is unwell"
        actions={<Button onClick={() => void map.setState({ only: null })}>Show everything</Button>}
      >
        <p>No edge degrades or fails, and nothing was denied in this time.</p>
      </EmptyState>
    )
  }
  if (graph.hiddenNodes > 0) {
    return (
      <EmptyState
        title="Only cluster nodes talk here"
        actions={<Button onClick={() => void map.setState({ nodes: '1' })}>Show cluster nodes</Button>}
      >
        <p>
          {plural(graph.hiddenNodes, 'cluster node')} {graph.hiddenNodes === 1 ? 'is' : 'are'} hidden; nothing else
          would be drawn.
        </p>
      </EmptyState>
    )
  }
  if (recording !== null && !q) return <RecordingEmpty />
  if (q) {
    return (
      <EmptyState
        title="Nothing matches the filter"
        actions={<Button onClick={() => void setQ(null)}>Clear filters</Button>}
      >
        <p>
          No traffic in this time matches <FilterEcho q={q} />.
        </p>
      </EmptyState>
    )
  }
  const own = graph.sources.filter((source) => cluster === null || source.cluster === cluster)
  const names = [...new Set(own.map((source) => sourceName(source.type)))].join(', ')
  if (cluster !== null && own.length === 0) {
    return (
      <EmptyState
        title={`Nothing is known of ${cluster}`}
        actions={<Button onClick={() => void setCluster(null)}>Show all clusters</Button>}
      >
        <p>No source watches a cluster of this name, and nothing was seen to call it.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={`Connected to ${names}, no traffic in this time`} actions={look}>
      <p>
        {formatSpan(graph.window.from, graph.window.to, graph.window.to)} holds no flows.
        {live && ' The map fills by itself as they come.'}
      </p>
    </EmptyState>
  )
}
