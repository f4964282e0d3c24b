import type { End } from './decision'
import type { Mesh } from './end-match'
import type { Sight } from './sight'
import type { Workload } from './model'
import { type TextMatch, textMatches } from './request-match'
import { maybe, no, type Tri, yes } from './tri'

/** The name that a mesh proves of a workload with mTLS, as its policies write it (Istio without `spiffe://`). */
export const identityOf = (mesh: Mesh, { namespace, serviceAccount }: Workload, trustDomain: string): string =>
  mesh === 'istio'
    ? `${trustDomain}/ns/${namespace}/sa/${serviceAccount}`
    : `${serviceAccount}.${namespace}.serviceaccount.identity.linkerd.${trustDomain}`

/** An end without mTLS proves nothing, so that no name matches it. */
export function identityMatches(mesh: Mesh, names: readonly TextMatch[], end: End, sight: Sight): Tri {
  const { subject, mtls, trustDomain, doubt } = sight
  if (mtls === false) return no
  if (end.type !== 'workload') {
    if (mtls !== true) return no
    doubt('the identity of what is outside the cluster is not known')
    return maybe
  }
  const { workload } = end
  if (!textMatches(names, identityOf(mesh, workload, trustDomain))) return no
  if (mtls === true) return yes
  const proxies = [workload, subject]
  if (proxies.some((one) => one.mesh !== mesh && one.mesh !== 'unknown')) return no
  const unknown = proxies.find((one) => one.mesh === 'unknown')
  if (!unknown) return yes
  doubt(`whether ${unknown.name} has a proxy is not known`)
  return maybe
}
