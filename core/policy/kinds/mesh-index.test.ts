import { expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import { endOf, evaluate } from '../evaluate'
import { endTable } from '../index/end-table'
import { policyIndex } from '../index/policy-index'
import { edgeVerdict } from '../index/replay'
import type { Model, ModelObject } from '../model'
import { defaultOptions } from '../profile'
import { modelOf, space } from '../test-model'
import { meshPods, object } from './test-mesh'

const authorization = object('security.istio.io/v1', 'AuthorizationPolicy')
const peers = object('security.istio.io/v1', 'PeerAuthentication')
const allow = (key: string, rule: ModelObject) => authorization(key, { rules: [rule] })
const get = { to: [{ operation: { methods: ['GET'], ports: ['8080'] } }] }

const istio = [
  allow('shop/a', { from: [{ source: { namespaces: ['shop'] } }, { source: { ipBlocks: ['10.0.0.3'] } }] }),
  allow('batch/b', get),
  authorization('istio-system/c', {
    action: 'DENY',
    rules: [{ from: [{ source: { notPrincipals: ['*'] } }], ...get }],
  }),
  peers('shop/d', { mtls: { mode: 'DISABLE' } }),
  peers('batch/e', { mtls: { mode: 'STRICT' } }),
  peers('shop/f', {
    selector: { matchLabels: { app: 'api' } },
    mtls: { mode: 'STRICT' },
    portLevelMtls: { 81: { mode: 'PERMISSIVE' } },
  }),
]
const linkerd = [
  object('policy.linkerd.io/v1beta3', 'Server')('shop/api', {
    podSelector: { matchLabels: { app: 'api' } },
    port: 'http',
  }),
  object('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy')('shop/web', {
    targetRef: { kind: 'Server', name: 'api' },
    requiredAuthenticationRefs: [{ kind: 'ServiceAccount', name: 'web' }],
  }),
]
const ambient = { namespaces: [space('shop'), space('batch', { 'istio.io/dataplane-mode': 'ambient' }), space('edge')] }
const denying = {
  namespaces: [
    { name: 'batch', labels: {}, annotations: { 'config.linkerd.io/default-inbound-policy': 'all-authenticated' } },
  ],
}

test.each([
  ['Istio', 'istio', istio, {}],
  ['Istio in ambient mode', 'istio', istio, ambient],
  ['Linkerd', 'linkerd', linkerd, denying],
] as const)('the index says of pods of %s what evaluate says', (_, mesh, objects, parts: Partial<Model>) => {
  const { web, ...others } = meshPods(mesh)
  const skips = { 'traffic.sidecar.istio.io/excludeInboundPorts': '81', 'config.linkerd.io/skip-inbound-ports': '81' }
  const pods = [{ ...web, annotations: skips }, ...Object.values(others)]
  const compiled = compilePolicies(modelOf(pods, objects, parts), defaultOptions)
  const index = policyIndex(compiled, endTable(pods, []))
  const seen = new Set<string>()
  for (const [from, source] of pods.entries())
    for (const [to, destination] of pods.entries())
      for (const port of [8080, 81, 15020]) {
        const flow = { from: endOf(source), to: endOf(destination), protocol: 'TCP' as const, port }
        const { verdict } = evaluate(compiled, flow)
        seen.add(verdict)
        expect([from, to, port, edgeVerdict(index, { from, to, protocol: 'TCP', port })]).toEqual([
          from,
          to,
          port,
          verdict,
        ])
      }
  expect(seen).toContain('allowed')
  expect(seen).toContain('denied')
})
