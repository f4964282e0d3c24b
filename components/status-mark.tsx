import type { Health } from '@/core/figures/figures'
import type { EncryptionEvidence, Verdict } from '@/core/verdict'
import type { SourceState } from '@/core/world'

/** The five meanings that have a colour. Colour, shape and word always go together. */
export const statuses = ['ok', 'warn', 'bad', 'audit', 'unknown'] as const
export type Status = (typeof statuses)[number]
export type Shape = 'disc' | 'triangle' | 'square' | 'diamond' | 'ring'

/** Custom property and shape of a status, for those who paint by themselves. */
export const statusStyle: Readonly<Record<Status, { readonly token: string; readonly shape: Shape }>> = {
  ok: { token: '--ok', shape: 'disc' },
  warn: { token: '--warn', shape: 'triangle' },
  bad: { token: '--bad', shape: 'square' },
  audit: { token: '--audit', shape: 'diamond' },
  unknown: { token: '--unknown', shape: 'ring' },
}

export const healthStatus: Readonly<Record<Health, Status>> = {
  healthy: 'ok',
  degraded: 'warn',
  failing: 'bad',
  unknown: 'unknown',
}

export const verdictStatus: Readonly<Record<Verdict, Status>> = {
  allowed: 'ok',
  denied: 'bad',
  error: 'bad',
  audited: 'audit',
  unknown: 'unknown',
}

export const sourceStatus: Readonly<Record<SourceState, Status>> = {
  running: 'ok',
  idle: 'ok',
  starting: 'unknown',
  retrying: 'warn',
  stopped: 'unknown',
  failed: 'bad',
}

export const encryptionStatus = (evidence: EncryptionEvidence): Status =>
  evidence === 'unknown' ? 'unknown' : evidence === 'plaintext' ? 'warn' : 'ok'

const colour: Readonly<Record<Status, string>> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  audit: 'text-audit',
  unknown: 'text-unknown',
}

const shapes: Readonly<Record<Shape, React.ReactNode>> = {
  disc: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  triangle: <path d="M5 .8 9.6 9.2H.4Z" fill="currentColor" />,
  square: <rect x=".8" y=".8" width="8.4" height="8.4" fill="currentColor" />,
  diamond: <path d="M5 0 10 5 5 10 0 5Z" fill="currentColor" />,
  ring: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />,
}

type Props = {
  status: Status
  /** The word that goes with the mark. */
  label: string
  /** Show the word; otherwise it is spoken and shown on hover only. */
  showLabel?: boolean
  className?: string
}

/** The only place where a status gets its colour, shape and word. Text keeps the text colour. */
export function StatusMark({ status, label, showLabel = false, className = '' }: Props) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1.5 align-middle ${className}`}
      title={showLabel ? undefined : label}
    >
      <svg
        data-mark={status}
        width="10"
        height="10"
        viewBox="0 0 10 10"
        className={`shrink-0 ${colour[status]}`}
        aria-hidden="true"
      >
        {shapes[statusStyle[status].shape]}
      </svg>
      <span className={showLabel ? 'truncate' : 'sr-only'}>{label}</span>
    </span>
  )
}
