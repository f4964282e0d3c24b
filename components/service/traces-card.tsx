'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { SampleTrace } from '@/core/flows/sample-trace'
import { formatMs, formatWhen } from '../format'
import { tracesQuery } from './queries'
import type { SelParams } from '../view-query'
import { useKeptSearch } from '../shell/use-kept-search'
import { StatusMark } from '../status-mark'
import { CopyButton } from '../ui/copy-button'
import { Card } from './card'
import { ToolLinks } from './tool-links'

/** Traced requests that failed or took long, each with its record and its trace. Nothing where none was traced. */
export function TracesCard({ params }: { params: SelParams }) {
  const { data = [] } = useQuery(tracesQuery(params))
  if (data.length === 0) return null
  return (
    <Card title="Sample traces" figure={<span className="text-xs">failed first, then the slowest</span>}>
      <ul>
        {data.map((trace) => (
          <Trace key={trace.traceId} trace={trace} sel={params.sel} />
        ))}
      </ul>
    </Card>
  )
}

function Trace({ trace, sel }: { trace: SampleTrace; sel: string }) {
  const kept = useKeptSearch()
  const { id, traceId, time, from, summary, latencyMs, failed, links } = trace
  const record = `/flows${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(sel)}&flow=${encodeURIComponent(id)}`
  return (
    <li className="border-b border-line py-1 last:border-b-0">
      <div className="flex min-h-6 items-center gap-2">
        <StatusMark status={failed ? 'bad' : 'ok'} label={failed ? 'failed' : 'answered'} />
        <Link
          href={record}
          className="min-w-0 flex-1 truncate font-mono text-xs hover:underline"
          title={`${summary}, from ${from.name}`}
        >
          {summary}
        </Link>
        <span className="shrink-0">{formatMs(latencyMs)}</span>
      </div>
      <div className="flex min-h-6 items-center gap-2 text-2xs text-fg-3">
        <span className="shrink-0">{formatWhen(time)}</span>
        <span className="min-w-0 flex-1 truncate font-mono" title={traceId}>
          {traceId}
        </span>
        {links.length > 0 ? <ToolLinks links={links} /> : <CopyButton text={traceId} label="Copy id" />}
      </div>
    </li>
  )
}
