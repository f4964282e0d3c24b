import { policyKinds } from './kinds'
import { workloadKinds } from './load-workload'
import type { ModelObject } from './model'
import type { Problem } from './problem'

const known = [
  ...policyKinds.flatMap(({ group, kind, versions }) => versions.map((version) => `${group}/${version}/${kind}`)),
  ...workloadKinds,
  ...['Namespace', 'Service', 'Node', 'ServiceAccount', 'Endpoints'].map((kind) => `v1/${kind}`),
]
const byLowerCase = new Map(known.map((one) => [one.toLowerCase(), one]))

/**
 * What is wrong with an object that no API server takes and that is meant to be of a kind that is read: another case
 * (`Networkpolicy`), or a group of Kubernetes itself that has no such kind, or no more (`extensions/v1beta1`). Groups
 * with a dot may be anybody's. null: it is something else.
 */
export function misspeltKind({ apiVersion, kind }: ModelObject): Problem | null {
  const wanted = `${String(apiVersion)}/${String(kind)}`
  const meant = byLowerCase.get(wanted.toLowerCase())
  if (meant !== undefined) return { path: 'kind', reason: `must be ${meant.slice(meant.lastIndexOf('/') + 1)}` }
  const [group = ''] = String(apiVersion).split('/')
  if (group.includes('.')) return null
  const versions = known
    .filter((one) => one.endsWith(`/${String(kind)}`))
    .map((one) => one.slice(0, one.lastIndexOf('/')))
  return versions.length === 0 ? null : { path: 'apiVersion', reason: `must be ${versions.join(' or ')}` }
}
