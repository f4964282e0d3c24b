'use client'

import type { PolicyVerdict } from '@/core/policy/decision'
import { type Status, StatusMark } from '../../status-mark'

type Props = {
  /** null: still asked. */
  before: PolicyVerdict | null
  after: PolicyVerdict | null
  /** Why it is so now, the deciding sentence first. */
  why: readonly string[]
  whyAfter: readonly string[]
  /** The draft changes nothing yet. */
  untouched: boolean
  /** `reports → accounts-postgres TCP 5432`. */
  about: string
}

const marks: Readonly<Record<PolicyVerdict, { readonly status: Status; readonly word: string }>> = {
  allowed: { status: 'ok', word: 'allowed' },
  denied: { status: 'bad', word: 'denied' },
  undefined: { status: 'unknown', word: 'left open' },
}

/** What the policies decide of the edge that the editor was opened from, now and with the draft. */
export function DecidesLine({ before, after, why, whyAfter, untouched, about }: Props) {
  return (
    <p className="flex min-w-0 flex-1 items-center gap-x-4" aria-live="polite">
      <span className="min-w-0 truncate">
        Decides now: {before ? <Verdict verdict={before} /> : <span className="text-fg-3">…</span>}{' '}
        <span className="text-fg-2" title={why.join(' ')}>
          {why[0] ?? about}
        </span>
      </span>
      <span aria-hidden="true" className="text-fg-3">
        →
      </span>
      <span className="shrink-0" title={whyAfter.join(' ')}>
        with this draft:{' '}
        {untouched ? (
          <span className="text-fg-2">the same</span>
        ) : after ? (
          <Verdict verdict={after} />
        ) : (
          <span className="text-fg-3">…</span>
        )}
      </span>
    </p>
  )
}

const Verdict = ({ verdict }: { verdict: PolicyVerdict }) => (
  <StatusMark
    status={marks[verdict].status}
    label={marks[verdict].word}
    showLabel
    className="align-baseline font-semibold"
  />
)
