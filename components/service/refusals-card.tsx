'use client'

import Link from 'next/link'
import type { Refusal, ServiceDetail } from '@/core/services/service-detail'
import { formatCount } from '../format'
import { useKeptSearch } from '../shell/use-kept-search'
import { StatusMark, verdictStatus } from '../status-mark'
import { Card } from './card'

const words: Readonly<Record<Refusal['verdict'], string>> = {
  denied: 'denied',
  error: 'failed',
  audited: 'would be denied',
}
const shownAtMost = 8

/** What did not get through, by cause; each leads to its records. */
export function RefusalsCard({ service: { refusals } }: { service: ServiceDetail }) {
  const kept = useKeptSearch()
  if (refusals.length === 0) return null
  return (
    <Card title="Denied and failed">
      <ul>
        {refusals.slice(0, shownAtMost).map((refusal) => (
          <li
            key={`${refusal.edge} ${refusal.verdict} ${refusal.reason}`}
            className="border-b border-line last:border-b-0"
          >
            <Link
              href={`/flows${kept}${kept ? '&' : '?'}sel=${encodeURIComponent(refusal.edge)}&verdict=${refusal.verdict}`}
              className="flex min-h-8 items-center gap-2 py-1 hover:bg-hover"
            >
              <StatusMark status={verdictStatus[refusal.verdict]} label={words[refusal.verdict]} />
              <span className="min-w-0 flex-1 truncate">
                {refusal.direction === 'incoming' ? 'from ' : 'to '}
                {refusal.other.name}
                {refusal.port > 0 && <span className="text-fg-3">:{refusal.port}</span>}
                {refusal.reason && <span className="ml-2 font-mono text-2xs text-fg-3">{refusal.reason}</span>}
              </span>
              <span className="shrink-0 text-xs text-fg-2">
                {formatCount(refusal.events)} {words[refusal.verdict]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {refusals.length > shownAtMost && (
        <p className="mt-1.5 text-xs text-fg-3">
          The {shownAtMost} most frequent of {formatCount(refusals.length)} causes.
        </p>
      )}
    </Card>
  )
}
