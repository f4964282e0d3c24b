import { expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import { endOf, evaluate } from '../evaluate'
import { endTable } from '../index/end-table'
import { policyIndex } from '../index/policy-index'
import { edgeVerdict } from '../index/replay'
import { defaultOptions, profiles } from '../profile'
import { modelOf } from '../test-model'
import { cilium, cluster, denyToDb, ends, forDb, fromWeb, pods } from './test-cilium'

const policies = [
  forDb(
    { fromEndpoints: [{}], toPorts: [{ ports: [{ port: 'sql' }, { port: '80', endPort: 90 }] }] },
    {
      fromEndpoints: [{ matchExpressions: [{ key: 'io.kubernetes.pod.namespace', operator: 'NotIn', values: ['x'] }] }],
    },
    { fromEntities: ['remote-node', 'kube-apiserver'], authentication: { mode: 'required' } },
  ),
  denyToDb(
    { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'batch' } }] },
    { fromCIDR: ['0.0.0.0/0'] },
  ),
  fromWeb(
    { toEndpoints: [{ matchLabels: { app: 'db' } }], toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }] },
    {
      toEntities: ['cluster'],
      toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ path: '/a' }] } }],
    },
    { toFQDNs: [{ matchPattern: '*.example.com' }] },
  ),
  cilium('wide', {
    endpointSelector: {},
    enableDefaultDeny: { egress: false },
    egressDeny: [{ toEntities: ['host'] }],
  }),
  cilium('nodes', { nodeSelector: { matchLabels: { role: 'control' } }, ingress: [{}] }),
]

test.each(profiles)('the index says what evaluate says, with the habits of %s', (profile) => {
  const workloads = Object.values(pods)
  const others = [ends.world, ends.world6, ends.api]
  const all = [...workloads.map(endOf), ...others]
  const compiled = compilePolicies(modelOf(workloads, policies, cluster), { ...defaultOptions, profile })
  const index = policyIndex(compiled, endTable(workloads, others))
  const seen = new Set<string>()
  for (const [from, source] of all.entries())
    for (const [to, destination] of all.entries())
      for (const port of [80, 81, 5432]) {
        const { verdict } = evaluate(compiled, { from: source, to: destination, protocol: 'TCP', port })
        seen.add(verdict)
        expect([from, to, port, edgeVerdict(index, { from, to, protocol: 'TCP', port })]).toEqual([
          from,
          to,
          port,
          verdict,
        ])
      }
  expect([...seen].sort()).toEqual(['allowed', 'denied', 'undefined'])
})
