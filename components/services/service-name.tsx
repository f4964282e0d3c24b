import type { ServiceRow } from '@/core/service-row'
import { healthStatus, StatusMark } from '../status-mark'
import { MiddleText } from '../ui/middle-text'
import { isIdle } from './sort-services'

/** Health, name, namespace, and why it is unwell as far as there is room. A service without traffic is greyed and says so. */
export function ServiceName({ row }: { row: ServiceRow }) {
  const idle = isIdle(row)
  const unwell = row.health === 'failing' || row.health === 'degraded'
  const note = idle ? 'no traffic' : unwell ? row.why : ''
  return (
    <span
      className={`flex items-center gap-2 ${idle ? 'text-fg-3' : ''}`}
      title={`${row.cluster} ${row.kind} ${row.namespace}/${row.name}${row.why ? `\n${row.why}` : ''}`}
    >
      <StatusMark status={healthStatus[row.health]} label={row.why || row.health} />
      <span className="max-w-[60%] shrink-0">
        <MiddleText text={row.name} title={undefined} />
      </span>
      <span className="max-w-1/2 shrink-0 truncate text-xs text-fg-3">{row.namespace || 'outside'}</span>
      {note && (
        <span aria-hidden="true" className="min-w-0 flex-1 truncate text-right text-xs text-fg-2">
          {note}
        </span>
      )}
    </span>
  )
}
