import type { LabelMatch } from './label-match'
import type { TextMatch } from './request-match'

/**
 * A condition on one end of a connection. Three-valued: `unclear` and what is not known of an end give maybe.
 * - workload: a pod of the cluster network, by namespace and labels
 * - account: a workload by its service account
 * - address: by IP address
 * - place: what the other end is, seen from the subject
 * - dns-name: an external end by the name that was looked up
 * - identity: a workload by the name that its mesh proves with mTLS; without mTLS nothing is proven
 * - mesh: whether a workload has a proxy of this mesh
 */
export type EndMatch =
  | { readonly is: 'anything' }
  | { readonly is: 'nothing' }
  | { readonly is: 'unclear'; readonly doubt: string }
  | { readonly is: 'workload'; readonly namespace: NamespaceMatch; readonly labels: LabelMatch }
  | {
      readonly is: 'account'
      readonly namespace: NamespaceMatch
      /** null: every name. */
      readonly names: readonly string[] | null
      readonly labels: LabelMatch
    }
  | AddressMatch
  | { readonly is: 'place'; readonly places: readonly Place[] }
  | { readonly is: 'dns-name'; readonly names: readonly TextMatch[] }
  | { readonly is: 'identity'; readonly mesh: Mesh; readonly names: readonly TextMatch[] }
  | { readonly is: 'mesh'; readonly mesh: Mesh }
  | { readonly is: 'every' | 'some'; readonly of: readonly EndMatch[] }
  | { readonly is: 'not'; readonly of: EndMatch }

/** By name, by labels, or every namespace. */
export type NamespaceMatch =
  | { readonly by: 'any' }
  | { readonly by: 'name'; readonly names: readonly string[] }
  | { readonly by: 'labels'; readonly labels: LabelMatch }

export type AddressMatch = {
  readonly is: 'address'
  readonly cidrs: readonly string[]
  /** Parts of the ranges that do not count. */
  readonly except: readonly string[]
  /**
   * Whether addresses of pods and nodes count. `by-profile`: as the profile's CNI does for Kubernetes policies
   * (Cilium does not); `yes` and `no`: whatever the profile.
   */
  readonly inCluster: 'by-profile' | 'yes' | 'no'
}

/**
 * workload: any pod of the cluster network. own-node, other-node: a node, or a pod on its network, and whether the
 * subject runs there. kube-apiserver: an address of the API server. outside: no pod and no node of the cluster.
 */
export type Place = 'workload' | 'own-node' | 'other-node' | 'kube-apiserver' | 'outside'

export type Mesh = 'istio' | 'linkerd'

export const anything: EndMatch = { is: 'anything' }
export const nothing: EndMatch = { is: 'nothing' }
export const anyNamespace: NamespaceMatch = { by: 'any' }
export const namespaceNamed = (...names: readonly string[]): NamespaceMatch => ({ by: 'name', names })
