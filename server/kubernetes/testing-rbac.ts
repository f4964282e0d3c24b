import type { KubeApi } from './testing-api'

const rbac = '/apis/rbac.authorization.k8s.io/v1'
const apiGroup = 'rbac.authorization.k8s.io'

export type Rule = {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly resourceNames?: readonly string[]
}
export type Subject =
  | { readonly kind: 'User' | 'Group'; readonly name: string }
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string }

/** The account that the console has in tests. */
export const consoleAccount: Subject = { kind: 'ServiceAccount', name: 'console', namespace: 'oriel' }

/** For tests: a role with its binding, in a namespace or ('') in the whole cluster; `revoke` takes the binding away. */
export async function grant(
  api: KubeApi,
  namespace: string,
  name: string,
  rules: readonly Rule[],
  subjects: readonly Subject[],
): Promise<{ revoke(): Promise<unknown> }> {
  const [base, kind] = namespace === '' ? [rbac, 'ClusterRole'] : [`${rbac}/namespaces/${namespace}`, 'Role']
  const [role, binding] = namespace === '' ? ['clusterroles', 'clusterrolebindings'] : ['roles', 'rolebindings']
  await api.send('POST', `${base}/${role}`, { metadata: { name }, rules })
  await api.send('POST', `${base}/${binding}`, {
    metadata: { name },
    roleRef: { apiGroup, kind, name },
    subjects: subjects.map((one) => (one.kind === 'ServiceAccount' ? one : { ...one, apiGroup })),
  })
  return { revoke: () => api.send('DELETE', `${base}/${binding}/${name}`) }
}

export const mayReview: Rule = {
  apiGroups: ['authorization.k8s.io'],
  resources: ['subjectaccessreviews'],
  verbs: ['create'],
}
export const rule = (resource: string, ...verbs: string[]): Rule => ({
  apiGroups: ['oriel.dev'],
  resources: [resource],
  verbs,
})
