import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPolicyKind } from '@/core/policy/inventory-policy'
import { watchedKinds } from './kinds'
import {
  trimCiliumConfig,
  trimCiliumNode,
  trimFelixConfiguration,
  trimNode,
  trimPod,
  trimService,
  trimWorkload,
} from './trim'

const metadata = { uid: 'u', name: 'a', namespace: 'shop', creationTimestamp: '2026-01-02T03:04:05Z' }
const start = '2026-01-02T03:04:06Z'
const terminated = { containerStatuses: [{ state: { terminated: { finishedAt: '2026-01-02T04:00:00Z' } } }] }
const pod = (status: object, more: object = {}) => {
  const object = trimPod({ metadata: { ...metadata, ...more }, spec: {}, status })
  return object?.kind === 'Pod' ? object : null
}

/** One kind of policies stands for all: they are trimmed alike. */
const trimmedApart = watchedKinds.filter(({ kind }) => kind === 'NetworkPolicy' || !isPolicyKind(kind))

describe('trimming', () => {
  it('never throws and never makes an object without a uid and a name, whatever it gets', () => {
    const known = [
      'metadata',
      'spec',
      'status',
      'labels',
      'ownerReferences',
      'containers',
      'ports',
      'endpoints',
      'conditions',
      'podIPs',
    ]
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...known), tie('tree')),
        fc.array(tie('tree')),
      ),
    }))
    fc.assert(
      fc.property(tree, fc.boolean(), (value, named) => {
        for (const { trim, resources } of trimmedApart) {
          const own = { ...metadata, ...resources[0].only }
          const object = named && typeof value === 'object' ? { ...value, metadata: own } : value
          expect(trim(object) !== null).toBe(named && typeof value === 'object')
        }
      }),
    )
  })

  it('drops values of environment variables, unlisted annotations and control characters', () => {
    const secret = { env: [{ name: 'P', value: 'hunter2' }], args: ['--token=hunter2'], image: 'shop/web:1' }
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': 'hunter2',
      'network.cilium.io/wg-pub-key': 'k',
    }
    const spec = { containers: [secret], initContainers: [secret], template: { spec: { containers: [secret] } } }
    const data = { 'kube-proxy-replacement': 'hunter2' }
    for (const { trim, resources } of watchedKinds.filter(({ kind }) => !isPolicyKind(kind))) {
      const own = { ...metadata, ...resources[0].only }
      const object = trim({ data, metadata: { ...own, annotations, labels: { a: 'x\u202e\u0000y\ud800' } }, spec })
      expect(JSON.stringify(object)).not.toContain('hunter2')
      expect({ ...object?.annotations }).toEqual({ 'network.cilium.io/wg-pub-key': 'k' })
      expect(object?.labels.a).toBe('xy')
    }
  })

  it('keeps the settings of Cilium that are listed, and nothing of another ConfigMap', () => {
    const data = { 'encrypt-node': 'true', 'enable-ipsec': 'false', 'ipsec-key-file': '/etc/ipsec/keys' }
    const at = (name: string, namespace: string) => trimCiliumConfig({ metadata: { uid: 'u', name, namespace }, data })
    expect(at('cilium-config', 'kube-system')).toMatchObject({
      kind: 'CiliumConfig',
      settings: { 'encrypt-node': 'true', 'enable-ipsec': 'false' },
    })
    expect(JSON.stringify(at('cilium-config', 'kube-system'))).not.toContain('keys')
    expect([at('cilium-config', 'shop'), at('passwords', 'kube-system')]).toEqual([null, null])
  })

  it('keeps of Felix whether it encrypts hosts, where that is set', () => {
    const felix = (spec: object) => trimFelixConfiguration({ metadata: { uid: 'u', name: 'default' }, spec })
    expect(felix({ wireguardHostEncryptionEnabled: false, bpfEnabled: true })).toEqual({
      ...felix({}),
      hostEncryption: false,
    })
    expect([felix({}), felix({ wireguardHostEncryptionEnabled: 'yes' })]).toMatchObject([
      { hostEncryption: null },
      { hostEncryption: null },
    ])
  })

  it('keeps only the controller among the owners', () => {
    const ownerReferences = [
      { kind: 'Backup', name: 'b', uid: '1' },
      { kind: 'Job', name: 'j', uid: '2', controller: true },
    ]
    expect(pod({}, { ownerReferences })?.owner).toEqual({ kind: 'Job', name: 'j', uid: '2' })
    expect(pod({}, { ownerReferences: ownerReferences.slice(0, 1) })?.owner).toBeNull()
  })

  it('dates a pod’s addresses by its network where the status tells, else by its start', () => {
    const conditions = [
      { type: 'PodReadyToStartContainers', status: 'True', lastTransitionTime: '2026-01-02T03:04:09Z' },
    ]
    expect(pod({ startTime: start })?.ipSince).toBe(Date.parse(start))
    expect(pod({ startTime: start, conditions })?.ipSince).toBe(Date.parse('2026-01-02T03:04:09Z'))
    expect(pod({})?.ipSince).toBeNull()
  })

  it('tells the last end of each container that was started again, and which restart it led to', () => {
    const finishedAt = '2026-01-02T04:00:00Z'
    const last = (reason: string, exitCode: number) => ({ terminated: { reason, exitCode, finishedAt } })
    const at = Date.parse(finishedAt)
    const of = (...containerStatuses: object[]) => pod({ phase: 'Running', containerStatuses })?.restarts
    const killed = { name: 'app', restartCount: 4, lastState: last('OOMKilled', 137) }
    expect(of({ ...killed, state: { running: {} } })).toEqual([
      { container: 'app', at, count: 4, reason: 'OOMKilled', exitCode: 137 },
    ])
    // While it waits, its count is of the restart before.
    expect(of({ ...killed, restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } } })).toMatchObject([
      { at, count: 4 },
    ])
    expect(of({ name: 'app', restartCount: 0, state: last('Completed', 0) })).toBeUndefined()
    expect(of({ ...killed, lastState: {} }, { ...killed, name: '' })).toBeUndefined()
    const setup = { name: 'setup', restartCount: 1, lastState: last('Error', 1) }
    expect(pod({ initContainerStatuses: [setup], containerStatuses: [killed] })?.restarts).toMatchObject([
      { container: 'app' },
      { container: 'setup' },
    ])
    expect(of({ ...killed, restartCount: 2 ** 40 })).toBeUndefined()
  })

  it('takes a pod’s end only where the pod ends, not where a container restarts', () => {
    expect(pod({ phase: 'Running', ...terminated })?.finishedAt).toBeNull()
    expect(pod({ phase: 'Succeeded', ...terminated })?.finishedAt).toBe(Date.parse('2026-01-02T04:00:00Z'))
    expect(pod({ phase: 'Running', ...terminated }, { deletionTimestamp: start })?.finishedAt).not.toBeNull()
  })

  it('does not change with a heartbeat', () => {
    const node = (lastHeartbeatTime: string) =>
      trimNode({
        metadata: {
          ...metadata,
          resourceVersion: lastHeartbeatTime,
          annotations: { 'network.cilium.io/ipv4-cilium-host': '10.0.0.9' },
        },
        status: {
          addresses: [
            { type: 'InternalIP', address: '192.168.0.5' },
            { type: 'Hostname', address: 'n1' },
          ],
          conditions: [{ lastHeartbeatTime }],
        },
      })
    expect(node('a')).toEqual(node('b'))
    expect(node('a')).toMatchObject({ addresses: ['192.168.0.5', '10.0.0.9'] })
  })

  it('knows headless Services, addresses from outside and an empty selector', () => {
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.9' }, { hostname: 'lb.example' }] } }
    const spec = {
      clusterIP: 'None',
      clusterIPs: ['None'],
      externalIPs: ['198.51.100.1'],
      ports: [{ port: 80, targetPort: 'http' }],
    }
    expect(trimService({ metadata, spec, status })).toMatchObject({
      clusterIps: [],
      externalIps: ['198.51.100.1', '203.0.113.9'],
      selector: null,
      ports: [{ port: 80, targetPort: 'http', protocol: 'TCP' }],
    })
  })

  it('reads a CronJob’s template where it lies, and whether a Job is done', () => {
    const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ image: 'i' }] } }
    expect(trimWorkload('CronJob')({ metadata, spec: { jobTemplate: { spec: { template } } } })).toMatchObject({
      images: ['i'],
    })
    const status = { conditions: [{ type: 'Complete', status: 'True' }] }
    expect(trimWorkload('Job')({ metadata, spec: { template }, status })).toMatchObject({
      finished: true,
      podLabels: { app: 'x' },
    })
  })

  it('tells a changed pod template from one that is rolled out again', () => {
    const template = (image: string, restartedAt?: string) => ({
      metadata: {
        labels: { app: 'x' },
        annotations: restartedAt ? { 'kubectl.kubernetes.io/restartedAt': restartedAt } : {},
      },
      spec: { containers: [{ image, env: [{ name: 'A', value: 'secret' }] }] },
    })
    const trim = (...of: Parameters<typeof template>) =>
      trimWorkload('Deployment')({ metadata, spec: { template: template(...of) } })
    const first = trim('web:1')
    expect(trim('web:2')).not.toMatchObject({ template: Object(first).template })
    expect(trim('web:1', '2026-01-01')).toEqual({ ...first, restartedAt: '2026-01-01' })
    expect(JSON.stringify(first)).not.toContain('secret')
  })

  it('reads the index of the key that Cilium encrypts with', () => {
    expect(trimCiliumNode({ metadata, spec: { encryption: { key: 3 } } })).toMatchObject({ ipsecKey: 3 })
    expect(trimCiliumNode({ metadata, spec: {} })).toMatchObject({ ipsecKey: 0 })
  })
})

describe('the mesh proxy of a pod', () => {
  const istio = { name: 'istio-proxy', image: 'proxyv2' }
  const app = { name: 'app', image: 'a', ports: [{ containerPort: 8080 }, { containerPort: 9090 }] }
  it.each([
    ['none', { containers: [app] }, {}],
    ['sidecar', { containers: [app, istio] }, {}],
    ['sidecar', { containers: [app], initContainers: [{ ...istio, restartPolicy: 'Always' }] }, {}],
    ['gateway', { containers: [istio] }, { labels: { istio: 'ingressgateway' } }],
    ['ambient', { containers: [app] }, { annotations: { 'ambient.istio.io/redirection': 'enabled' } }],
    ['none', { containers: [app] }, { annotations: { 'ambient.istio.io/redirection': 'disabled' } }],
    ['linkerd', { containers: [app, { name: 'linkerd-proxy' }] }, {}],
  ])('is %s', (proxy, spec, more) => {
    expect(trimPod({ metadata: { ...metadata, ...more }, spec, status: {} })).toMatchObject({ proxy })
  })

  it.each([
    ['listed', 'istio-proxy', { 'traffic.sidecar.istio.io/excludeInboundPorts': '9090, 7000' }, [7000, 9090], []],
    ['not included', 'istio-proxy', { 'traffic.sidecar.istio.io/includeInboundPorts': '8080' }, [9090], []],
    ['all but those included', 'istio-proxy', { 'traffic.sidecar.istio.io/includeInboundPorts': '' }, [8080, 9090], []],
    ['skipped on the way out', 'istio-proxy', { 'traffic.sidecar.istio.io/excludeOutboundPorts': '5432' }, [], [5432]],
    [
      'in a range',
      'linkerd-proxy',
      { 'config.linkerd.io/skip-inbound-ports': '25,4000-4002,x', 'config.linkerd.io/skip-outbound-ports': '6379' },
      [25, 4000, 4001, 4002],
      [6379],
    ],
    ['of another mesh', 'linkerd-proxy', { 'traffic.sidecar.istio.io/excludeInboundPorts': '9090' }, [], []],
    ['of no proxy', 'other', { 'config.linkerd.io/skip-inbound-ports': '25' }, [], []],
  ])('leaves alone ports that are %s', (_, name, annotations, skipsIn, skipsOut) => {
    const spec = { containers: [app, { name }] }
    expect(trimPod({ metadata: { ...metadata, annotations }, spec, status: {} })).toMatchObject({ skipsIn, skipsOut })
  })

  it('keeps few ports of an endless range', () => {
    const annotations = { 'config.linkerd.io/skip-inbound-ports': '1-65535,3-2,70000-1' }
    const object = trimPod({
      metadata: { ...metadata, annotations },
      spec: { containers: [{ name: 'linkerd-proxy' }] },
    })
    expect(object).toMatchObject({ skipsIn: Array.from({ length: 50 }, (_, i) => i + 1) })
  })
})
