import type { SourceRow } from '@/core/sources/source-row'
import { formatAgo, formatCount, formatDateTime, formatDuration, formatMs, formatRate, formatShort } from '../format'
import { sourceStatus, StatusMark } from '../status-mark'
import { Value } from '../value'
import { delivering } from '../shell/overview'
import { GapBar } from './gap-bar'
import { GapList } from './gap-list'

const hourMs = 3_600_000
const stateWords: Readonly<Record<SourceRow['state'], string>> = {
  starting: 'Starting',
  running: 'Running',
  idle: 'Connected, nothing comes',
  retrying: 'Not reachable, trying again',
  stopped: 'Stopped',
  failed: 'Failed',
}

/** One source: how it is, how much comes, what is missing, what it says about itself. */
export function SourceCard({ source, now }: { source: SourceRow; now: number }) {
  const facts = Object.entries(source.facts)
  // The last figures of a source that went away say nothing about now.
  const delivers = delivering(source)
  return (
    <section
      aria-label={[source.title, source.target].filter(Boolean).join(', ')}
      className="rounded-lg border border-line bg-panel p-3.5"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <div className="min-w-0">
          <h3 className="flex items-center gap-2 text-base font-semibold">
            {source.title}
            {source.cluster && <span className="text-xs font-normal text-fg-3">{source.cluster}</span>}
          </h3>
          <p className="font-mono text-xs break-all text-fg-2">{source.target}</p>
        </div>
        <p className="flex items-center gap-1.5">
          <StatusMark status={sourceStatus[source.state]} label={stateWords[source.state]} showLabel />
          <span className="text-xs text-fg-3" title={formatDateTime(source.stateSince)}>
            for {formatDuration(now - source.stateSince)}
          </span>
        </p>
      </div>
      {source.message && <p className="mt-2 rounded-md border border-line px-2.5 py-2 break-words">{source.message}</p>}
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 xl:grid-cols-6">
        <Figure name="Rate">{formatRate(delivers ? source.rate : null)}</Figure>
        <Figure name="Lag">{formatMs(delivers ? source.lagMs : null)}</Figure>
        <Figure name="Newest event">{formatAgo(source.lastEventAt, now)}</Figure>
        <Figure name="Records read">{formatShort(source.records)}</Figure>
        <Figure name="Unreadable">{formatCount(source.malformed)}</Figure>
        <Figure name="Lost, last 24 h">{lostText(source.lost)}</Figure>
      </dl>
      <div className="mt-3 grid gap-x-6 gap-y-3 lg:grid-cols-2">
        <div>
          <h4 className="pb-1.5 text-2xs text-fg-3">Last hour, gaps hatched</h4>
          <GapBar gaps={source.gaps} from={now - hourMs} to={now} />
        </div>
        <GapList source={source} now={now} />
      </div>
      {facts.length > 0 && (
        <dl className="mt-3 flex flex-wrap gap-x-5 gap-y-1 border-t border-line pt-2.5 text-xs">
          {facts.map(([name, value]) => (
            <div key={name} className="flex gap-1.5">
              <dt className="text-fg-3">{name}</dt>
              <dd className="break-all">{typeof value === 'number' ? formatCount(value) : value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

/** The sum of what is known to be lost, at least so where part of it cannot be known; a dash where nothing can. */
export function lostText(lost: SourceRow['lost']): string {
  if (lost.length === 0) return '0'
  const known = lost.flatMap(({ records }) => (records === null ? [] : [records]))
  if (known.length === 0) return formatCount(null)
  const sum = formatCount(known.reduce((a, b) => a + b, 0))
  return lost.some(({ uncounted }) => uncounted > 0) ? `at least ${sum}` : sum
}

const Figure = ({ name, children }: { name: string; children: string }) => (
  <div>
    <dt className="text-2xs text-fg-3">{name}</dt>
    <dd className="text-base font-semibold">
      <Value text={children} />
    </dd>
  </div>
)
