import { type Case, calico, staged, testCases } from './test-cases'
import { admin, fromPods, labels, type LintCase, netpol, object } from './test-lint'

const global = (spec: object) => object('projectcalico.org/v3', 'GlobalNetworkPolicy', 'g', { ...spec })
const cilium = (spec: object) => object('cilium.io/v2', 'CiliumNetworkPolicy', 'shop/c', { ...spec })
const only = (...objects: LintCase['objects']): LintCase => ({ objects })
const names = { toFQDNs: [{ matchName: 'api.example.com' }] }
const dnsRule = {
  toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system' } }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
}
const toService = (name: string): LintCase => ({
  objects: [
    cilium({
      endpointSelector: {},
      egress: [{ toServices: [{ k8sService: { serviceName: name, namespace: 'shop' } }] }],
    }),
  ],
  model: {
    services: [
      { namespace: 'shop', name: 'db', labels: {}, selector: { app: 'db' }, clusterIps: [], ports: [], addresses: [] },
    ],
  },
})
const group = object('cilium.io/v2', 'CiliumCIDRGroup', 'partners', { externalCIDRs: ['192.0.2.0/24'] })
const toGroup = cilium({ endpointSelector: {}, egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners' }] }] })
const tier = object('projectcalico.org/v3', 'Tier', 'security', { order: 100 })
const inTier = calico('p', { tier: 'security', ingress: [{ action: 'Allow' }] })
const byAccount = (name: string) =>
  calico('p', { ingress: [{ action: 'Allow', source: { serviceAccounts: { names: [name] } } }] })
const deny = admin('a', { ingress: [{ action: 'Deny', from: [{ namespaces: { matchLabels: { name: 'batch' } } }] }] })
const spaces = ['shop', 'batch', 'kube-system'].map((name) => ({ name, labels: { name }, annotations: {} }))
const everyNamespace = {
  from: [{ namespaceSelector: { matchExpressions: [{ key: 'name', operator: 'In', values: ['batch', 'shop'] }] } }],
}

const cases: readonly Case[] = [
  ['all pods of the cluster', 'system-pods', only(global({ selector: 'all()', types: ['Ingress'] })), ['warning g']],
  [
    'all pods but those of the system',
    'system-pods',
    only(
      global({
        namespaceSelector: "kubernetes.io/metadata.name != 'kube-system'",
        selector: "app == 'web'",
        types: ['Ingress'],
      }),
    ),
    [],
  ],
  [
    'pods of the system alone',
    'system-pods',
    only(global({ selector: "k8s-app == 'kube-dns'", types: ['Ingress'] })),
    [],
  ],

  [
    'an empty rule of Cilium',
    'empty-rule-denies',
    only(cilium({ endpointSelector: {}, ingress: [{}] })),
    ['info c spec.ingress[0]'],
  ],
  [
    'a rule of Cilium',
    'empty-rule-denies',
    only(cilium({ endpointSelector: {}, ingress: [{ fromEntities: ['all'] }] })),
    [],
  ],
  ['an empty rule of Kubernetes', 'empty-rule-denies', only(netpol('p', { ingress: [{}] })), []],

  [
    'names without DNS',
    'names-without-dns-rule',
    only(cilium({ endpointSelector: {}, egress: [names] })),
    ['warning c spec.egress[0]'],
  ],
  ['names with DNS', 'names-without-dns-rule', only(cilium({ endpointSelector: {}, egress: [names, dnsRule] })), []],
  [
    'names with DNS for other pods',
    'names-without-dns-rule',
    only(
      cilium({ endpointSelector: {}, egress: [names] }),
      object('cilium.io/v2', 'CiliumNetworkPolicy', 'shop/d', { endpointSelector: labels('web'), egress: [dnsRule] }),
    ),
    ['warning c spec.egress[0]'],
  ],

  ['a Service that is there', 'missing-reference', toService('db'), []],
  [
    'a Service that is not',
    'missing-reference',
    toService('bd'),
    ['warning c spec.egress[0].toServices[0].k8sService'],
  ],
  ['a group that is there', 'missing-reference', only(toGroup, group), []],
  ['a group that is not', 'missing-reference', only(toGroup), ['warning c spec.egress[0].toCIDRSet[0]']],
  ['a tier that is there', 'missing-reference', only(inTier, tier), []],
  ['a tier that is not', 'missing-reference', only(inTier), ['warning p spec.tier']],
  ['a service account that pods have', 'missing-reference', only(byAccount('robot')), []],
  [
    'a service account that none has',
    'missing-reference',
    only(byAccount('roboter')),
    ['warning p spec.ingress[0].source.serviceAccounts'],
  ],

  [
    'an allow that administrators deny in part',
    'overruled',
    {
      objects: [deny, netpol('p', { podSelector: labels('db'), ingress: [everyNamespace] })],
      model: { namespaces: spaces },
    },
    ['info p spec.ingress[0]'],
  ],
  [
    'an allow of others',
    'overruled',
    {
      objects: [deny, netpol('p', { podSelector: labels('db'), ingress: [fromPods('web')] })],
      model: { namespaces: spaces },
    },
    [],
  ],
  [
    'an allow of everybody',
    'overruled',
    { objects: [deny, netpol('p', { podSelector: labels('db'), ingress: [{}] })], model: { namespaces: spaces } },
    [],
  ],

  [
    'a staged policy of Calico, which decides nothing',
    'redundant',
    only(staged({ ingress: [{ action: 'Allow' }] })),
    [],
  ],
  [
    'a rule of Calico behind one about everything',
    'unreachable',
    only(
      calico('p', {
        selector: "app == 'db'",
        ingress: [{ action: 'Deny' }, { action: 'Allow', source: { selector: "app == 'web'" } }],
      }),
    ),
    ['warning p spec.ingress[1]'],
  ],
]

testCases(cases)
