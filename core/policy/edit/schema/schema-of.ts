import { kindOf, policyKinds } from '../../kinds'
import type { ModelObject } from '../../model'
import { calicoGlobalSpec, calicoPolicySpec, calicoStagedGlobalSpec, calicoStagedSpec } from './calico'
import { ciliumSpec } from './cilium'
import { authorizationSpec, peerAuthenticationSpec } from './istio'
import {
  adminNetworkPolicySpec,
  baselineNetworkPolicySpec,
  clusterNetworkPolicySpec,
  networkPolicySpec,
} from './kubernetes'
import { list, map, type SchemaNode, text, word } from './node'

const calico = 'projectcalico.org'
const specs: Readonly<Record<string, SchemaNode>> = {
  'networking.k8s.io/NetworkPolicy': networkPolicySpec,
  'policy.networking.k8s.io/ClusterNetworkPolicy': clusterNetworkPolicySpec,
  'policy.networking.k8s.io/AdminNetworkPolicy': adminNetworkPolicySpec,
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy': baselineNetworkPolicySpec,
  [`${calico}/NetworkPolicy`]: calicoPolicySpec,
  [`${calico}/GlobalNetworkPolicy`]: calicoGlobalSpec,
  [`${calico}/StagedNetworkPolicy`]: calicoStagedSpec,
  [`${calico}/StagedGlobalNetworkPolicy`]: calicoStagedGlobalSpec,
  [`${calico}/StagedKubernetesNetworkPolicy`]: networkPolicySpec,
  'cilium.io/CiliumNetworkPolicy': ciliumSpec,
  'cilium.io/CiliumClusterwideNetworkPolicy': ciliumSpec,
  'security.istio.io/AuthorizationPolicy': authorizationSpec,
  'security.istio.io/PeerAuthentication': peerAuthenticationSpec,
}

const metadata = map({
  name: [text(), 'Of the object.'],
  namespace: [text('namespaces'), 'That the object is in.'],
  labels: [map({}), 'Of the object itself.'],
  annotations: [map({}), 'Notes for people and tools.'],
})

/** What may stand in an object, by its kind; only the head where that is not known yet. */
export function schemaOf(object: ModelObject): SchemaNode {
  const kind = kindOf(object)
  const sameName = policyKinds.filter((one) => one.kind === object.kind)
  const versions = (sameName.length > 0 ? sameName : policyKinds).map((one) => `${one.group}/${one.versions[0]}`)
  const spec = kind && specs[`${kind.group.replace(/^crd\.(?=projectcalico)/, '')}/${kind.kind}`]
  const kinds = policyKinds.map((one) => one.kind)
  return map({
    apiVersion: [word(...new Set(versions)), 'The version of its kind.'],
    kind: [word(...new Set(kinds)), 'What it is.'],
    metadata: [metadata, 'Its name and place.'],
    ...(spec ? { spec: [spec, 'What it says.'] } : {}),
    ...(spec === ciliumSpec ? { specs: [list(ciliumSpec), 'Several, as if each were an object.'] } : {}),
  })
}
