'use client'

import { refKey } from '@/core/policy/normal-form'
import { policyName } from '@/core/policy/policy-name'
import type { LintFinding, Severity } from '@/core/policy/lint/finding'
import type { LintChange } from '@/core/policy/what-if/answer'
import { plural } from '../format'
import { type Status, StatusMark } from '../status-mark'
import { EffectRow } from './effect-row'
import type { Answered } from './use-answer'

type Props = { lint: Answered<LintChange>; open: boolean; onToggle: () => void }

const severityStatus: Readonly<Record<Severity, Status>> = { error: 'bad', warning: 'warn', info: 'unknown' }

/** Findings that the draft brings, and those that it solves. */
export function LintRow({ lint: { answer, current }, open, onToggle }: Props) {
  const { brought, solved } = answer ?? { brought: [], solved: [] }
  const [worst] = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    brought.some((one) => one.severity === severity) ? [severityStatus[severity]] : [],
  )
  return (
    <EffectRow
      title="Findings"
      status={worst ?? 'ok'}
      count={answer ? `${brought.length} new` : '…'}
      isEmpty={brought.length + solved.length === 0}
      summary={<span className="font-sans text-sm">{brought[0]?.message ?? ''}</span>}
      figure={[
        ...(solved.length > 0 ? [`${plural(solved.length, 'finding')} solved`] : []),
        ...(answer && !current ? ['being looked at again'] : []),
      ].join(', ')}
      open={open}
      onToggle={onToggle}
    >
      <ul className="flex flex-col gap-1.5 text-sm">
        {brought.map((finding) => (
          <Finding key={keyOf(finding)} finding={finding} />
        ))}
        {solved.map((finding) => (
          <li key={keyOf(finding)} className="text-fg-2">
            <StatusMark status="ok" label="Solved" /> Solved: {finding.message}
          </li>
        ))}
      </ul>
    </EffectRow>
  )
}

const keyOf = ({ rule, policy, path, message }: LintFinding) => `${rule} ${refKey(policy)} ${path ?? ''} ${message}`

const Finding = ({ finding: { severity, policy, path, message, remedy } }: { finding: LintFinding }) => (
  <li>
    <StatusMark status={severityStatus[severity]} label={severity} />{' '}
    <span className="font-mono text-xs text-fg-2">
      {policyName(policy)}
      {path ? ` ${path}` : ''}
    </span>{' '}
    {message} <span className="text-fg-2">{remedy}</span>
  </li>
)
