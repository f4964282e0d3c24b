import type { DiscoveryInventory } from './source'

/** What discovery may look at, for tests: nothing but what a case gives. */
export const inventoryOf = (
  parts: {
    readonly services?: Iterable<{ namespace: string; name: string; ports: { name: string; port: number }[] }>
    readonly pods?: ReturnType<DiscoveryInventory['pods']>
    readonly nodes?: ReturnType<DiscoveryInventory['nodes']>
    readonly cluster?: string
  } = {},
): DiscoveryInventory => ({
  cluster: parts.cluster ?? 'c',
  services: () => parts.services ?? [],
  pods: () => parts.pods ?? [],
  nodes: () => parts.nodes ?? [],
})
