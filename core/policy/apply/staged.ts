import type { ModelObject } from '../model'
import type { PolicyRef } from '../normal-form'
import type { PolicyChange } from '../policy-change'
import { isFields } from '../read'
import { metadataText } from './manifest'

/** A change in a form that is evaluated and told, and not enforced; or why there is none. */
export type Staged =
  | { readonly type: 'staged'; readonly change: PolicyChange; readonly how: string }
  | { readonly type: 'none'; readonly why: string }

const calicoVersion = 'projectcalico.org/v3'
const stagedKind: Readonly<Record<string, string>> = {
  'networking.k8s.io/NetworkPolicy': 'StagedKubernetesNetworkPolicy',
  'projectcalico.org/NetworkPolicy': 'StagedNetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy': 'StagedGlobalNetworkPolicy',
}

export type StageOptions = {
  /** Calico serves its staged kinds here. */
  readonly calico: boolean
  /** An enforced object of this name stands already. */
  readonly exists: boolean
}

/**
 * The staged form of a change. Calico's staged kinds stand beside the enforced object of the same name; of Istio it is an
 * AuthorizationPolicy marked as a dry run, under a name of its own where an enforced one stands, which the mark would turn off.
 */
export function stagedForm(change: PolicyChange, { calico, exists }: StageOptions): Staged {
  const { group, kind } = change.change === 'put' ? headOf(change.object) : change.ref
  const staged = stagedKind[`${group}/${kind}`]
  if (staged) {
    if (!calico) return none(`A ${kind} is staged by a kind of Calico, which this cluster does not serve.`)
    const how = `It is written as ${staged}: Calico tells in its flows what it would do, and enforces none of it.`
    return { type: 'staged', change: { change: 'put', object: inCalico(change, staged) }, how }
  }
  if (group === 'security.istio.io' && kind === 'AuthorizationPolicy') return dryRun(change, exists)
  if (group === 'cilium.io')
    return none(
      'Cilium has no staged policies. Its audit mode is a setting of its agents (policy-audit-mode) or of an endpoint, for all policies at once.',
    )
  return none(`There is no staged form of ${kind}.`)
}

const none = (why: string): Staged => ({ type: 'none', why })

function headOf({ apiVersion, kind }: ModelObject): Pick<PolicyRef, 'group' | 'kind'> {
  const group = typeof apiVersion === 'string' ? (apiVersion.split('/')[0] ?? '') : ''
  return { group: group.replace(/^crd\.projectcalico/, 'projectcalico'), kind: typeof kind === 'string' ? kind : '' }
}

function inCalico(change: PolicyChange, kind: string): ModelObject {
  if (change.change === 'delete') {
    const { namespace, name } = change.ref
    const metadata = { name, ...(namespace !== null && { namespace }) }
    return { apiVersion: calicoVersion, kind, metadata, spec: { stagedAction: 'Delete' } }
  }
  const { spec } = change.object
  return {
    apiVersion: calicoVersion,
    kind,
    metadata: newMetadata(change.object),
    spec: { stagedAction: 'Set', ...(isFields(spec) ? spec : {}) },
  }
}

/** Only name, namespace, labels and annotations are taken over: it is another object. */
function newMetadata(object: ModelObject): Readonly<Record<string, unknown>> {
  const metadata = isFields(object.metadata) ? object.metadata : {}
  const { name, namespace, labels, annotations } = metadata
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels !== undefined && { labels }),
    ...(annotations !== undefined && { annotations }),
  }
}

export const dryRunAnnotation = 'istio.io/dry-run'

function dryRun(change: PolicyChange, exists: boolean): Staged {
  if (change.change === 'delete') return none('Istio cannot try what a cluster would be without a policy.')
  const { spec } = change.object
  const action = isFields(spec) && typeof spec.action === 'string' ? spec.action : 'ALLOW'
  if (action !== 'ALLOW' && action !== 'DENY') return none(`Istio tries ALLOW and DENY only, not ${action}.`)
  const metadata = newMetadata(change.object)
  const annotations = isFields(metadata.annotations) ? metadata.annotations : {}
  const name = exists || metadataText(change.object, 'uid') !== '' ? `${String(metadata.name)}-dry-run` : metadata.name
  const object = {
    apiVersion: change.object.apiVersion,
    kind: change.object.kind,
    metadata: { ...metadata, name, annotations: { ...annotations, [dryRunAnnotation]: 'true' } },
    spec,
  }
  const how = exists
    ? `It is written beside the enforced one as “${String(name)}”, marked as a dry run: Istio counts and logs what it would do.`
    : 'It is marked as a dry run: Istio counts and logs what it would do, and enforces none of it.'
  return { type: 'staged', change: { change: 'put', object }, how }
}
