import type { OperationFigures } from '@/core/operations/operations'
import { formatCount, formatMs } from '../format'
import { codesLine } from './operation-words'

/** What a row of the table has no room for. */
export function OperationDetail({ row }: { row: OperationFigures }) {
  const facts = [
    ['Operation', row.name || 'nobody told it'],
    ['Requests', formatCount(row.requests ?? row.responses)],
    ['Answers', codesLine(row.codes, 6) || 'no code was told'],
    ['Latency', `p50 ${formatMs(row.p50)} · p95 ${formatMs(row.p95)} · p99 ${formatMs(row.p99)}`],
    ...(row.why ? [['Why', row.why]] : []),
  ]
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 py-2 text-xs">
      {facts.map(([term, text]) => (
        <div key={term} className="contents">
          <dt className="text-fg-3">{term}</dt>
          <dd className="min-w-0 wrap-anywhere">{text}</dd>
        </div>
      ))}
    </dl>
  )
}
