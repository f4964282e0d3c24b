import { formatCount, formatDuration, plural } from '../format'
import { StatusMark } from '../status-mark'
import type { PoliciesState } from './use-policies-state'
import { isUnused, type ShownPage } from './shown-page'

type Props = { page: ShownPage; shown: number; state: PoliciesState }

/** How many there are, what is wrong with them, and how much traffic the figures stand on. */
export function PoliciesSummary({ page, shown, state }: Props) {
  const { policies, traffic, period } = page
  const unused = policies.filter(isUnused).length
  const unreadable = policies.filter((row) => row.unreadable !== null).length
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-0.5 border-b border-line px-3 py-1.5 text-xs text-fg-2">
      <span>
        {state.narrowed && state.view !== 'coverage'
          ? `${formatCount(shown)} of ${plural(policies.length, 'policy', 'policies')}`
          : plural(policies.length, 'policy', 'policies')}
        {page.clusters.length > 1 && ` of ${page.cluster}`}
      </span>
      {unreadable > 0 && <StatusMark status="bad" label={`${formatCount(unreadable)} cannot be read`} showLabel />}
      {unused > 0 && <StatusMark status="unknown" label={`${formatCount(unused)} unused`} showLabel />}
      {traffic.differing > 0 && (
        <button
          type="button"
          className="inline-flex h-6 items-center underline-offset-2 hover:underline"
          onClick={() => state.setView('findings')}
        >
          <StatusMark status="warn" label={`${plural(traffic.differing, 'edge')} not as the policies say`} showLabel />
        </button>
      )}
      <span className="text-fg-3">
        figures of {plural(traffic.edges, 'edge')} in {formatDuration(period.to - period.from)}
        {traffic.undecided > 0 && `, ${formatCount(traffic.undecided)} of them undecidable`}
      </span>
    </p>
  )
}
