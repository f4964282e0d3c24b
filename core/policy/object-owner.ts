import type { ObjectManager, ObjectOwner } from './ground'
import type { ModelObject } from './model'
import { calicoGroup } from './policy-name'
import { isFields, type Fields } from './read'

/**
 * What keeps an object as it is. In order: Argo CD, where its tracking-id names this very object (copies carry the one of
 * another); the controller among its owners; Flux; Helm; then who wrote it last. `managers`: newest first.
 */
export function ownerOfManifest(object: ModelObject, managers: readonly ObjectManager[]): ObjectOwner {
  const metadata = fieldsOf(object.metadata)
  const labels = textsOf(metadata.labels)
  const annotations = textsOf(metadata.annotations)
  const id = annotations['argocd.argoproj.io/tracking-id']
  const tracked = id === undefined ? null : trackingOf(id)
  if (tracked && isAbout(tracked, object, metadata)) return { type: 'argo-cd', name: tracked.app }
  const owner =
    controllerOf(metadata) ??
    (id === undefined ? argoByManager(labels, managers) : null) ??
    fluxOf(labels, annotations, managers) ??
    helmOf(annotations) ??
    writerOf(managers)
  return id === undefined ? owner : { ...owner, copiedFrom: id }
}

type Tracking = { app: string; group: string; kind: string; namespace: string; name: string }

/** `app:group/Kind:namespace/name`; null where it is written otherwise. */
function trackingOf(id: string): Tracking | null {
  const match = /^(?<app>[^:]+):(?<group>[^:/]*)\/(?<kind>[^:/]+):(?<namespace>[^:/]*)\/(?<name>[^/]+)$/.exec(id)
  const { app = '', group = '', kind = '', namespace = '', name = '' } = match?.groups ?? {}
  return match && { app, group, kind, namespace, name }
}

/** For what lies in no namespace Argo CD writes that of the application's destination. */
function isAbout(tracked: Tracking, object: ModelObject, metadata: Fields): boolean {
  const { apiVersion, kind } = object
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  const namespace = metadata.namespace ?? ''
  return (
    servedGroup(group) === servedGroup(tracked.group) &&
    kind === tracked.kind &&
    (namespace === '' || namespace === tracked.namespace) &&
    // Calico puts the tier before the name of a policy that is stored.
    (metadata.name === tracked.name || (isCalico(group) && String(metadata.name).endsWith(`.${tracked.name}`)))
  )
}

const servedGroup = (group: string) => (isCalico(group) ? calicoGroup : group)
const isCalico = (group: string) => group === calicoGroup || group === `crd.${calicoGroup}`

function controllerOf(metadata: Fields): ObjectOwner | null {
  const references = Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences.filter(isFields) : []
  const controller = references.find((reference) => reference.controller === true)
  const { kind, name } = controller ?? {}
  return typeof kind === 'string' && typeof name === 'string' ? { type: 'controller', kind, name } : null
}

const isArgo = ({ manager }: ObjectManager) =>
  manager === 'argocd-controller' || manager === 'argocd-application-controller'

/** Without an id Argo CD tracks by a label, which others write too, so it counts where Argo CD has written the object. */
const argoByManager = (labels: Texts, managers: readonly ObjectManager[]): ObjectOwner | null =>
  managers.some(isArgo)
    ? {
        type: 'argo-cd',
        name: labels['argocd.argoproj.io/instance'] ?? labels['app.kubernetes.io/instance'] ?? '',
      }
    : null

const fluxParts = [
  ['kustomize.toolkit.fluxcd.io', 'Kustomization', 'kustomize-controller'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease', 'helm-controller'],
] as const

/** Flux leaves alone what says so. */
function fluxOf(labels: Texts, annotations: Texts, managers: readonly ObjectManager[]): ObjectOwner | null {
  for (const [domain, kind, manager] of fluxParts) {
    const name = labels[`${domain}/name`]
    if (name === undefined && !managers.some((one) => one.manager === manager)) continue
    if (annotations[`${domain}/reconcile`]?.toLowerCase() === 'disabled') continue
    const namespace = labels[`${domain}/namespace`]
    return { type: 'flux', name: name === undefined ? '' : `${kind} ${namespace ? `${namespace}/` : ''}${name}` }
  }
  return null
}

/** The label `app.kubernetes.io/managed-by: Helm` alone is in what was only rendered from a chart. */
function helmOf(annotations: Texts): ObjectOwner | null {
  const name = annotations['meta.helm.sh/release-name']
  const namespace = annotations['meta.helm.sh/release-namespace']
  return name === undefined ? null : { type: 'helm', name: namespace ? `${namespace}/${name}` : name }
}

/** Managers of tools that people (and their scripts) write with: kubectl's are named after its commands, browsers' after their agent. */
const peoplesTools =
  /^(kubectl|oc|oriel|k9s|lens|openlens|freelens|headlamp|dashboard|kubernetes-dashboard|rancher|octant|calicoctl|istioctl|terraform|hashicorp|opentofu|pulumi|ansible|curl|mozilla|python|openapi-generator|node-fetch|okhttp|axios|postmanruntime)([-_ /.].*)?$/i

function writerOf(managers: readonly ObjectManager[]): ObjectOwner {
  const newest = managers[0]
  if (!newest) return { type: 'unknown' }
  if (!peoplesTools.test(newest.manager)) return { type: 'unknown', writer: newest.manager }
  return { type: 'people', manager: newest.manager }
}

type Texts = Readonly<Record<string, string | undefined>>

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})
const textsOf = (value: unknown): Texts =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
