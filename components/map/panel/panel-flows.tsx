'use client'

import { useQuery } from '@tanstack/react-query'
import { formatMs, formatWhen } from '../../format'
import { recentFlowsQuery } from '../../flows/queries'
import { StatusMark, verdictStatus } from '../../status-mark'
import { useViewParams } from '../../url-state'
import { Section } from './panel-parts'

/** The ten newest records of a node or edge. */
export function PanelFlows({ id }: { id: string }) {
  const { q: _filter, ...params } = useViewParams()
  const { data, isError } = useQuery(recentFlowsQuery({ ...params, sel: id, limit: 10 }))
  return (
    <Section title="Newest flows">
      {isError && <p className="text-fg-3">The records could not be loaded.</p>}
      {data?.rows.length === 0 && <p className="text-fg-3">No records are kept for this time.</p>}
      <ul>
        {data?.rows.map((row) => (
          <li key={row.id} className="flex h-7 items-center gap-2 text-xs">
            <StatusMark status={verdictStatus[row.verdict]} label={row.verdict} />
            <span className="shrink-0 font-mono text-fg-3">{formatWhen(row.time)}</span>
            <span className="min-w-0 flex-1 truncate" title={row.summary}>
              {row.summary || `${row.from.name} → ${row.to.name}:${row.port}`}
            </span>
            {row.latencyMs !== null && <span className="shrink-0 text-fg-3">{formatMs(row.latencyMs)}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
