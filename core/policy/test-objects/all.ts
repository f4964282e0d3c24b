import fc from 'fast-check'
import { compilePolicies, type CompiledPolicies } from '../compile'
import type { End, Flow } from '../decision'
import { endOf } from '../evaluate'
import type { PolicyKind } from '../kind'
import { policyKinds } from '../kinds'
import type { Model, ModelObject, Workload } from '../model'
import { calicoGroup } from '../policy-name'
import { defaultOptions, type Options, profiles } from '../profile'
import { modelOf, pod, space } from '../test-model'
import * as calico from './calico'
import * as cilium from './cilium'
import * as istio from './istio'
import * as kubernetes from './kubernetes'
import * as linkerd from './linkerd'

/** Specs by kind; `calico/` where Kubernetes has a kind of that name too, and `linkerd/` where Istio has. */
const specs: Readonly<Record<string, fc.Arbitrary<ModelObject>>> = {
  NetworkPolicy: kubernetes.networkPolicy,
  ClusterNetworkPolicy: kubernetes.clusterNetworkPolicy,
  AdminNetworkPolicy: kubernetes.adminNetworkPolicy,
  BaselineAdminNetworkPolicy: kubernetes.baselineAdminNetworkPolicy,
  PeerAuthentication: istio.peerAuthentication,
  AuthorizationPolicy: istio.authorizationPolicy,
  DestinationRule: istio.destinationRule,
  Server: linkerd.server,
  'linkerd/AuthorizationPolicy': linkerd.linkerdAuthorization,
  ServerAuthorization: linkerd.serverAuthorization,
  MeshTLSAuthentication: linkerd.meshTls,
  NetworkAuthentication: linkerd.networkAuthentication,
  HTTPRoute: linkerd.route,
  GRPCRoute: linkerd.route,
  'calico/NetworkPolicy': calico.calicoPolicy,
  GlobalNetworkPolicy: calico.calicoGlobalPolicy,
  StagedNetworkPolicy: calico.stagedPolicy,
  StagedGlobalNetworkPolicy: calico.stagedGlobalPolicy,
  StagedKubernetesNetworkPolicy: calico.stagedKubernetesPolicy,
  Tier: calico.calicoTier,
  NetworkSet: calico.networkSet,
  GlobalNetworkSet: calico.networkSet,
  HostEndpoint: calico.hostEndpoint,
  CiliumNetworkPolicy: cilium.ciliumPolicy,
  CiliumClusterwideNetworkPolicy: cilium.ciliumPolicy,
  CiliumCIDRGroup: cilium.ciliumCidrGroup,
}

/** Specs that a kind accepts, most of which say something of the cluster below. Throws for a kind that has none here. */
export function specOf({ group, kind }: Pick<PolicyKind, 'group' | 'kind'>): fc.Arbitrary<ModelObject> {
  const family = group.endsWith(calicoGroup) ? 'calico' : group === 'policy.linkerd.io' ? 'linkerd' : ''
  const spec = specs[`${family}/${kind}`] ?? specs[kind]
  if (!spec) throw new Error(`test-objects/all.ts has no specs for ${group}/${kind}`)
  return spec
}

/** An object of a kind as it is written. */
export const objectOf = (
  { group, kind, versions, namespaced }: PolicyKind,
  name: string,
  namespace: string,
  spec: ModelObject,
): ModelObject => ({
  apiVersion: `${group}/${versions[0]}`,
  kind,
  metadata: {
    name: kind === 'BaselineAdminNetworkPolicy' ? 'default' : name,
    ...(namespaced ? { namespace } : {}),
    labels: { app: 'web', kind: 'set' },
  },
  spec,
})

export const objectsOfKind = (kind: PolicyKind, name = 'p0'): fc.Arbitrary<ModelObject> =>
  fc
    .tuple(fc.constantFrom('shop', kind.group === 'policy.linkerd.io' ? 'shop' : 'batch'), specOf(kind))
    .map(([namespace, spec]) => objectOf(kind, name, namespace, spec))

/** Some objects of any kinds, each name once; what they refer to is often there. */
export const objects: fc.Arbitrary<readonly ModelObject[]> = fc
  .array(fc.constantFrom(...policyKinds), { minLength: 1, maxLength: 5 })
  .chain((kinds) => fc.tuple(...kinds.map((kind, i) => objectsOfKind(kind, `p${i}`))))

const http = (port: number) => [{ name: 'http', protocol: 'TCP' as const, port }]

/** In each mesh, in none, and where that is not known. */
export const workloads: readonly Workload[] = [
  pod('shop/a', { labels: { app: 'web' }, ips: ['10.0.0.1'], nodes: ['n1'], mesh: 'istio', ports: http(80) }),
  pod('shop/b', {
    labels: { app: 'db', tier: 'a' },
    ips: ['10.0.0.9'],
    nodes: ['n2'],
    mesh: 'istio',
    ports: http(443),
  }),
  pod('shop/c', { labels: { app: 'web' }, ips: ['10.0.0.2'], nodes: ['n1'], mesh: 'linkerd', serviceAccount: 'robot' }),
  pod('batch/d', {
    labels: { app: 'web', tier: 'b' },
    ips: ['10.0.0.3'],
    nodes: ['n2'],
    mesh: 'linkerd',
    ports: http(80),
  }),
  pod('batch/e', { kind: 'Deployment', ips: ['10.0.0.4', '10.1.0.4'], nodes: ['n1', 'n2'] }),
  pod('batch/f', { labels: { tier: 'a' }, nodes: ['n1'], mesh: 'unknown' }),
  pod('shop/h', { labels: { app: 'web' }, ips: ['10.9.0.1'], nodes: ['n1'], hostNetwork: true }),
]
export const others: readonly End[] = [
  { type: 'external', address: '192.0.2.7', names: ['api.example.com'] },
  { type: 'external', address: '198.51.100.1' },
  { type: 'node', name: 'n1', addresses: ['10.9.0.1'] },
]
export const ends: readonly End[] = [...workloads.map(endOf), ...others]

const cluster: Partial<Model> = {
  namespaces: [space('shop', { team: 'sales' }), space('batch', { team: 'data' })],
  nodes: [
    { name: 'n1', labels: {}, addresses: ['10.9.0.1'] },
    { name: 'n2', labels: {}, addresses: ['10.9.0.2'] },
  ],
  services: [
    {
      namespace: 'shop',
      name: 'web',
      labels: {},
      selector: { app: 'web' },
      clusterIps: ['10.96.0.1'],
      ports: [{ name: '', protocol: 'TCP', port: 80, targetPort: 'http' }],
      addresses: [],
    },
  ],
}
export const modelWith = (all: readonly ModelObject[]): Model => modelOf(workloads, all, cluster)
export const compiledWith = (all: readonly ModelObject[], how: Options = defaultOptions): CompiledPolicies =>
  compilePolicies(modelWith(all), how)

export const options: fc.Arbitrary<Options> = fc
  .record({
    profile: fc.constantFrom(...profiles),
    loopback: fc.constantFrom('bypass' as const, 'policy' as const),
    staged: fc.constantFrom('left-out' as const, 'enforced' as const),
  })
  .map((parts) => ({ ...defaultOptions, ...parts }))

export const flow: fc.Arbitrary<Flow> = fc.record(
  {
    from: fc.constantFrom(...ends),
    to: fc.constantFrom(...ends),
    protocol: fc.constantFrom('TCP' as const, 'TCP' as const, 'UDP' as const, 'ICMP' as const),
    port: fc.constantFrom(80, 443, 8080),
    request: fc.constantFrom(null, {}, { method: 'GET', path: '/a', host: 'web.shop', headers: {} }),
  },
  { requiredKeys: ['from', 'to', 'protocol', 'port'] },
)
