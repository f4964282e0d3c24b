import type { PolicyKind } from './kind'
import { networkPolicy } from './kinds/network-policy'
import type { ModelObject } from './model'

/** Every kind that is read. To read one more, add a file below `kinds/` and a line. */
export const policyKinds: readonly PolicyKind[] = [networkPolicy]

/** The kind of an object, by group, version and kind; null for one that is none of these. */
export function kindOf(object: ModelObject): PolicyKind | null {
  const { apiVersion, kind } = object
  if (typeof apiVersion !== 'string') return null
  return policyKinds.find((one) => one.kind === kind && isVersionOf(one, apiVersion)) ?? null
}

const isVersionOf = ({ group, versions }: PolicyKind, apiVersion: string) =>
  versions.some((version) => apiVersion === `${group}/${version}`)
