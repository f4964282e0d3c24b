import Link from 'next/link'
import type { RecordingRow } from '@/core/sources/source-row'
import { formatCount, formatDateTime, formatSpan } from '../format'
import { CommandBlock } from '../ui/copy-button'
import { shellWord } from './shell-word'

/** Where the map shows a recording: its own time range. */
const mapHref = (recording: RecordingRow): string => {
  const range =
    recording.from === null || recording.to === null
      ? ''
      : `&from=${Math.floor(recording.from)}&to=${Math.ceil(recording.to) + 1}`
  return `/?recording=${recording.id}${range}`
}

/** Imported captures: kept until they are deleted, whatever the retention. */
export function Recordings({ recordings, now }: { recordings: readonly RecordingRow[]; now: number }) {
  if (recordings.length === 0) {
    return (
      <p className="text-fg-2">
        None. <code className="font-mono text-xs">oriel import</code> loads a capture, which is kept until you delete
        it.
      </p>
    )
  }
  return (
    <ul className="flex flex-col gap-3">
      {recordings.map((recording) => (
        <li key={recording.id} className="rounded-lg border border-line bg-panel p-3.5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h3 className="text-base font-semibold break-all">
              {recording.name} <span className="text-xs font-normal text-fg-3">{recording.cluster}</span>
            </h3>
            <Link href={mapHref(recording)} className="inline-flex h-6 items-center text-accent hover:underline">
              Open on the map
            </Link>
          </div>
          <p className="text-fg-2">
            {recording.from === null || recording.to === null
              ? 'No flows in it'
              : formatSpan(recording.from, recording.to, now)}{' '}
            · {recording.sourceType} · {formatCount(recording.linesRead)} lines read, {formatCount(recording.linesUsed)}{' '}
            used{skippedText(recording)} · imported {formatDateTime(recording.createdAt, 'min')}
          </p>
          <details className="mt-1">
            <summary className="flex h-6 w-fit items-center text-xs text-accent hover:underline">Delete</summary>
            <p className="py-1.5 text-xs text-fg-2">
              Run this where Oriel runs. The flows and figures of the recording go with it.
            </p>
            <CommandBlock command={`oriel recordings delete ${shellWord(recording.name)}`} />
          </details>
        </li>
      ))}
    </ul>
  )
}

/** `, 47 skipped (not JSON 40, no time 7)`; '' where none were. */
function skippedText({ skipped }: RecordingRow): string {
  const reasons = Object.entries(skipped).filter(([, count]) => count > 0)
  if (reasons.length === 0) return ''
  const sum = reasons.reduce((total, [, count]) => total + count, 0)
  return `, ${formatCount(sum)} skipped (${reasons.map(([reason, count]) => `${reason} ${formatCount(count)}`).join(', ')})`
}
