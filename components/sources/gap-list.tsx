import type { SourceRow } from '@/core/sources/source-row'
import { formatCount, formatDateTime, formatDuration, formatTime, plural } from '../format'
import { causeWord } from '../gap-words'
import { Value } from '../value'

/** What was lost by cause, and every known gap. */
export function GapList({ source, now }: { source: SourceRow; now: number }) {
  if (source.gaps.length === 0 && source.lost.length === 0) {
    return (
      <div>
        <h4 className="pb-1.5 text-2xs text-fg-3">Gaps</h4>
        <p className="text-fg-2">None known.</p>
      </div>
    )
  }
  return (
    <div>
      <h4 className="pb-1.5 text-2xs text-fg-3">Lost in the last 24 h, by cause</h4>
      <ul>
        {source.lost.map(({ cause, records, gaps, uncounted }) => (
          <li key={cause} className="flex justify-between gap-4 text-xs leading-5">
            <span>{causeWord(cause)}</span>
            <span className="text-fg-2">
              {records === null ? 'unknown number of events' : plural(records, 'event')} in{' '}
              {records === null || uncounted === 0
                ? plural(gaps, 'gap')
                : `${plural(gaps - uncounted, 'gap')}, unknown in ${formatCount(uncounted)} more`}
            </span>
          </li>
        ))}
      </ul>
      {source.gaps.length > 0 && (
        <details className="mt-1">
          <summary className="flex h-6 w-fit items-center text-xs text-accent hover:underline">
            {source.gaps.length === 1 ? 'Show the gap' : `Show the newest ${source.gaps.length} gaps`}
          </summary>
          <table className="mt-1 w-full text-xs">
            <thead>
              <tr className="text-left text-2xs text-fg-3">
                <th className="py-1 font-medium">From</th>
                <th className="py-1 font-medium">To</th>
                <th className="py-1 font-medium">Cause</th>
                <th className="py-1 font-medium">Part</th>
                <th className="py-1 text-right font-medium">Events</th>
              </tr>
            </thead>
            <tbody>
              {source.gaps.map((gap) => (
                <tr
                  key={`${gap.from} ${gap.cause} ${gap.part}`}
                  className="[&>td]:border-t [&>td]:border-line [&>td]:py-1 [&>td]:pr-3"
                >
                  <td title={formatDateTime(gap.from)}>{formatTime(gap.from)}</td>
                  <td title={formatDateTime(gap.to)}>
                    {gap.to === null ? 'goes on' : formatTime(gap.to)}{' '}
                    <span className="text-fg-3">{formatDuration((gap.to ?? now) - gap.from)}</span>
                  </td>
                  <td>{causeWord(gap.cause)}</td>
                  <td className="font-mono break-all">{gap.part || 'all of it'}</td>
                  <td className="pr-0! text-right">
                    <Value text={formatCount(gap.lost)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )
}
