import type { ActedAs } from '@/core/policy/apply/audited-change'
import { env } from './env'

/** As whom the local administrator acts in clusters, as kubernetes.actAs says; null: as nobody but, where it is `own`, the kubeconfig's account. */
export function localIdentity(): ActedAs | null {
  const { actAs } = env().kubernetes
  return actAs === undefined || actAs === 'own' ? null : actAs
}
