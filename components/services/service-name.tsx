import type { ServiceRow } from '@/core/services/service-row'
import { healthStatus, StatusMark } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import { isGone, isIdle } from './sort-services'

/** Health, name and namespace; greyed without traffic. */
export const ServiceName = ({ row }: { row: ServiceRow }) => (
  <span
    className={`flex items-center gap-2 ${isIdle(row) || isGone(row) ? 'text-fg-3' : ''}`}
    title={`${row.cluster} ${row.kind} ${row.namespace}/${row.name}${row.why ? `\n${row.why}` : ''}`}
  >
    <StatusMark status={healthStatus[row.health]} label={row.why || row.health} />
    <MiddleText text={row.name} title={undefined} />
    <span className="max-w-1/2 shrink-0 truncate text-xs text-fg-3">{row.namespace || 'outside'}</span>
  </span>
)

/** Why it is unwell, or that there is nothing to judge it by. */
export function ServiceWhy({ row }: { row: ServiceRow }) {
  const unwell = row.health === 'failing' || row.health === 'degraded'
  if (isIdle(row)) return <span className="text-xs text-fg-3">no traffic</span>
  return unwell ? (
    <span className="block truncate text-xs text-fg-2" title={row.why}>
      {row.why}
    </span>
  ) : null
}
