import { type Status, StatusMark } from '../status-mark'
import { isUnused, type ShownPolicy } from './shown-page'

/** What is to be known of a policy at first sight. */
function useOf(row: ShownPolicy): readonly [Status, string] {
  if (row.unreadable !== null) return ['bad', `cannot be read: ${row.unreadable}`]
  if (row.mode === 'staged') return ['audit', 'staged, not enforced']
  if (row.layer === 'none') return ['ok', 'decides nothing by itself']
  if (row.selects.length === 0)
    return row.unknownSelects ? ['unknown', 'selects nobody that you may see'] : ['warn', 'selects no workload']
  if (row.unknownUse) return ['unknown', 'use not known: traffic may have ends that you may not see']
  return isUnused(row) ? ['unknown', 'unused'] : ['ok', row.hits.edges > 0 ? 'in use' : 'readable']
}

export function UseMark({ row }: { row: ShownPolicy }) {
  const [status, label] = useOf(row)
  return <StatusMark status={status} label={label} />
}
