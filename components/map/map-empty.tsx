'use client'

import Link from 'next/link'
import type { Graph } from '@/core/graph'
import { formatSpan, plural } from '../format'
import { RecordingEmpty } from '../shell/recording-empty'
import { useFilter, useRecording, useTimeRange } from '../url-state'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

type Props = { graph: Graph; /** Shows the machines of the cluster. */ onNodes: () => void }

/** Why the map is empty and what to do: only machines talk, nothing connected, filtered away, or no traffic yet. */
export function MapEmpty({ graph, onNodes }: Props) {
  const [q, setQ] = useFilter()
  const [recording] = useRecording()
  const { setLast } = useTimeRange()
  if (graph.hiddenNodes > 0) {
    return (
      <EmptyState title="Only cluster nodes talk here" actions={<Button onClick={onNodes}>Show cluster nodes</Button>}>
        <p>
          {plural(graph.hiddenNodes, 'cluster node')} {graph.hiddenNodes === 1 ? 'is' : 'are'} hidden; nothing else
          would be drawn.
        </p>
      </EmptyState>
    )
  }
  if (recording !== null && !q) return <RecordingEmpty />
  if (graph.sources.length === 0 && recording === null) {
    return (
      <EmptyState
        title="Nothing is connected yet"
        actions={
          <Link href="/sources" className={buttonClass('primary')}>
            Open sources
          </Link>
        }
      >
        <p>
          Oriel draws this map from what your network, your mesh or your traces tell. It reads Cilium Hubble, Calico
          Goldmane, Prometheus (Istio, Linkerd, Envoy), Envoy access logs and OpenTelemetry.
        </p>
      </EmptyState>
    )
  }
  if (q) {
    return (
      <EmptyState
        title="Nothing matches the filter"
        actions={<Button onClick={() => void setQ(null)}>Clear filters</Button>}
      >
        <p>
          No traffic in this time matches <code className="font-mono text-xs text-fg">{q}</code>.
        </p>
      </EmptyState>
    )
  }
  const names = [...new Set(graph.sources.map((source) => source.type))].join(', ')
  return (
    <EmptyState
      title={`Connected to ${names}, no traffic in this time`}
      actions={<Button onClick={() => void setLast('1h')}>Look at the last hour</Button>}
    >
      <p>
        {formatSpan(graph.window.from, graph.window.to, graph.window.to)} holds no flows. The map fills by itself as
        they come.
      </p>
    </EmptyState>
  )
}
