'use client'

import Link from 'next/link'
import { type Endpoint, endpointLabel } from '@/core/endpoint'
import { spokenName } from '@/core/redact'
import type { ServiceDetail } from '@/core/services/service-detail'
import type { CalleeTime } from '@/core/services/time-shares'
import { formatMs, formatShort } from '../format'
import { portWords } from '../map/panel/port-words'
import { hasPage, servicePath } from '../service-path'
import { useKeptSearch } from '../shell/use-kept-search'
import { Bar } from './bar'
import { Card } from './card'

const shownAtMost = 5
/** A callee with less of the mean than this is not worth a line. */
const worthShowing = 0.01

/** What a request waits for: each callee's part of the mean, and what is left for the service itself. */
export function TimeCard({ service }: { service: ServiceDetail }) {
  const kept = useKeptSearch()
  const { time, sides, name, callees } = service
  if (!time) {
    return (
      <Card title="Where the time goes" className="lg:max-xl:col-span-3">
        <p className="text-fg-3">Nobody measured how long its requests take, so their parts are not known either.</p>
      </Card>
    )
  }
  const { requestMs, ownMs } = time
  const unwell = new Set(callees.filter(({ health }) => health === 'failing').map(({ key }) => key))
  const shown = time.callees.filter((callee) => callee.perRequestMs >= requestMs * worthShowing).slice(0, shownAtMost)
  const most = Math.max(requestMs, ...time.callees.map(({ perRequestMs }) => perRequestMs))
  return (
    <Card
      title="Where the time goes"
      className="lg:max-xl:col-span-3"
      figure={<span className="text-xs">{formatMs(requestMs)} a request, on average</span>}
    >
      <ul className="flex flex-col gap-2.5">
        {shown.map((callee) => (
          <li key={`${callee.key}|${callee.port}`}>
            <div className="flex justify-between gap-3">
              <span className="flex min-w-0 items-baseline gap-1.5">
                <CalleeName other={callee.other} kept={kept} />
                {isAmongSame(callee, shown) && (
                  <span className="shrink-0 font-mono text-2xs text-fg-3">{wayOf(callee, callees)}</span>
                )}
              </span>
              <span
                className="shrink-0 whitespace-nowrap text-fg-2"
                title={callsWords(callee.callsPerRequest, callee.exact)}
              >
                {callee.exact ? '' : 'about '}
                {formatMs(callee.perRequestMs)} <span className="text-fg-3">p95 {formatMs(callee.p95)}</span>
              </span>
            </div>
            <Bar share={callee.perRequestMs / most} tone={unwell.has(callee.key) ? 'bad' : 'plain'} />
          </li>
        ))}
        <li>
          <div className="flex justify-between gap-3">
            <span className="min-w-0 truncate">{name} itself</span>
            <span className="shrink-0 text-fg-2">
              {ownMs === null ? <span className="text-fg-3">not known: calls overlap</span> : formatMs(ownMs)}
            </span>
          </div>
          <Bar share={ownMs === null ? 0 : ownMs / most} tone="plain" />
        </li>
      </ul>
      <p className="mt-2.5 text-xs text-fg-3">
        {sides.network === null
          ? 'Network between caller and callee: not known, no source measured both sides.'
          : sides.network === 0
            ? 'Network between caller and callee: too little to be told.'
            : `Network between caller and callee: ${formatMs(sides.network)} on average.`}{' '}
        Means from latency histograms, because percentiles do not add up.
        {time.untold.length > 0 && ` ${untoldWords(time.untold.map(spokenName), name)}`}
      </p>
    </Card>
  )
}

/** What stands for several has no page. */
const CalleeName = ({ other, kept }: { other: Endpoint; kept: string }) =>
  hasPage(other) ? (
    <Link
      href={`${servicePath(other)}${kept}`}
      className="min-w-0 truncate hover:underline"
      title={endpointLabel(other)}
    >
      {other.name}
    </Link>
  ) : (
    <span className="min-w-0 truncate">{other.name}</span>
  )

/** Whether its name alone does not tell it apart: it is called on several ports, or stands for several. */
const isAmongSame = ({ key, other }: CalleeTime, all: readonly CalleeTime[]) =>
  !hasPage(other) || all.filter((each) => each.key === key).length > 1

/** On which port and with what it is called. */
function wayOf({ key, port }: CalleeTime, edges: ServiceDetail['callees']): string {
  const edge = edges.find((each) => each.key === key && each.port === port)
  return edge ? portWords({ ...edge, merged: 1 }) : `:${port}`
}

const callsWords = (calls: number, exact: boolean) =>
  exact ? `${formatShort(calls)} calls a request` : 'One call a request is assumed: no source counted both'

function untoldWords(names: readonly string[], self: string): string {
  const shown = names.slice(0, 3).join(', ')
  return `Time spent on ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ''} is within “${self} itself”: nobody measured it.`
}
