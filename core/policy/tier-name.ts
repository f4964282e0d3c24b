import { adminTier, baselineTier, defaultTier, istioMtlsTier, istioTier, linkerdTier } from './tiers'

const builtIn: Readonly<Record<string, string>> = {
  [adminTier.name]: 'Admin',
  [defaultTier.name]: 'NetworkPolicy',
  [baselineTier.name]: 'Baseline',
  [istioMtlsTier.name]: 'PeerAuthentication',
  [istioTier.name]: 'AuthorizationPolicy',
  [linkerdTier.name]: 'Linkerd',
}

/** The one word for a tier wherever it is named by itself: as objects write it, Calico’s by their name. */
export const tierName = (name: string): string => builtIn[name] ?? name.replace(/^calico\//, '')
