'use client'

import type { LockOutReport } from '@/core/policy/what-if/answer'
import { StatusMark } from '../status-mark'
import { checkWords } from './effect-words'
import { lockOutWords } from './lock-out-words'

type Props = {
  report: LockOutReport
  /** Whether the whole draft could be read. */
  readable: boolean
  open: boolean
  onToggle: () => void
}

/** Of the report that the line unfolds. */
const reportId = 'lock-out-report'

/** Whether the draft cuts what the cluster leans on, in a line that unfolds what was looked at. */
export function LockOutLine({ report, readable, open, onToggle }: Props) {
  const { found, unknown } = report
  const { words, status } = lockOutWords(report, readable)
  const unchecked = new Set(unknown.map(({ check }) => check)).size
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={reportId}
      onClick={onToggle}
      className="flex min-h-7 max-w-full items-center gap-2 rounded-sm px-1 text-left text-xs hover:bg-hover"
    >
      <StatusMark status={status} label={words} showLabel className={found.length > 0 ? 'font-semibold' : ''} />
      {unchecked > 0 && <span className="shrink-0 text-fg-3">{unchecked} not checked</span>}
      <span aria-hidden="true" className="text-2xs text-fg-3">
        {open ? '▾' : '▸'}
      </span>
    </button>
  )
}

/** Every lock-out with its reasons; what is safe and what was not looked at where it is unfolded. */
export function LockOutReportList({
  report: { found, unused, safe, unknown },
  open,
}: Omit<Props, 'onToggle' | 'readable'>) {
  const asBefore = safe.filter((check) => !unused.some((one) => one.check === check))
  return (
    <ul id={reportId} className="flex flex-col">
      {found.map(({ check, verdict, message, why }) => (
        <li key={`${check} ${verdict} ${message}`} className="py-0.5">
          <p>
            <StatusMark
              status={verdict === 'denied' ? 'bad' : 'warn'}
              label={verdict === 'denied' ? 'Lock-out' : 'Perhaps a lock-out'}
            />{' '}
            <span className="font-medium">{message}</span>
          </p>
          {open && <p className="pl-4 text-xs text-fg-2">{why.join(' ')}</p>}
        </li>
      ))}
      {open &&
        unused.map(({ check, verdict, message }) => (
          <li key={`unused ${check} ${verdict}`} className="py-0.5 text-xs text-fg-2">
            <StatusMark status="warn" label="Was possible only" /> {message} Nobody was recorded using it.
          </li>
        ))}
      {open && asBefore.length > 0 && (
        <li className="py-0.5 text-xs text-fg-2">
          <StatusMark status="ok" label="Stays reachable" /> Looked at, and as before:{' '}
          {asBefore.map((check) => checkWords[check]).join(', ')}.
        </li>
      )}
      {open &&
        unknown.map(({ check, reason }) => (
          <li key={`${check} ${reason}`} className="py-0.5 text-xs text-fg-2">
            <StatusMark status="unknown" label={`${checkWords[check]} not checked`} /> {reason}
          </li>
        ))}
    </ul>
  )
}
