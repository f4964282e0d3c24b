import type { PolicyGround } from '@/core/policy/ground'
import { refKey } from '@/core/policy/normal-form'
import { policyName } from '@/core/policy/policy-name'
import type { DraftProblem } from '@/core/policy/what-if/answer'
import { refOfObject } from '@/core/policy/what-if/changed-model'
import { formatAgo, formatDateTime } from '../format'
import { StatusMark } from '../status-mark'

type Props = { ground: PolicyGround; problems: readonly DraftProblem[]; now: number }

/** What limits the answer: text that cannot be read, kinds and namespaces that are not seen, traffic of older policies. */
export function EffectsNotes({ ground, problems, now }: Props) {
  const { model, unread, hidesNamespaces, lastChange, period } = ground
  return (
    <ul className="flex flex-wrap gap-x-5">
      {problems.map(({ ref, problems: all, stands }) => (
        <li key={refKey(ref)} className="flex w-full items-baseline gap-2 py-0.5 text-fg-2">
          <StatusMark status="warn" label="Cannot be read" />
          <span>
            {policyName(ref)} cannot be read
            {all[0] && (
              <>
                {' '}
                (<span className="font-mono text-xs">{all[0].path || 'object'}</span> {all[0].reason})
              </>
            )}
            .{' '}
            {stands === 'last-readable'
              ? 'This is about the last text that could be.'
              : model.objects.some((object) => refKey(refOfObject(object)) === refKey(ref))
                ? 'It is left as it is in the cluster.'
                : 'What it would do is not known.'}
          </span>
        </li>
      ))}
      {unread.length > 0 && (
        <Note title={unread.map(({ kind, reason }) => `${kind}: ${reason}`).join('\n')}>
          Objects of kind {unread.map(({ kind }) => kind).join(', ')} could not be read, so what they decide is not in
          this answer.
        </Note>
      )}
      {hidesNamespaces && (
        <Note>
          Traffic with namespaces that you may not see has ends that are not known, and what else may pass is told
          without them.
        </Note>
      )}
      {lastChange !== null && lastChange > period.from && (
        <Note title={formatDateTime(lastChange, 'min')}>
          Policies last changed {formatAgo(lastChange, now)}. Traffic before that obeyed others.
        </Note>
      )}
    </ul>
  )
}

const Note = ({ children, title }: { children: React.ReactNode; title?: string }) => (
  <li className="flex items-baseline gap-2 py-0.5 text-xs text-fg-3" title={title}>
    <StatusMark status="unknown" label="Note" />
    <span>{children}</span>
  </li>
)
