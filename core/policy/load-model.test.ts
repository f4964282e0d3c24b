import { describe, expect, test } from 'vitest'
import { loadModel } from './load-model'

const load = (...values: unknown[]) =>
  loadModel(values.map((value, i) => ({ file: 'all.yaml', document: i + 1, value })))
const pod = (name: string, parts: object = {}, meta: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name }, ...meta },
  spec: {
    containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 80 }, { containerPort: 81 }] }],
    ...parts,
  },
})
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main' }] } }
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template },
}
const policy = (spec: unknown) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec,
})

describe('a model from manifests', () => {
  test('a pod carries its labels, named ports, account and place', () => {
    const { model, problems } = load(pod('web', { serviceAccountName: 'robot', nodeName: 'n1', hostNetwork: true }))
    expect(problems).toEqual([])
    expect(model.workloads).toMatchObject([
      {
        namespace: 'shop',
        name: 'web',
        kind: 'Pod',
        labels: { app: 'web' },
        ports: [{ name: 'http', protocol: 'TCP', port: 80 }],
        serviceAccount: 'robot',
        nodes: ['n1'],
        hostNetwork: true,
      },
    ])
  })

  test('a namespace is there when it is used, and has its name as a label', () => {
    expect(load(pod('web')).model.namespaces).toEqual([
      { name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop' }, annotations: {} },
    ])
  })

  test('pods give their addresses to the controller that made them', () => {
    const owned = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] })
    const set = {
      ...deployment,
      kind: 'ReplicaSet',
      metadata: { name: 'web-1', namespace: 'shop', ...owned('Deployment', 'web') },
    }
    const made = { ...pod('web-1-a', { nodeName: 'n1' }, owned('ReplicaSet', 'web-1')), status: { podIP: '10.0.0.1' } }
    const { model } = load(deployment, set, made, pod('alone', {}, owned('ReplicaSet', 'gone')))
    expect(model.workloads.map(({ kind, name, ips, nodes }) => ({ kind, name, ips, nodes }))).toEqual([
      { kind: 'Deployment', name: 'web', ips: ['10.0.0.1'], nodes: ['n1'] },
      { kind: 'Pod', name: 'alone', ips: [], nodes: [] },
    ])
  })

  test('a pod that has finished has no address, since another may have it by now', () => {
    const done = (phase: string) => ({ ...pod(phase), status: { phase, podIP: '10.0.0.1' } })
    const { model } = load(done('Running'), done('Succeeded'), done('Failed'))
    expect(model.workloads.map(({ ips }) => ips)).toEqual([['10.0.0.1'], [], []])
  })

  test('lists are opened, of kinds too, and what says nothing of traffic is counted', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [deployment, { apiVersion: 'v1', kind: 'ConfigMap' }] }
    const policies = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicyList',
      items: [{ metadata: { name: 'p' }, spec: {} }],
    }
    const { model, ignored, problems } = load(list, policies, null)
    expect(problems).toEqual([])
    expect(model.workloads).toHaveLength(1)
    expect(model.objects).toHaveLength(1)
    expect([...ignored]).toEqual([['ConfigMap of v1', 1]])
  })

  test('proxies are told by containers, else by what asks for them', () => {
    const meshOf = (one: object, ...more: unknown[]) => load(one, ...more).model.workloads[0]?.mesh
    const space = (labels: object, annotations: object = {}) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels, annotations },
    })
    expect(meshOf(pod('web', { initContainers: [{ name: 'istio-proxy' }] }))).toBe('istio')
    expect(meshOf(deployment, space({ 'istio-injection': 'enabled' }))).toBe('istio')
    expect(meshOf(deployment, space({}, { 'linkerd.io/inject': 'enabled' }))).toBe('linkerd')
    expect(meshOf({ ...pod('web'), status: { podIP: '10.0.0.1' } }, space({ 'istio-injection': 'enabled' }))).toBe(null)
    expect(meshOf(deployment)).toBe(null)
  })
})

describe('what is refused', () => {
  test.each([
    ['text', '', 'is no object'],
    [{ kind: 'Pod' }, 'apiVersion', 'is required'],
    [{ ...deployment, spec: {} }, 'spec.template.spec', 'is required'],
    [{ apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: {} }, 'metadata.name', 'is required'],
    [pod('web', {}, { labels: { 'a b': 'c' } }), 'metadata.labels.a b', '"a b" is no label key'],
    [policy({ ingress: [{ ports: [{ port: 0 }] }] }), 'spec.ingress[0].ports[0].port', 'must be between 1 and 65535'],
    [{ ...policy({}), apiVersion: 'networking.k8s.io/v2' }, 'apiVersion', 'must be networking.k8s.io/v1'],
    [{ ...policy({}), kind: 'Networkpolicy' }, 'kind', 'must be NetworkPolicy'],
    [
      { ...policy({}), apiVersion: 'extensions/v1beta1' },
      'apiVersion',
      expect.stringContaining('networking.k8s.io/v1'),
    ],
    [{ ...deployment, apiVersion: 'apps/v1beta1' }, 'apiVersion', 'must be apps/v1'],
    [{ ...pod('web'), kind: 'pod' }, 'kind', 'must be Pod'],
  ])('%j', (value, path, reason) => {
    const { problems, model } = load(deployment, value)
    expect(problems).toEqual([{ file: 'all.yaml', document: 2, path, reason }])
    expect(model.objects).toEqual([])
  })

  test('within a list the path tells the item', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [deployment, policy({ policyTypes: ['In'] })] }
    expect(load(list).problems.map(({ path }) => path)).toEqual(['items[1].spec.policyTypes[0]'])
  })
})

test('an object is kept as it was written, with fields that are not known and empty ones', () => {
  const written = policy({
    podSelector: {},
    ingress: [{ from: [{ podSelector: {}, later: { a: null } }], ports: [] }],
    egress: [],
  })
  const before = JSON.stringify(written)
  const { model } = load(written)
  expect(JSON.stringify(model.objects[0])).toBe(before)
})

test('fields of policies that are not known are told, in whatever place', () => {
  const rules = [
    { from: [{ ipBlock: { cidr: '10.0.0.0/8', excepts: [] } }], frm: [], ports: [{ prot: 'UDP', port: 53 }] },
  ]
  const mesh = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'p', managedFields: [] },
    spec: { rules: [{ form: [] }] },
    status: {},
  }
  const list = { apiVersion: 'v1', kind: 'List', items: [mesh] }
  const { unknown, problems } = load(policy({ ingress: rules, egres: [] }), list, deployment)
  expect(problems).toEqual([])
  expect(unknown.map(({ document, path }) => `${document} ${path}`)).toEqual([
    '1 spec.ingress[0].from[0].ipBlock.excepts',
    '1 spec.ingress[0].frm',
    '1 spec.ingress[0].ports[0].prot',
    '1 spec.egres',
    '2 items[0].spec.rules[0].form',
  ])
})

test('a kind of somebody else that has a known name is passed over', () => {
  const { ignored, problems } = load({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' })
  expect([problems, [...ignored]]).toEqual([[], [['Service of serving.knative.dev/v1', 1]]])
})
