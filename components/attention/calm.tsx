import type { Attention } from '@/core/health/attention'
import { formatDuration, formatPercent } from '../format'
import { StatusMark } from '../status-mark'

/** Less of the window than this was seen: then silence proves little. */
const enough = 0.95

/** Where nothing unwell was found: that nothing needs attention, if that can be said, else what is unknown. */
export function Calm({ attention: { covered, counts, pastMs } }: { attention: Attention }) {
  const seen = covered >= enough && counts.unknown === 0
  return (
    <div className="border-b border-line px-1.5 py-2">
      <StatusMark
        status={seen ? 'ok' : 'unknown'}
        label={
          seen ? 'Nothing needs attention' : covered === 0 ? 'Nothing is known of this time' : 'Nothing unwell was seen'
        }
        showLabel
        className="font-[550]"
      />
      <p className="mt-0.5 pl-[18px] text-xs text-fg-2">
        {covered === 0
          ? 'No source told anything of it.'
          : seen
            ? 'Sources were there for all of this time.'
            : covered < enough
              ? `Sources told of ${formatPercent(covered)} of this time. What they did not see is unknown.`
              : 'Not every source told of all of this time. What only it sees is unknown there.'}{' '}
        {covered > 0 && <Past pastMs={pastMs} />}
      </p>
    </div>
  )
}

/** What it was held against. */
export const Past = ({ pastMs }: { pastMs: number | null }) => (
  <>
    {pastMs === null
      ? 'Too little is known of the past to tell what is usual, so only limits were looked at.'
      : `Held against the ${formatDuration(pastMs)} before.`}
  </>
)
