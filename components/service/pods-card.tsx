'use client'

import type { ServicePods } from '@/core/services/service-pods'
import { formatAgo, formatCount, formatDateTime, formatMs, formatPercent, formatWhen, plural } from '../format'
import { sourceName } from '@/core/sources/source-name'
import { StatusMark } from '../status-mark'
import { useNow } from '../use-now'
import { MiddleText } from '../ui/middle-text'
import { Value } from '../value'
import { Bar } from './bar'
import { Card } from './card'

type Pod = ServicePods['pods'][number]

/** Node and address, where there is room for the rest only. */
const yields = '@max-[880px]:hidden'

/** What runs behind it, and whether one of them answers unlike the others. */
export function PodsCard({ data }: { data: ServicePods }) {
  const now = useNow()
  const { pods, total, sample } = data
  if (!data.known || total === 0) {
    return (
      <Card title="Pods">
        <p className="text-fg-3">
          {data.known
            ? 'No pod of it existed in this time range.'
            : 'Not known: the Kubernetes inventory does not cover this time.'}
        </p>
      </Card>
    )
  }
  const heads = ['Pod', 'Restarts', 'Node', 'IP', 'Version', 'Started', ...(sample ? ['Share', 'Errors', 'p95'] : [])]
  return (
    <Card title="Pods" figure={<span className="text-xs">{countWords(data)}</span>}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself, so it must be reached by keyboard */}
      <section className="@container -mx-1 max-h-80 overflow-auto px-1" tabIndex={0} aria-label="Pods as a table">
        <table className={`w-full table-fixed text-xs ${sample ? 'min-w-[560px]' : 'min-w-[480px]'}`} aria-label="Pods">
          <colgroup>
            <col />
            <col className="w-24" />
            <col className={`w-[17%] ${yields}`} />
            <col className={`w-24 ${yields}`} />
            <col className="w-16" />
            <col className="w-28" />
            {sample && (
              <>
                <col className="w-20" />
                <col className="w-16" />
                <col className="w-16" />
              </>
            )}
          </colgroup>
          <thead className="sticky top-0 bg-panel text-left text-2xs text-fg-3">
            <tr className="h-7">
              {heads.map((head, at) => (
                <th
                  key={head}
                  scope="col"
                  className={`pr-3 font-medium ${at > 6 ? 'text-right' : ''} ${at === 2 || at === 3 ? yields : ''}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pods.map((pod) => (
              <tr key={`${pod.name} ${pod.startedAt}`} className="h-7 border-t border-line">
                <td className="pr-3">
                  <span className="flex items-center gap-2 font-mono">
                    <StatusMark {...podMark(pod)} />
                    <MiddleText text={pod.name} />
                  </span>
                </td>
                <td className="truncate pr-3" title={restartTitle(pod.restarts)}>
                  {restartWords(pod.restarts)}
                </td>
                <td className={`pr-3 font-mono text-fg-2 ${yields}`}>
                  <MiddleText text={pod.node} />
                </td>
                <td className={`truncate pr-3 font-mono text-fg-2 ${yields}`} title={pod.ip}>
                  {pod.ip}
                </td>
                <td className="truncate pr-3" title={pod.version}>
                  <Value text={pod.version || '–'} />
                </td>
                <td className="truncate pr-3" title={formatDateTime(pod.startedAt)}>
                  {now === null ? formatWhen(pod.startedAt, 'min') : formatAgo(pod.startedAt, now)}
                </td>
                {sample && <Traffic pod={pod} records={sample.records} />}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-2 text-xs text-fg-3">
        {sample
          ? `Share, errors and p95 are of the newest ${plural(sample.records, 'record')} of ${sourceName(sample.source)}, from the last 5 minutes at most.`
          : 'No raw record tells which pod answered.'}
        {total > pods.length && ` Showing ${formatCount(pods.length)} of ${formatCount(total)} pods.`}
      </p>
    </Card>
  )
}

function Traffic({ pod: { traffic }, records }: { pod: Pod; records: number }) {
  if (!traffic) {
    return (
      <>
        <td className="pr-3">
          <Value text="–" />
        </td>
        <td className="pr-3 text-right">
          <Value text="–" />
        </td>
        <td className="text-right">
          <Value text="–" />
        </td>
      </>
    )
  }
  const share = traffic.records / Math.max(1, records)
  return (
    <>
      <td className="pr-3" title={formatPercent(share)}>
        <Bar share={share} />
        <span className="sr-only">{formatPercent(share)}</span>
      </td>
      <td className="pr-3 text-right">{formatPercent(traffic.serverErrors / Math.max(1, traffic.records))}</td>
      <td className="text-right">
        <Value text={formatMs(traffic.p95)} />
      </td>
    </>
  )
}

/** `3, OOMKilled`: all of them and why the newest was. */
const restartWords = ({ total, reason }: Pod['restarts']): string =>
  total === 0 ? '0' : `${formatCount(total)}, ${reason}`

function restartTitle({ total, inWindow, reason, at }: Pod['restarts']): string | undefined {
  if (at === null) return undefined
  const when = formatDateTime(at)
  return `${plural(total, 'restart')}, ${formatCount(inWindow)} in this time range; the last at ${when}: ${reason}`
}

function podMark(pod: Pod) {
  if (pod.endedAt !== null) return { status: 'unknown', label: `ended ${formatWhen(pod.endedAt)}` } as const
  if (pod.ready === null)
    return { status: 'unknown', label: `${pod.phase || 'phase unknown'}, readiness not known` } as const
  return pod.ready ? ({ status: 'ok', label: 'ready' } as const) : ({ status: 'warn', label: 'not ready' } as const)
}

/** `3 of 3 pods ready`, `2 pods` where readiness is not known. */
export function readyWords({ pods, total, ready }: Pick<ServicePods, 'pods' | 'total' | 'ready'>): string {
  const there = total - endedOf(pods)
  return ready === null ? plural(there, 'pod') : `${formatCount(ready)} of ${plural(there, 'pod')} ready`
}

const endedOf = (pods: readonly Pod[]) => pods.filter(({ endedAt }) => endedAt !== null).length

function countWords(data: ServicePods): string {
  const ended = endedOf(data.pods)
  return ended > 0 ? `${readyWords(data)}, ${formatCount(ended)} ended in this time` : readyWords(data)
}
