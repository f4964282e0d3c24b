import { parseDocument } from 'yaml'
import type { PolicyRef } from '@/core/policy/normal-form'
import { calicoGroup } from '@/core/policy/policy-name'

const stagedKinds: Readonly<Record<string, string>> = {
  [`${calicoGroup}/NetworkPolicy`]: 'StagedNetworkPolicy',
  [`${calicoGroup}/GlobalNetworkPolicy`]: 'StagedGlobalNetworkPolicy',
}
const kubernetes = 'networking.k8s.io/NetworkPolicy'
const istio = 'security.istio.io/AuthorizationPolicy'
const dryRun = 'istio.io/dry-run'

/** How a kind is tried without being enforced; null: it cannot. `hasCalico`: the cluster reads Calico's kinds. */
export function stageWay(ref: PolicyRef, hasCalico: boolean): 'calico' | 'istio' | null {
  const key = `${ref.group}/${ref.kind}`
  if (key in stagedKinds || (key === kubernetes && hasCalico)) return 'calico'
  return key === istio ? 'istio' : null
}

/** The text of the staged object that stands beside the enforced one (Calico), or of the object in dry run (Istio). */
export function stagedText(text: string, ref: PolicyRef): string {
  const key = `${ref.group}/${ref.kind}`
  if (key === istio) {
    const document = parseDocument(text)
    document.setIn(['metadata', 'annotations', dryRun], 'true')
    return document.toString({ lineWidth: 0 })
  }
  const kind = key === kubernetes ? 'StagedKubernetesNetworkPolicy' : stagedKinds[key]
  if (!kind) return text
  return text.replace(/^apiVersion:.*$/m, `apiVersion: ${calicoGroup}/v3`).replace(/^kind:.*$/m, `kind: ${kind}`)
}
