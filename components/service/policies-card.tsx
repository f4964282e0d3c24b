import type { ServicePods } from '@/core/service-pods'
import { plural } from '../format'
import { StatusMark } from '../status-mark'
import { Card } from './card'

/** Which policies select its pods; that none does is said, because then everything is allowed. */
export function PoliciesCard({ data }: { data: ServicePods }) {
  const { policies, isolated, known, total } = data
  if (!known || total === 0) return null
  return (
    <Card
      title="Policies that select it"
      figure={<span className="text-xs">{plural(policies.length, 'policy', 'policies')}</span>}
    >
      {policies.length === 0 ? (
        <p className="flex gap-1.5">
          <span className="mt-0.5">
            <StatusMark status="warn" label="No policy" />
          </span>
          No NetworkPolicy selects it: everything may call it and be called
        </p>
      ) : (
        <>
          <ul className="max-h-44 overflow-auto">
            {policies.map((policy) => (
              <li
                key={`${policy.kind} ${policy.name}`}
                className="flex min-h-7 items-center justify-between gap-3 border-b border-line last:border-b-0"
              >
                <span className="min-w-0 truncate font-mono text-xs" title={`${policy.kind} ${policy.name}`}>
                  {policy.name}
                </span>
                <span className="shrink-0 text-xs text-fg-3">
                  {[policy.ingress && 'ingress', policy.egress && 'egress'].filter(Boolean).join(' and ')}
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-1.5 text-xs text-fg-3">{isolationWords(isolated)}</p>
        </>
      )}
    </Card>
  )
}

function isolationWords({ ingress, egress }: ServicePods['isolated']): string {
  if (ingress && egress) return 'What they do not allow is denied, in both directions.'
  if (ingress) return 'What they do not allow to come in is denied; all that goes out is allowed.'
  return 'What they do not allow to go out is denied; all that comes in is allowed.'
}
