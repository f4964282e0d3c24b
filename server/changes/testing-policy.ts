import { afterAll, beforeAll } from 'vitest'
import { loadKubernetes } from '@/server/kubernetes/client'
import { type KubeApi, startKubeApi } from '@/server/kubernetes/testing-api'
import { readObject } from '@/server/kubernetes/write'
import { targetOf } from '@/server/kubernetes/write-target'
import { policyChangesView } from '@/server/views/policy-changes'
import { answerOf } from '@/server/views/testing'
import { applyPolicy } from './apply-policy'
import { ask } from './testing'

export const alice = { user: 'oidc:alice', groups: ['oidc:team-a'] }
export const bob = { user: 'oidc:bob', groups: ['oidc:team-b'] }
export const cluster = 'test'

/** Callers that are named by their label. */
export const from = (app: string) => [{ from: [{ podSelector: { matchLabels: { app } } }] }]

/** A NetworkPolicy of the namespace shop. */
export const policy = (name: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop', ...metadata },
  spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'], ingress: from('cart'), ...spec },
})

type Stored = {
  metadata: { resourceVersion: string; uid: string; labels?: object; finalizers?: string[]; managedFields: object[] }
  spec: { podSelector: object; ingress?: object }
}

/** A kind of an API group, of which only the name is known and whose spec may be anything but the field `sideways`. */
export const definition = (group: string, version: string, kind: string, plural: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: `${plural}.${group}`,
    annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes/kubernetes/pull/1' },
  },
  spec: {
    group,
    names: { kind, plural, listKind: `${kind}List`, singular: kind.toLowerCase() },
    scope: 'Namespaced',
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
                properties: { action: { type: 'string', enum: ['ALLOW', 'DENY', 'AUDIT'] } },
              },
            },
          },
        },
      },
    ],
  },
})

/** An object to be written, at the version that it was opened at. */
export const put = (object: object, resourceVersion: string | null = null, more: object = {}) => ({
  change: 'put',
  object,
  resourceVersion,
  ...more,
})

const policies = '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies'

/**
 * A real API server on which the console may act as alice and bob, and alice's team may change policies in the
 * namespace shop; the configuration of the process points at it. Call it at the top of a suite.
 */
export function policyCluster() {
  let api: KubeApi | undefined
  const started = () => {
    if (!api) throw new Error('the API server exists inside tests only')
    return api
  }

  beforeAll(async () => {
    api = await startKubeApi()
    process.env.ORIEL_KUBECONFIG = api.kubeconfig
    process.env.ORIEL_KUBE_CONTEXT = 'console'
    process.env.ORIEL_ACT_AS = [alice.user, ...alice.groups].join(',')
    await allow(api)
  }, 60_000)
  afterAll(() => api?.stop())

  const now = async (name: string): Promise<Stored | null> => {
    const connection = loadKubernetes({ kubeconfig: started().kubeconfig, context: 'admin' })
    return (await readObject({ connection, as: null }, targetOf(policy(name)))) as Stored | null
  }
  return {
    send: (...args: Parameters<KubeApi['send']>) => started().send(...args),
    /** The object as it is; null: there is none. */
    now,
    versionOf: async (name: string) => (await now(name))?.metadata.resourceVersion ?? '',
    apply: (changes: object[], { as = alice, ...more }: { as?: typeof alice | null; dryRun?: boolean } = {}) =>
      ask(applyPolicy, { cluster, changes, dryRun: false, ...more }, { kubernetes: as }),
    byKubectl: (object: object, name: string) =>
      started().send('PUT', `${policies}/${name}?fieldManager=kubectl-edit`, object),
    makeByKubectl: (name: string, metadata: object = {}, spec: object = {}) =>
      started().send('POST', `${policies}?fieldManager=kubectl-client-side-apply`, policy(name, spec, metadata)),
    audit: async (query = '') => (await answerOf(policyChangesView, `policies/changes?${query}`)).changes,
  }
}

const rbac = '/apis/rbac.authorization.k8s.io/v1'
const rbacGroup = 'rbac.authorization.k8s.io'

async function allow(api: KubeApi): Promise<void> {
  for (const name of ['shop', 'bank']) await api.send('POST', '/api/v1/namespaces', { metadata: { name } })
  // What deploy/kubernetes.yaml offers: to act as these people, and nothing else.
  await api.send('POST', `${rbac}/clusterroles`, {
    metadata: { name: 'act-as' },
    rules: [
      { apiGroups: [''], resources: ['users'], verbs: ['impersonate'], resourceNames: [alice.user, bob.user] },
      {
        apiGroups: [''],
        resources: ['groups'],
        verbs: ['impersonate'],
        resourceNames: [...alice.groups, ...bob.groups],
      },
    ],
  })
  await api.send('POST', `${rbac}/clusterrolebindings`, {
    metadata: { name: 'act-as' },
    roleRef: { apiGroup: rbacGroup, kind: 'ClusterRole', name: 'act-as' },
    subjects: [{ kind: 'ServiceAccount', name: 'console', namespace: 'oriel' }],
  })
  await allowTeam(api, 'shop', 'oidc:team-a', ['get', 'list', 'create', 'patch', 'update', 'delete'])
  // Who may apply and not replace.
  await allowTeam(api, 'bank', 'oidc:team-b', ['get', 'create', 'patch', 'delete'])
}

async function allowTeam(api: KubeApi, namespace: string, group: string, verbs: string[]): Promise<void> {
  await api.send('POST', `${rbac}/namespaces/${namespace}/roles`, {
    metadata: { name: 'policies' },
    rules: [
      {
        apiGroups: ['networking.k8s.io', 'projectcalico.org', 'security.istio.io'],
        resources: ['networkpolicies', 'stagedkubernetesnetworkpolicies', 'authorizationpolicies'],
        verbs,
      },
    ],
  })
  await api.send('POST', `${rbac}/namespaces/${namespace}/rolebindings`, {
    metadata: { name: 'policies' },
    roleRef: { apiGroup: rbacGroup, kind: 'Role', name: 'policies' },
    subjects: [{ kind: 'Group', name: group, apiGroup: rbacGroup }],
  })
}
