import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildEncryption } from '@/core/encryption/build-encryption'
import { readinessOf } from '@/core/encryption/readiness'
import { buildGround } from '@/core/encryption/build-ground'
import { classifyWorld } from '@/core/encryption/classify-world'
import { istio } from '@/core/encryption/ground-fixture'
import { edge, world } from '@/core/world-fixture'
import { readCertificates } from '@/server/db/encryption/read-certificates'
import { readGroundObjects } from '@/server/db/inventory/read-ground-objects'
import { readPlacedPods } from '@/server/db/inventory/read-placed-pods'
import { testDatabase } from '@/server/db/testing'
import { loadKubernetes } from '@/server/kubernetes/client'
import { type KubeApi, noKubeApi, startKubeApi } from '@/server/kubernetes/testing-api'
import { watchTiming } from '@/server/kubernetes/watch-event'
import { log } from '@/server/log'
import { rootCertificate } from '@/demo/model/root-certificate'
import { runInventory } from './inventory'
import { certificatesOf, keepMeshRoots } from './mesh-roots'

if (noKubeApi) console.log(`skipped: objects of meshes from a real API server (${noKubeApi})`)

const db = testDatabase()
const quiet = log.child({}, { level: 'silent' })
const timing = { ...watchTiming, backoff: { firstMs: 50, maxMs: 200 }, deniedMs: 300, absentMs: 1_000 }
const day = 86_400_000
const from = Date.UTC(2026, 0, 1)

/** A definition that takes any object, served in these versions. */
const definition = (group: string, plural: string, kind: string, scope: string, ...versions: string[]) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope,
    names: { plural, singular: kind.toLowerCase(), kind },
    versions: versions.map((name, n) => ({
      name,
      served: true,
      storage: n === 0,
      schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    })),
  },
})

describe('roots in a bundle', () => {
  it('are each certificate in it, named and dated; what is none is passed over', () => {
    const bundle = `${rootCertificate('cluster.local', from, from + 90 * day)}text\n-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n${rootCertificate('old', from, from + day)}`
    expect(certificatesOf(bundle)).toEqual([
      { subject: 'cluster.local', notBefore: from, notAfter: from + 90 * day },
      { subject: 'old', notBefore: from, notAfter: from + day },
    ])
    expect(certificatesOf('')).toEqual([])
  })
})

describe.skipIf(noKubeApi !== '')('meshes of a real cluster', () => {
  let api: KubeApi
  const stop = new AbortController()
  const ends: Promise<unknown>[] = []
  const define = (...of: Parameters<typeof definition>) =>
    api.send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition(...of))
  const until = async (holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) await sleep(50)
  }
  /** A definition is served a moment after it is made. */
  const make = async (path: string, object: object) => {
    for (;;) {
      const made = await api.send('POST', path, object).catch((error: Error) => error)
      if (!(made instanceof Error)) return
      await sleep(100)
    }
  }

  beforeAll(async () => {
    api = await startKubeApi()
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'istio-system' } })
  })
  afterAll(async () => {
    stop.abort()
    await Promise.all(ends)
    await api?.stop()
  })

  it('are quiet where they are not installed, and known in the version that is served', async () => {
    const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context: 'admin', cluster: 'mesh' })
    const run = runInventory({ connection, pool: db.pool, signal: stop.signal, log: quiet, timing })
    ends.push(run.done)
    await run.ready
    const stateOf = async (kind: string) => {
      const { rows } = await db.pool.query<{ state: string }>('select state from source where id = $1', [
        `kubernetes:mesh:${kind}`,
      ])
      return rows[0]?.state
    }
    await until(
      async () => (await stateOf('PeerAuthentication')) === 'idle' && (await stateOf('CiliumNode')) === 'idle',
    )

    await define('security.istio.io', 'peerauthentications', 'PeerAuthentication', 'Namespaced', 'v1')
    await define('networking.istio.io', 'destinationrules', 'DestinationRule', 'Namespaced', 'v1beta1')
    await define('cilium.io', 'ciliumnodes', 'CiliumNode', 'Cluster', 'v2')
    await make('/apis/security.istio.io/v1/namespaces/shop/peerauthentications', {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default' },
      spec: { mtls: { mode: 'STRICT' } },
    })
    await make('/apis/networking.istio.io/v1beta1/namespaces/shop/destinationrules', {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'kafka' },
      spec: { host: 'kafka', trafficPolicy: { tls: { mode: 'DISABLE' } } },
    })
    await make('/apis/cilium.io/v2/ciliumnodes', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNode',
      metadata: { name: 'n1', annotations: { 'network.cilium.io/wg-pub-key': 'k' } },
      spec: { encryption: { key: 3 } },
    })
    const { index } = run
    await until(
      () => index.count('PeerAuthentication') + index.count('DestinationRule') + index.count('CiliumNode') === 3,
    )
    expect([...index.objects('PeerAuthentication')]).toMatchObject([
      { namespace: 'shop', spec: { mtls: { mode: 'STRICT' } } },
    ])
    expect([...index.objects('DestinationRule')]).toMatchObject([{ name: 'kafka', spec: { host: 'kafka' } }])
    expect(index.nodeKeys('mesh', 'n1', Date.now())).toMatchObject({ wireguard: ['k'], ipsec: true })
  })

  it('are the ground that coverage and readiness are judged by', async () => {
    const core = '/api/v1/namespaces/shop'
    for (const [name, key] of [
      ['east-1', 'key-1'],
      ['east-2', 'key-2'],
    ])
      await api.send('POST', '/api/v1/nodes', {
        metadata: { name, annotations: { 'projectcalico.org/WireguardPublicKey': key } },
      })
    for (const [name, node] of [
      ['web', 'east-1'],
      ['cart', 'east-2'],
    ] as const) {
      const pod = {
        metadata: { name, labels: { app: name } },
        spec: {
          nodeName: node,
          containers: [
            { name: 'app', image: 'app' },
            { name: 'istio-proxy', image: 'proxy' },
          ],
        },
      }
      await make(`${core}/pods`, pod)
      const made = await api.send('GET', `${core}/pods/${name}`)
      await api.send('PUT', `${core}/pods/${name}/status`, { ...made, status: { phase: 'Running', podIP: '10.0.0.1' } })
    }
    const groundNow = async () => {
      const window = { from: Date.now() - 60_000, to: Date.now() + 1_000 }
      const [groups, objects] = await Promise.all([readPlacedPods(db.pool, window), readGroundObjects(db.pool, window)])
      return buildGround({ groups, objects, tunnels: [], certificates: [] })
    }
    await until(async () => {
      const { workloads, nodes, intents } = await groundNow()
      return workloads.size === 2 && nodes.has('mesh/east-2') && intents.length === 2
    })
    const ground = await groundNow()
    expect(ground.nodes.get('mesh/east-1')).toMatchObject({ wireguard: ['key-1'] })
    const [web, cart] = ['web', 'cart'].map((name) => ground.workloads.get(`mesh/shop/Pod/${name}`)?.endpoint)
    if (!web || !cart) throw new Error(`not among ${[...ground.workloads.keys()].join(', ')}`)
    const answer = (encryption: 'mtls' | 'plaintext', port: number) => {
      const seen = world([edge(web, cart, [istio(encryption, 100)], { port })], { ground })
      const classified = classifyWorld(seen)
      const readiness = readinessOf([{ window: seen.window, classified, toldSeconds: () => seen.coveredSeconds }])
      return { ...buildEncryption(seen, classified, 'requests'), readiness }
    }
    // Between two nodes with keys a tunnel carries it, whatever the mesh does.
    expect(answer('mtls', 80).amounts['mtls+tunnel']).toBe(100)
    expect(answer('plaintext', 80).amounts.tunnel).toBe(100)
    expect(answer('mtls', 80).readiness).toMatchObject([{ namespace: 'shop', mode: 'STRICT', state: 'strict' }])
    expect(answer('plaintext', 80).readiness).toMatchObject([{ namespace: 'shop', mode: 'STRICT', state: 'broken' }])
  })

  it('tell whether tunnels take the host network where one ConfigMap may be read, and are quiet where not', async () => {
    const maps = '/api/v1/namespaces/kube-system/configmaps'
    await make(maps, { metadata: { name: 'other' }, data: { 'encrypt-node': 'other' } })
    await make(maps, { metadata: { name: 'cilium-config' }, data: { 'encrypt-node': 'false', 'other-key': 'x' } })
    const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context: 'console', cluster: 'console' })
    const run = runInventory({ connection, pool: db.pool, signal: stop.signal, log: quiet, timing })
    ends.push(run.done)
    const stateOf = async (kind: string) => {
      const { rows } = await db.pool.query<{ state: string; message: string }>(
        'select state, message from source where id = $1',
        [`kubernetes:console:${kind}`],
      )
      return rows[0]
    }
    await until(async () => (await stateOf('CiliumConfig'))?.state === 'idle')
    expect((await stateOf('CiliumConfig'))?.message).toContain('Bind a Role in kube-system')
    await until(async () => (await stateOf('FelixConfiguration'))?.state === 'idle')
    expect((await stateOf('CiliumNode'))?.state).toBe('failed')

    const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system'
    const rule = {
      apiGroups: [''],
      resources: ['configmaps'],
      resourceNames: ['cilium-config'],
      verbs: ['list', 'watch'],
    }
    await make(`${rbac}/roles`, { metadata: { name: 'oriel' }, rules: [rule] })
    await make(`${rbac}/rolebindings`, {
      metadata: { name: 'oriel' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'oriel' },
      subjects: [{ kind: 'ServiceAccount', name: 'console', namespace: 'oriel' }],
    })
    await until(async () => (await stateOf('CiliumConfig'))?.state === 'running')
    expect([...run.index.objects('CiliumConfig')]).toMatchObject([
      { name: 'cilium-config', settings: { 'encrypt-node': 'false' } },
    ])
    await api.send('DELETE', `${maps}/other`)
    const made = await api.send('GET', `${maps}/cilium-config`)
    await api.send('PUT', `${maps}/cilium-config`, { ...made, data: { 'encrypt-node': 'true' } })
    await until(() => [...run.index.objects('CiliumConfig')][0]?.settings['encrypt-node'] === 'true')
    expect(run.index.count('CiliumConfig')).toBe(1)
  })

  it('publish their roots, which are read where that is allowed', async () => {
    await api.send('POST', '/api/v1/namespaces/istio-system/configmaps', {
      metadata: { name: 'istio-ca-root-cert' },
      data: { 'root-cert.pem': rootCertificate('cluster.local', from, from + 400 * day) },
    })
    for (const context of ['admin', 'console']) {
      const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context, cluster: context })
      ends.push(keepMeshRoots({ connection, pool: db.pool, signal: stop.signal, log: quiet }))
    }
    await until(async () => (await readCertificates(db.pool, Date.now() + 1_000)).length > 0)
    expect(await readCertificates(db.pool, Date.now() + 1_000)).toMatchObject([
      { cluster: 'admin', mesh: 'istio', level: 'root', subject: 'cluster.local', notAfter: from + 400 * day },
    ])
  })
})
