'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { endpointKey, endpointLabel } from '@/core/endpoint'
import type { FlowDetail } from '@/core/flow-row'
import { formatDateTime, formatMs, formatPort } from '../format'
import { useKeptSearch } from '../shell/use-kept-search'
import { encryptionStatus, StatusMark, verdictStatus } from '../status-mark'
import { useFilter } from '../url-state'
import { Button, buttonClass } from '../ui/button'
import { protocolWord, statusWord } from './columns'

/** What Oriel made of the record, and where to go from it. */
export function FlowFacts({ flow }: { flow: FlowDetail }) {
  const search = useKeptSearch()
  const [, setQ] = useFilter()
  const edge = `${endpointKey(flow.from)}|${endpointKey(flow.to)}|${flow.port}|${flow.protocol}`
  return (
    <>
      <p className="pt-3 text-lg font-semibold break-words">
        {flow.from.name} → {flow.to.name}
      </p>
      <p className="pb-2 font-mono text-xs break-all text-fg-2">
        {endpointLabel(flow.from)}:{flow.sourcePort} → {formatPort(flow.to, flow.port)}
      </p>
      <dl>
        <Fact name="Verdict">
          <StatusMark status={verdictStatus[flow.verdict]} label={flow.verdict} showLabel />
          {flow.reason && <span className="font-mono text-xs"> {flow.reason}</span>}
        </Fact>
        <Fact name="Time">{formatDateTime(flow.time, 'ms')}</Fact>
        {flow.summary && <Fact name="What">{flow.summary}</Fact>}
        <Fact name="Protocol">
          {protocolWord(flow) === flow.protocol ? flow.protocol : `${protocolWord(flow)} over ${flow.protocol}`}
        </Fact>
        {flow.status !== null && <Fact name="Status">{statusWord(flow.l7, flow.status)}</Fact>}
        {flow.latencyMs !== null && <Fact name="Latency">{formatMs(flow.latencyMs)}</Fact>}
        <Fact name="Encryption">
          {flow.encryption === 'unknown' ? (
            <span className="text-fg-3">no evidence</span>
          ) : (
            <StatusMark status={encryptionStatus(flow.encryption)} label={flow.encryption} showLabel />
          )}
        </Fact>
        <Fact name="Seen by">
          {flow.source} <span className="text-fg-3">{flow.reporter === 'unknown' ? '' : flow.reporter}</span>
        </Fact>
      </dl>
      <div className="flex flex-wrap gap-2 pt-3">
        <Link
          className={buttonClass('primary')}
          href={`/${search}${search ? '&' : '?'}sel=${encodeURIComponent(edge)}`}
        >
          Show on the map
        </Link>
        <Button onClick={() => void setQ(`from:${flow.from.name} to:${flow.to.name}`)}>Flows of this pair</Button>
      </div>
    </>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex min-h-7 items-center justify-between gap-4 border-b border-line py-1">
    <dt className="shrink-0 text-fg-2">{name}</dt>
    <dd className="min-w-0 text-right break-words">{children}</dd>
  </div>
)
