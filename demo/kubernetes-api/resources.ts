import { policyKinds } from '@/core/policy/kinds'

/** A kind that the server serves. */
export type Resource = {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  /** Known to the server, but the demo's account may not read it. */
  readonly forbidden?: boolean
}

const resource = (apiVersion: string, plural: string, kind: string, namespaced = true, forbidden = false): Resource => {
  const [first = '', second] = apiVersion.split('/')
  return { group: second ? first : '', version: second ?? first, plural, kind, namespaced, forbidden }
}

export const resources: readonly Resource[] = [
  resource('v1', 'namespaces', 'Namespace', false),
  resource('v1', 'nodes', 'Node', false),
  resource('v1', 'pods', 'Pod'),
  resource('v1', 'services', 'Service'),
  resource('v1', 'serviceaccounts', 'ServiceAccount'),
  resource('v1', 'configmaps', 'ConfigMap'),
  resource('v1', 'secrets', 'Secret', true, true),
  resource('apps/v1', 'replicasets', 'ReplicaSet'),
  resource('apps/v1', 'deployments', 'Deployment'),
  resource('apps/v1', 'statefulsets', 'StatefulSet'),
  resource('apps/v1', 'daemonsets', 'DaemonSet'),
  resource('batch/v1', 'jobs', 'Job'),
  resource('batch/v1', 'cronjobs', 'CronJob'),
  resource('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice'),
  resource('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy'),
  resource('policy.networking.k8s.io/v1alpha2', 'clusternetworkpolicies', 'ClusterNetworkPolicy', false),
  resource('cilium.io/v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy'),
  resource('cilium.io/v2', 'ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy', false),
  resource('cilium.io/v2', 'ciliumcidrgroups', 'CiliumCIDRGroup', false),
  resource('projectcalico.org/v3', 'networkpolicies', 'NetworkPolicy'),
  resource('projectcalico.org/v3', 'globalnetworkpolicies', 'GlobalNetworkPolicy', false),
  resource('projectcalico.org/v3', 'stagednetworkpolicies', 'StagedNetworkPolicy'),
  resource('projectcalico.org/v3', 'stagedglobalnetworkpolicies', 'StagedGlobalNetworkPolicy', false),
  resource('projectcalico.org/v3', 'stagedkubernetesnetworkpolicies', 'StagedKubernetesNetworkPolicy'),
  resource('projectcalico.org/v3', 'tiers', 'Tier', false),
  resource('projectcalico.org/v3', 'networksets', 'NetworkSet'),
  resource('projectcalico.org/v3', 'globalnetworksets', 'GlobalNetworkSet', false),
  resource('security.istio.io/v1', 'authorizationpolicies', 'AuthorizationPolicy'),
  resource('security.istio.io/v1', 'peerauthentications', 'PeerAuthentication'),
  resource('networking.istio.io/v1', 'destinationrules', 'DestinationRule'),
  resource('policy.linkerd.io/v1beta3', 'servers', 'Server'),
  resource('policy.linkerd.io/v1alpha1', 'authorizationpolicies', 'AuthorizationPolicy'),
  resource('policy.linkerd.io/v1alpha1', 'meshtlsauthentications', 'MeshTLSAuthentication'),
  resource('policy.linkerd.io/v1alpha1', 'networkauthentications', 'NetworkAuthentication'),
  resource('crd.projectcalico.org/v1', 'felixconfigurations', 'FelixConfiguration', false),
]

/** Names a kind among all: `pods`, `networkpolicies.networking.k8s.io`. */
export const resourceKey = ({ group, plural }: Pick<Resource, 'group' | 'plural'>): string =>
  group ? `${plural}.${group}` : plural

export const apiVersionOf = ({ group, version }: Resource): string => (group ? `${group}/${version}` : version)

const byKind = new Map(resources.map((r) => [`${apiVersionOf(r)} ${r.kind}`, r]))

export function resourceOfObject(object: { apiVersion: string; kind: string }): Resource {
  const found = byKind.get(`${object.apiVersion} ${object.kind}`)
  if (!found) throw new Error(`the demo serves no ${object.kind} of ${object.apiVersion}`)
  return found
}

export type Target = {
  readonly resource: Resource
  readonly namespace: string
  readonly name: string
}

/** What a path below /api or /apis names; null for none that is served. */
export function parsePath(path: string): Target | null {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent)
  const core = parts[0] === 'api'
  const group = core ? '' : (parts[1] ?? '')
  const version = parts[core ? 1 : 2]
  const rest = parts.slice(core ? 2 : 3)
  const inNamespace = rest[0] === 'namespaces' && rest.length >= 3
  const namespace = inNamespace ? (rest[1] ?? '') : ''
  const [plural, name = '', ...more] = inNamespace ? rest.slice(2) : rest
  const found = resources.find((r) => r.group === group && r.version === version && r.plural === plural)
  if (!found || more.length || (inNamespace && !found.namespaced)) return null
  return { resource: found, namespace, name }
}

/** Only policies can be written: all else is the model's own. */
export const verbsOf = (resource: Resource): readonly string[] =>
  accessReviews.some((one) => one === resource)
    ? ['create']
    : isPolicy(resource)
      ? ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']
      : ['get', 'list', 'watch']

const isPolicy = ({ group, kind }: Resource) => policyKinds.some((one) => one.group === group && one.kind === kind)

const accessReviews = (['SelfSubjectAccessReview', 'SubjectAccessReview'] as const).map((kind) => ({
  ...resource('authorization.k8s.io/v1', `${kind.toLowerCase()}s`, kind, false),
  kind,
}))

/** Which review is asked for at this path; undefined: none. */
export const accessReviewOf = (path: string) =>
  accessReviews.find((one) => path === `/apis/${apiVersionOf(one)}/${one.plural}`)?.kind

/** The answers of /version, /api, /apis, /api/v1 and /apis/<group>/<version>; null for other paths. */
export function discovery(path: string): object | null {
  const clean = path.replace(/\/$/, '')
  if (clean === '/version') return { major: '1', minor: '34', gitVersion: 'v1.34.2', platform: 'linux/amd64' }
  if (clean === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
  if (clean === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() }
  const listed = [...resources, ...accessReviews].filter(
    (r) => clean === (r.group ? `/apis/${apiVersionOf(r)}` : `/api/${r.version}`),
  )
  const first = listed[0]
  if (!first) return null
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(first),
    resources: listed.map((r) => ({
      name: r.plural,
      singularName: r.kind.toLowerCase(),
      namespaced: r.namespaced,
      kind: r.kind,
      verbs: verbsOf(r),
    })),
  }
}

/** Groups with their versions, each in the order in which it is listed first. */
function groups() {
  const versions = new Map<string, Set<string>>()
  for (const { group, version } of [...resources, ...accessReviews])
    if (group) versions.set(group, (versions.get(group) ?? new Set()).add(version))
  return [...versions].map(([name, found]) => {
    const entries = [...found].map((version) => ({ groupVersion: `${name}/${version}`, version }))
    return { name, versions: entries, preferredVersion: entries[0] }
  })
}
