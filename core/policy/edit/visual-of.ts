import { kindOf } from '../kinds'
import type { ModelObject } from '../model'
import { refOf } from '../read'
import { adminNetworkPolicyEditor, baselineNetworkPolicyEditor, clusterNetworkPolicyEditor } from './kinds/admin-policy'
import { calicoEditor } from './kinds/calico-policy'
import { ciliumEditor } from './kinds/cilium-policy'
import { istioAuthorizationEditor } from './kinds/istio-authorization'
import { istioPeerAuthenticationEditor } from './kinds/istio-peer-authentication'
import type { KindEditor } from './kinds/kind-editor'
import { networkPolicyEditor } from './kinds/network-policy'
import type { Visual } from './visual'

/** Editors by `group/kind`. Other kinds are shown as YAML only. */
const editors: Readonly<Record<string, KindEditor>> = {
  'networking.k8s.io/NetworkPolicy': networkPolicyEditor,
  'policy.networking.k8s.io/ClusterNetworkPolicy': clusterNetworkPolicyEditor,
  'policy.networking.k8s.io/AdminNetworkPolicy': adminNetworkPolicyEditor,
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy': baselineNetworkPolicyEditor,
  'projectcalico.org/NetworkPolicy': calicoEditor,
  'projectcalico.org/GlobalNetworkPolicy': calicoEditor,
  'projectcalico.org/StagedNetworkPolicy': calicoEditor,
  'projectcalico.org/StagedGlobalNetworkPolicy': calicoEditor,
  'projectcalico.org/StagedKubernetesNetworkPolicy': networkPolicyEditor,
  'cilium.io/CiliumNetworkPolicy': ciliumEditor,
  'cilium.io/CiliumClusterwideNetworkPolicy': ciliumEditor,
  'security.istio.io/AuthorizationPolicy': istioAuthorizationEditor,
  'security.istio.io/PeerAuthentication': istioPeerAuthenticationEditor,
}

/** A policy as the editor shows it; null: of a kind that is shown as YAML only. Shows what it can of one with problems. */
export function visualOf(object: ModelObject): Visual | null {
  const found = editorOf(object)
  return found && found.editor.visualOf(object, found.ref)
}

/** Who edits an object. */
export function editorOf(object: ModelObject) {
  const kind = kindOf(object)
  if (!kind) return null
  const ref = refOf(object, kind.kind, kind.namespaced)
  const editor = editors[`${ref.group}/${ref.kind}`]
  return editor ? { editor, ref } : null
}
