import { fieldsOf } from '../kubernetes-api/field-set'
import { withManaged } from '../kubernetes-api/managed-fields'
import { type KubernetesObject, timestamp, uidOf } from './object'

type Texts = Readonly<Record<string, string>>

/** Who wrote an object, and the marks that they leave on it. */
export type Author = {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly labels?: Texts
  readonly annotations?: Texts
}

export const kubectl: Author = { manager: 'kubectl-client-side-apply', operation: 'Update' }

/** `trackingId`: of another object where somebody copied one with its annotations. */
export const argoCd = (application: string, trackingId: string): Author => ({
  manager: 'argocd-controller',
  operation: 'Apply',
  annotations: { 'argocd.argoproj.io/tracking-id': `${application}:${trackingId}` },
})

export const helm = (release: string, namespace: string): Author => ({
  manager: 'helm',
  operation: 'Update',
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace },
})

export const flux = (kustomization: string): Author => ({
  manager: 'kustomize-controller',
  operation: 'Apply',
  labels: {
    'kustomize.toolkit.fluxcd.io/name': kustomization,
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  },
})

/** When the company began with policies: each is some days younger than the one before it in the alphabet. */
const first = Date.UTC(2025, 4, 12, 8, 30)
const dayMs = 86_400_000

/** @param place `namespace/name`, or a name alone for what is of the cluster */
export function policyObject(
  [apiVersion, kind]: readonly [apiVersion: string, kind: string],
  place: string,
  spec: object,
  author: Author = kubectl,
): KubernetesObject {
  const [name = '', namespace] = place.split('/').toReversed()
  const uid = uidOf(`${kind.toLowerCase()} ${place}`)
  const at = first + (parseInt(uid.slice(0, 4), 16) % 300) * dayMs
  const { manager, operation, labels, annotations } = author
  const object: KubernetesObject = {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      uid,
      creationTimestamp: timestamp(at),
      generation: 1,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
    spec,
  }
  const isWhole = (path: readonly string[]) =>
    apiVersion.startsWith('networking.k8s.io/') && path.at(-1) === 'podSelector'
  const fields = fieldsOf(object, isWhole)
  return withManaged(object, [{ manager, operation, apiVersion, time: timestamp(at), fields }])
}
