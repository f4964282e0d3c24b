import type { PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import { calicoGroup } from '../policy-name'

const groups = [calicoGroup, `crd.${calicoGroup}`] as const

/** Whether an object is of Calico, as its API server serves it or as it is stored. */
export const isCalico = ({ apiVersion }: ModelObject): boolean =>
  typeof apiVersion === 'string' && groups.some((group) => apiVersion.startsWith(`${group}/`))

/** A kind in both groups: `projectcalico.org/v3`, and `crd.projectcalico.org/v1`, in which it is stored. */
export function inBothGroups(kind: Omit<PolicyKind, 'group' | 'versions'>): readonly PolicyKind[] {
  const [served, stored] = groups
  return [
    { ...kind, group: served, versions: ['v3'] },
    { ...kind, group: stored, versions: ['v1'] },
  ]
}
