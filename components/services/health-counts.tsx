import type { Health } from '@/core/figures/figures'
import type { ServiceRow } from '@/core/services/service-row'
import { formatCount } from '../format'
import { healthStatus, StatusMark } from '../status-mark'
import { isGone, isIdle } from './sort-services'

const worstFirst: readonly Health[] = ['failing', 'degraded', 'healthy', 'unknown']

/** `2 failing  1 degraded  35 healthy`. @param untold why nothing can be known of this time */
export function HealthCounts({ rows, untold }: { rows: readonly ServiceRow[] | undefined; untold: string | null }) {
  if (!rows) return <span />
  const idle = rows.filter(isIdle).length
  const gone = rows.filter(isGone).length
  const counts = new Map<Health, number>()
  for (const { health } of rows.filter((row) => !isGone(row))) counts.set(health, (counts.get(health) ?? 0) + 1)
  return (
    <p className="flex flex-wrap items-center gap-x-4">
      {worstFirst
        .filter((health) => counts.has(health))
        .map((health) => (
          <StatusMark
            key={health}
            status={healthStatus[health]}
            label={`${formatCount(counts.get(health))} ${health}`}
            showLabel
          />
        ))}
      {gone > 0 && <StatusMark status="unknown" label={`${formatCount(gone)} gone`} showLabel />}
      {untold !== null ? (
        <span className="text-xs text-fg-3">{untold}</span>
      ) : (
        idle > 0 && <span className="text-xs text-fg-3">{formatCount(idle)} without traffic, listed last</span>
      )}
    </p>
  )
}
