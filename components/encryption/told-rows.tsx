import type { ToldRow } from '@/core/encryption/edge-proof'
import { formatAgo, formatBytes, formatShort, formatWhen } from '../format'
import { witnessWords } from '../map/panel/witness-words'

/** Every source's own words about an edge: what it counted, what it saw of encryption and the way, and when last. */
export function ToldRows({ rows, now }: { rows: readonly ToldRow[]; now: number }) {
  return (
    <ul aria-label="What each source told" className="text-xs">
      {rows.map((row) => {
        const { source, side } = witnessWords(`${row.source}/${row.reporter}`)
        return (
          <li
            key={JSON.stringify([row.source, row.reporter, row.verdict, row.reason, row.l7, row.encryption, row.hop])}
            className="border-b border-line py-1.5 last:border-b-0"
          >
            <p className="flex justify-between gap-3">
              <span>
                {source}
                {side && <span className="text-fg-3">, at the {side}</span>}
              </span>
              <span className="shrink-0 text-fg-3" title={row.lastSeen === null ? undefined : formatWhen(row.lastSeen)}>
                {row.lastSeen === null ? 'when is not known' : `last seen ${formatAgo(row.lastSeen, now)}`}
              </span>
            </p>
            <p className="text-fg-2">
              {row.encryption === 'unknown' ? 'says nothing of encryption' : `encryption: ${row.encryption}`}
              {row.hop !== 'unknown' && ` · way: ${row.hop}`}
              {row.verdict !== 'allowed' && row.verdict !== 'unknown' && ` · ${row.verdict}`}
              {row.reason && ` · ${row.reason}`}
            </p>
            <p className="text-fg-3">{countsText(row)}</p>
          </li>
        )
      })}
    </ul>
  )
}

function countsText({ requests, connections, flows, bytes }: ToldRow): string {
  const parts = [
    requests === null ? '' : `${formatShort(requests)} requests`,
    connections === null ? '' : `${formatShort(connections)} connections`,
    flows === null ? '' : `${formatShort(flows)} flow events`,
    bytes === null ? '' : formatBytes(bytes),
  ]
  return parts.filter(Boolean).join(' · ') || 'counted nothing'
}
