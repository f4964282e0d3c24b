import { keptAmong } from './kept'

/** The same Policy again as long as nothing changed that a policy of Calico may look at. */
export const kept = keptAmong(['Tier', 'NetworkSet', 'GlobalNetworkSet', 'HostEndpoint'])
