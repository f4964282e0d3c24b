import { pod } from '../test-model'
import { type Case, testCases } from './test-cases'
import { type LintCase, object } from './test-lint'

const ports = [{ name: 'http', protocol: 'TCP' as const, port: 8080 }]
const inMesh = (mesh: 'istio' | 'linkerd') => ({
  web: pod('shop/web', { mesh, serviceAccount: 'web', labels: { app: 'web' } }),
  api: pod('shop/api', { mesh, serviceAccount: 'api', labels: { app: 'api' }, ports }),
})
const bare = pod('shop/bare', { serviceAccount: 'bare', labels: { app: 'bare' } })
const service = (name: string) => ({
  namespace: 'shop',
  name: 'api',
  labels: {},
  selector: { app: 'api' },
  clusterIps: [],
  ports: [{ name, protocol: 'TCP' as const, port: 80, targetPort: 8080 }],
  addresses: [],
})
const istio = (
  objects: LintCase['objects'],
  port = 'http',
  extra: NonNullable<LintCase['workloads']> = [bare],
): LintCase => {
  const { web, api } = inMesh('istio')
  return { objects, workloads: [web, api, ...extra], model: { services: [service(port)] } }
}
const linkerd = (...objects: LintCase['objects']): LintCase => {
  const { web, api } = inMesh('linkerd')
  return { objects, workloads: [web, api, bare] }
}
const authz = (spec: object, key = 'shop/a') => object('security.istio.io/v1', 'AuthorizationPolicy', key, { ...spec })
const peers = (mode: string) => object('security.istio.io/v1', 'PeerAuthentication', 'shop/peers', { mtls: { mode } })
const get = [{ to: [{ operation: { methods: ['GET'] } }] }]
const from = (...principals: readonly string[]) => [{ from: [{ source: { principals } }] }]
const server = (name: string, port: string | number, labels: object = { app: 'api' }) =>
  object('policy.linkerd.io/v1beta3', 'Server', `shop/${name}`, { podSelector: { matchLabels: labels }, port })
const allow = (target: object, ...refs: readonly object[]) =>
  object('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', 'shop/allow', {
    targetRef: { group: 'policy.linkerd.io', ...target },
    requiredAuthenticationRefs: refs,
  })
const toApi = { kind: 'Server', name: 'api' }
const tls = (identity: string) =>
  object('policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication', 'shop/auth', { identities: [identity] })
const byTls = { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'auth' }

const cases: readonly Case[] = [
  [
    'an ALLOW on a port without HTTP',
    'http-conditions-on-tcp',
    istio([authz({ rules: get })], 'tcp-api'),
    ['warning a spec.rules[0]'],
  ],
  [
    'a DENY on a port without HTTP',
    'http-conditions-on-tcp',
    istio([authz({ action: 'DENY', rules: get })], 'mysql'),
    ['warning a spec.rules[0]'],
  ],
  ['an ALLOW on a port with HTTP', 'http-conditions-on-tcp', istio([authz({ rules: get })], 'http-api'), []],
  [
    'an ALLOW for another port',
    'http-conditions-on-tcp',
    istio([authz({ rules: [{ to: [{ operation: { methods: ['GET'], ports: ['9090'] } }] }] })], 'tcp-api'),
    [],
  ],
  [
    'an ALLOW without conditions on HTTP',
    'http-conditions-on-tcp',
    istio([authz({ rules: from('*') })], 'tcp-api'),
    [],
  ],

  [
    'a DENY of identities past plaintext',
    'identity-without-mtls',
    istio([authz({ action: 'DENY', rules: from('cluster.local/ns/shop/sa/web') })]),
    ['warning a spec.rules[0]'],
  ],
  [
    'a DENY of identities under STRICT',
    'identity-without-mtls',
    istio([authz({ action: 'DENY', rules: from('cluster.local/ns/shop/sa/web') }), peers('STRICT')]),
    [],
  ],
  [
    'a DENY of identities under PERMISSIVE',
    'identity-without-mtls',
    istio([authz({ action: 'DENY', rules: from('cluster.local/ns/shop/sa/web') }), peers('PERMISSIVE')]),
    ['warning a spec.rules[0]'],
  ],
  [
    'a DENY of whoever is not',
    'identity-without-mtls',
    istio([
      authz({ action: 'DENY', rules: [{ from: [{ source: { notPrincipals: ['cluster.local/ns/shop/sa/web'] } }] }] }),
    ]),
    [],
  ],
  [
    'an ALLOW of a caller without a proxy',
    'identity-without-mtls',
    istio([authz({ rules: from('cluster.local/ns/shop/sa/bare') })]),
    ['warning a spec.rules[0]'],
  ],
  [
    'an ALLOW of a caller with one',
    'identity-without-mtls',
    istio([authz({ rules: from('cluster.local/ns/shop/sa/web') })]),
    [],
  ],

  ['STRICT beside pods without a proxy', 'strict-without-proxy', istio([peers('STRICT')]), ['info peers spec.mtls']],
  ['PERMISSIVE beside them', 'strict-without-proxy', istio([peers('PERMISSIVE')]), []],
  ['STRICT where all have one', 'strict-without-proxy', istio([peers('STRICT')], 'http', []), []],

  [
    'an identity of another trust domain',
    'foreign-trust-domain',
    istio([authz({ rules: from('prod.example/ns/shop/sa/web') })]),
    ['warning a spec.rules[0].from[0].source.principals'],
  ],
  [
    'identities of the own one',
    'foreign-trust-domain',
    istio([authz({ rules: from('cluster.local/ns/shop/sa/web', '*/ns/shop/sa/web', '*') })]),
    [],
  ],
  [
    'an identity of another Linkerd',
    'foreign-trust-domain',
    linkerd(tls('web.shop.serviceaccount.identity.linkerd.prod.example')),
    ['warning auth spec.identities'],
  ],
  [
    'an identity of this Linkerd',
    'foreign-trust-domain',
    linkerd(tls('web.shop.serviceaccount.identity.linkerd.cluster.local')),
    [],
  ],

  ['no rules in the root namespace', 'denies-whole-mesh', istio([authz({}, 'istio-system/a')]), ['warning a']],
  [
    'no rules for some of them',
    'denies-whole-mesh',
    istio([authz({ selector: { matchLabels: { app: 'api' } } }, 'istio-system/a')]),
    [],
  ],
  ['no rules in another namespace', 'denies-whole-mesh', istio([authz({})]), []],
  ['rules in the root namespace', 'denies-whole-mesh', istio([authz({ rules: get }, 'istio-system/a')]), []],

  [
    'a Server for a port that no pod names',
    'server-without-port',
    linkerd(server('api', 'grpc')),
    ['warning api spec.port'],
  ],
  ['a Server for a port that they name', 'server-without-port', linkerd(server('api', 'http')), []],
  ['a Server for a number', 'server-without-port', linkerd(server('api', 9090)), []],

  [
    'two Servers for one port',
    'servers-overlap',
    linkerd(server('api', 'http'), server('other', 8080)),
    ['warning other spec.port'],
  ],
  ['two Servers for two ports', 'servers-overlap', linkerd(server('api', 'http'), server('other', 9090)), []],
  [
    'two Servers for other pods',
    'servers-overlap',
    linkerd(server('api', 8080), server('other', 8080, { app: 'web' })),
    [],
  ],

  [
    'an authorization for a Server that is there',
    'missing-reference',
    linkerd(server('api', 8080), tls('*'), allow(toApi, byTls)),
    [],
  ],
  [
    'an authorization for one that is not',
    'missing-reference',
    linkerd(tls('*'), allow(toApi, byTls)),
    ['warning allow spec.targetRef'],
  ],
  [
    'an authentication that is not there',
    'missing-reference',
    linkerd(server('api', 8080), allow(toApi, byTls)),
    ['warning allow spec.requiredAuthenticationRefs[0]'],
  ],
  [
    'a principal whose account no pod has',
    'missing-reference',
    istio([authz({ rules: from('cluster.local/ns/shop/sa/wbe') })]),
    ['warning a spec.rules[0].from[0].source.principals'],
  ],
  [
    'a principal of a pod',
    'missing-reference',
    istio([authz({ rules: from('cluster.local/ns/shop/sa/web', '*') })]),
    [],
  ],

  [
    'a policy of a mesh that the pods are not in',
    'selects-nothing',
    { objects: [authz({ rules: get })], workloads: [bare] },
    ['warning a'],
  ],
  [
    'the same rule of Istio twice',
    'redundant',
    istio([authz({ rules: [...from('cluster.local/ns/shop/sa/web'), ...from('cluster.local/ns/shop/sa/web')] })]),
    ['info a spec.rules[1]'],
  ],
]

const web = 'cluster.local/ns/shop/sa/web'
const elsewhere: LintCase = {
  ...istio([authz({ rules: from('cluster.local/ns/shop/sa/far') })]),
  model: { serviceAccounts: [{ namespace: 'batch', name: 'far', labels: {} }] },
}

testCases([
  ...cases,
  [
    'the name that stands for every trust domain',
    'foreign-trust-domain',
    { ...istio([authz({ rules: from(web) })]), options: { trustDomain: 'mesh.example' } },
    [],
  ],
  [
    'a principal whose account is of another namespace',
    'missing-reference',
    elsewhere,
    ['warning a spec.rules[0].from[0].source.principals'],
  ],
])
