import { policyName } from '@/core/policy/policy-name'
import type { PolicyRef } from '@/core/policy/normal-form'
import type { AuditDetails } from '@/server/change'

const mostNamed = 5

/** What of a cluster was changed, for the audit; its namespace where they are all in one. */
export function policyNote(cluster: string, refs: readonly PolicyRef[]): AuditDetails {
  const namespaces = new Set(refs.map(({ namespace }) => namespace ?? ''))
  const [first = ''] = namespaces
  const more = refs.length > mostNamed ? ` and ${refs.length - mostNamed} more` : ''
  return {
    target: refs.slice(0, mostNamed).map(policyName).join(', ') + more,
    cluster,
    namespace: namespaces.size === 1 ? first : '',
  }
}
