import type { KnownNamespaces } from '@/core/access/team-namespaces'
import { inScope, type Scope } from '@/core/scope'

/** What is known within a scope: what lies beyond is to whoever has it as if it were not there. */
export function knownWithin(known: KnownNamespaces, scope: Scope): KnownNamespaces {
  if (scope.all) return known
  const namespaces = known.namespaces.filter((one) => inScope(scope, one))
  return { clusters: [...new Set(namespaces.map(({ cluster }) => cluster))], namespaces }
}
