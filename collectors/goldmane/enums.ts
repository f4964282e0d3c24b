/** A value of an enum: its name, or its number where a later version has added it. */
export type EnumValue = string | number

/** 7 and 8 are of 3.30 and 3.31; 3.32 reserved them and added 11. */
export const policyKinds: readonly (string | undefined)[] = [
  'KindUnspecified',
  'CalicoNetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
  'NetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'Profile',
  'EndOfTier',
  'ClusterNetworkPolicy',
]

export const actions: readonly string[] = ['ActionUnspecified', 'Allow', 'Deny', 'Pass']

export const endpointTypes: readonly string[] = [
  'EndpointTypeUnspecified',
  'WorkloadEndpoint',
  'HostEndpoint',
  'NetworkSet',
  'Network',
]

export const reporterNames: readonly string[] = ['ReporterUnspecified', 'Src', 'Dst']

export const enumValue = (names: readonly (string | undefined)[], value: number): EnumValue => names[value] ?? value

/** What the policy kinds that were seen tell of the version; '' where they tell nothing. */
export function versionOf(kinds: ReadonlySet<EnumValue>): string {
  if (kinds.has('ClusterNetworkPolicy')) return '3.32 or newer'
  if (kinds.has('AdminNetworkPolicy') || kinds.has('BaselineAdminNetworkPolicy')) return '3.30 or 3.31'
  return ''
}
