'use client'

import type { ReactNode } from 'react'
import type { Health } from '@/core/figures/figures'
import { bound } from '../../format'
import { healthStatus, StatusMark } from '../../status-mark'

/** Title, identity in mono, and the way out. */
export function PanelHead({ title, identity, onClose }: { title: ReactNode; identity: string; onClose: () => void }) {
  return (
    <>
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 text-lg font-semibold tracking-tight break-words">{title}</h2>
        <button type="button" onClick={onClose} className="-mr-1 h-6 px-1 text-xs text-fg-3 hover:text-fg">
          <span className="sr-only">Close panel, </span>esc
        </button>
      </div>
      <p className="mt-0.5 mb-2 font-mono text-xs wrap-anywhere text-fg-2">{identity}</p>
    </>
  )
}

const words: Readonly<Record<Health, string>> = {
  failing: 'Failing',
  degraded: 'Degraded',
  healthy: 'Healthy',
  unknown: 'Health unknown',
}

type HealthProps = {
  health: Health
  why: string
  /** `for 14 min`; '' where that is not known. */
  since?: string
  children?: ReactNode
}

/** What is wrong, as a sentence, framed in its colour; quiet where all is well. */
export function HealthBox({ health, why, since = '', children }: HealthProps) {
  const status = healthStatus[health]
  if (health === 'healthy' || health === 'unknown') {
    return (
      <p className="flex items-baseline gap-2 pb-1">
        <StatusMark status={status} label={words[health]} showLabel />
        {health === 'unknown' && <span className="text-xs text-fg-3">{why || 'no response codes were seen'}</span>}
      </p>
    )
  }
  return (
    <div
      className="rounded-md border px-2.5 py-2"
      style={{ borderColor: `color-mix(in srgb, var(--${status}) 55%, transparent)` }}
    >
      <StatusMark
        status={status}
        label={since ? `${words[health]} ${since}` : words[health]}
        showLabel
        className="font-semibold"
      />
      {why && <p className="mt-0.5 text-fg-2">{bound(why)}</p>}
      {children}
    </div>
  )
}

/** A block with a small heading. */
export function Section({ title, count, children }: { title: string; count?: string; children: ReactNode }) {
  return (
    <section className="border-b border-line py-2.5 last:border-b-0">
      <h3 className="mb-1 flex justify-between text-fg-2">
        {title}
        {count && <span className="text-xs text-fg-3">{count}</span>}
      </h3>
      {children}
    </section>
  )
}

/** A fact in one line: what on the left, how on the right. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1.5">
      <span className="shrink-0 text-fg-2">{name}</span>
      <span className="min-w-0 text-right">{children}</span>
    </div>
  )
}
