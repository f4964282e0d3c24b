import type { Tier } from './normal-form'

/**
 * The tiers that every cluster has. Orders are those of Calico, so that its own tiers fall between them as they do
 * there; without them the list is the one of ClusterNetworkPolicy: Admin, NetworkPolicy, Baseline.
 */
export const adminTier: Tier = {
  name: 'kube-admin',
  title: 'the Admin tier',
  layer: 'network',
  order: 1_000,
  end: 'next',
  ties: 'open',
}

/** Holds NetworkPolicies and those of Cilium, and what Calico puts in no other tier. */
export const defaultTier: Tier = {
  name: 'default',
  title: 'the NetworkPolicy tier',
  layer: 'network',
  order: 1_000_000,
  end: 'deny',
  ties: 'by-name',
}

export const baselineTier: Tier = {
  name: 'kube-baseline',
  title: 'the Baseline tier',
  layer: 'network',
  order: 10_000_000,
  end: 'next',
  ties: 'open',
}

/** Orders within `defaultTier`: Calico reads NetworkPolicies at 1,000; Cilium's denials beat every allow. */
export const kubernetesOrder = 1_000
export const ciliumDenyOrder = 0

/** PeerAuthentication: STRICT denies what is not mTLS, the most specific policy speaks. */
export const istioMtlsTier: Tier = {
  name: 'istio-mtls',
  title: 'PeerAuthentication',
  layer: 'mesh',
  order: 1_000,
  end: 'next',
  ties: 'by-name',
}

/** AuthorizationPolicy: CUSTOM, then DENY, then ALLOW, which isolates. */
export const istioTier: Tier = {
  name: 'istio',
  title: 'AuthorizationPolicy of Istio',
  layer: 'mesh',
  order: 2_000,
  end: 'deny',
  ties: 'by-name',
}

/** Authorizations of a Server, then the Server, then the default of pod, namespace or cluster. */
export const linkerdTier: Tier = {
  name: 'linkerd',
  title: 'the policies of Linkerd',
  layer: 'mesh',
  order: 3_000,
  end: 'deny',
  ties: 'by-name',
}

export const builtInTiers: readonly Tier[] = [
  adminTier,
  defaultTier,
  baselineTier,
  istioMtlsTier,
  istioTier,
  linkerdTier,
]
