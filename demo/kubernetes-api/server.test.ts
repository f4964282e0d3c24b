import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  KubeConfig,
  makeInformer,
  NetworkingV1Api,
  type V1Pod,
  VersionApi,
  Watch,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildCluster, type Pod } from '../model/cluster'
import { company } from '../model/company'
import { allObjects, podObject } from '../model/objects'
import { writeKubeconfig } from './kubeconfig'
import { createObjectStore } from './object-store'
import { type ApiServer, startApiServer } from './server'

const cluster = buildCluster(company, 1, Date.UTC(2026, 0, 5))
const store = createObjectStore(40)
const config = new KubeConfig()
let server: ApiServer
let directory: string

const podOf = (name: string): Pod => {
  const pod = cluster.workloads.get(name)?.pods[0]
  if (!pod) throw new Error(`no pod of ${name}`)
  return pod
}
const touch = (pod: Pod) => store.put(podObject(pod))

beforeAll(async () => {
  for (const object of allObjects(cluster)) store.put(object)
  server = await startApiServer({ store, token: 'secret-of-the-test', port: 0, bookmarkMs: 50 })
  directory = await mkdtemp(join(tmpdir(), 'demo-api-'))
  config.loadFromFile(await writeKubeconfig(directory, 'prod-eu-1', server.url, 'secret-of-the-test'))
})
afterAll(async () => {
  await server.close()
  await rm(directory, { recursive: true })
})

const core = () => config.makeApiClient(CoreV1Api)
const failure = async (promise: Promise<unknown>) => {
  const thrown: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof ApiException)) throw new Error('the call did not fail', { cause: thrown })
  return { code: thrown.code, body: JSON.parse(String(thrown.body)) as { reason: string; message: string } }
}

type Event = { type: string; object: { code?: number; metadata: { name?: string; resourceVersion?: string } } }

/** Watches until `done`, and returns everything that came. */
async function watch(
  path: string,
  query: Record<string, string | boolean>,
  done: (events: Event[]) => boolean,
): Promise<Event[]> {
  const events: Event[] = []
  const controller = await new Promise<AbortController>((resolve, reject) => {
    new Watch(config)
      .watch(
        path,
        query,
        (type: string, object: Event['object']) => void events.push({ type, object }),
        () => undefined,
      )
      .then(resolve, reject)
  })
  await vi.waitFor(() => expect(done(events)).toBe(true), { timeout: 10_000, interval: 10 })
  controller.abort()
  return events
}

describe('the Kubernetes API', () => {
  test('answers the official client’s lists of every kind', async () => {
    expect((await core().listNamespace()).items.map((n) => n.metadata?.name)).toContain('checkout')
    expect((await core().listNode()).items).toHaveLength(6)
    expect(
      (await core().listServiceForAllNamespaces()).items.find((s) => s.metadata?.name === 'kube-dns')?.spec?.clusterIP,
    ).toMatch(/^10\.96\./)
    const apps = config.makeApiClient(AppsV1Api)
    expect((await apps.listNamespacedDeployment({ namespace: 'checkout' })).items.map((d) => d.metadata?.name)).toEqual(
      ['cart', 'checkout', 'fraud', 'payments', 'tax'],
    )
    expect((await apps.listReplicaSetForAllNamespaces()).items[0]?.metadata?.ownerReferences?.[0]?.kind).toBe(
      'Deployment',
    )
    const slices = await config.makeApiClient(DiscoveryV1Api).listNamespacedEndpointSlice({ namespace: 'storefront' })
    expect(slices.items.flatMap((slice) => slice.endpoints.map((e) => e.addresses[0]))).toContain(
      podOf('storefront/web').ip,
    )
    expect(
      (await config.makeApiClient(NetworkingV1Api).listNetworkPolicyForAllNamespaces()).items.length,
    ).toBeGreaterThan(5)
    const configMaps = (await core().listConfigMapForAllNamespaces()).items
    expect(configMaps.map(({ metadata }) => metadata?.name)).toEqual(['istio-ca-root-cert', 'cilium-config'])
    expect((await config.makeApiClient(VersionApi).getCode()).gitVersion).toBe('v1.34.2')
  })

  test('hands out a list in pages of one moment', async () => {
    const whole = await core().listPodForAllNamespaces()
    const names: (string | undefined)[] = []
    const versions = new Set<string | undefined>()
    let token: string | undefined
    do {
      const page = await core().listPodForAllNamespaces({ limit: 7, _continue: token })
      names.push(...page.items.map((pod) => pod.metadata?.name))
      versions.add(page.metadata?.resourceVersion)
      token = page.metadata?.['_continue']
      touch(podOf('storefront/web'))
    } while (token)
    expect(names).toEqual(whole.items.map((pod) => pod.metadata?.name))
    expect(versions.size).toBe(1)
  })

  test.each([
    ['app.kubernetes.io/name=web', 3],
    ['app.kubernetes.io/name in (web,bff)', 6],
    ['app.kubernetes.io/name in (web,bff),app.kubernetes.io/name!=bff', 3],
    ['!app.kubernetes.io/name', 0],
  ])('selects by label: %s', async (labelSelector, count) => {
    expect((await core().listNamespacedPod({ namespace: 'storefront', labelSelector })).items).toHaveLength(count)
  })

  test('selects by field', async () => {
    const { name, node } = podOf('storefront/web')
    const found = await core().listPodForAllNamespaces({
      fieldSelector: `spec.nodeName=${node.name},metadata.name=${name}`,
    })
    expect(found.items.map((pod) => pod.metadata?.name)).toEqual([name])
    expect(await failure(core().listPodForAllNamespaces({ fieldSelector: 'spec.colour=red' }))).toMatchObject({
      code: 400,
    })
  })

  test('gets one object, or says that there is none', async () => {
    const pod = await core().readNamespacedPod({ namespace: 'storefront', name: podOf('storefront/web').name })
    expect(pod.status?.podIP).toBe(podOf('storefront/web').ip)
    const missing = await failure(core().readNamespacedPod({ namespace: 'storefront', name: 'nobody' }))
    expect(missing).toMatchObject({ code: 404, body: { reason: 'NotFound', message: 'pods "nobody" not found' } })
  })

  test('refuses secrets, writes and strangers', async () => {
    const secrets = await failure(core().listSecretForAllNamespaces())
    expect(secrets).toMatchObject({ code: 403, body: { reason: 'Forbidden' } })
    expect(secrets.body.message).toContain('cannot list resource "secrets" in API group "" at the cluster scope')
    expect(await failure(core().createNamespacedPod({ namespace: 'data', body: {} }))).toMatchObject({ code: 403 })
    expect((await fetch(`${server.url}/api/v1/pods`)).status).toBe(401)
    expect(
      (
        await fetch(`${server.url}/apis/example.org/v1/things`, {
          headers: { authorization: 'Bearer secret-of-the-test' },
        })
      ).status,
    ).toBe(404)
  })
})

describe('watching', () => {
  const path = '/api/v1/namespaces/storefront/pods'

  test('tells what changed after a version, and bookmarks', async () => {
    const version = String(store.version)
    const pod = podOf('storefront/search')
    touch(pod)
    touch(podOf('catalog/products'))
    store.remove(podObject(pod))
    const events = await watch(path, { resourceVersion: version, allowWatchBookmarks: true }, (all) =>
      all.some((e) => e.type === 'BOOKMARK'),
    )
    expect(events.slice(0, 2).map((e) => [e.type, e.object.metadata.name])).toEqual([
      ['MODIFIED', pod.name],
      ['DELETED', pod.name],
    ])
    expect(events[2]).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { resourceVersion: String(store.version) } },
    })
    touch(pod)
  })

  test('begins with everything where no version is given', async () => {
    const held = store.list('pods').filter((object) => object.metadata.namespace === 'storefront').length
    const events = await watch(path, {}, (all) => all.length >= held)
    expect(events.every((event) => event.type === 'ADDED')).toBe(true)
  })

  test('answers a forgotten version with 410', async () => {
    const version = String(store.version)
    for (let i = 0; i < 100; i++) touch(podOf('storefront/web'))
    const [event] = await watch(path, { resourceVersion: version }, (all) => all.length > 0)
    expect(event).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } })
    store.compact()
    const after = await watch(path, { resourceVersion: String(store.version - 1) }, (all) => all.length > 0)
    expect(after[0]).toMatchObject({ type: 'ERROR', object: { code: 410 } })
  })

  test('keeps the official informer up to date', async () => {
    const informer = makeInformer<V1Pod>(config, path, () => core().listNamespacedPod({ namespace: 'storefront' }))
    const deleted: (string | undefined)[] = []
    informer.on('delete', (pod) => void deleted.push(pod.metadata?.name))
    await informer.start()
    const pod = podOf('storefront/bff')
    store.remove(podObject(pod))
    await vi.waitFor(() => expect(deleted).toEqual([pod.name]), { timeout: 10_000 })
    await informer.stop()
  })
})

test('a late DELETE of a StatefulSet’s old pod leaves its successor alone', () => {
  const own = createObjectStore()
  const pod = podOf('checkout/cart-redis')
  own.put(podObject(pod))
  own.put(podObject({ ...pod, uid: 'the-next' }))
  own.remove(podObject(pod))
  expect(own.get('pods', 'checkout', pod.name)?.metadata.uid).toBe('the-next')
  expect(own.since('pods', 1000)?.map(({ type, object }) => [type, object.metadata.uid])).toEqual([
    ['ADDED', pod.uid],
    ['DELETED', pod.uid],
    ['ADDED', 'the-next'],
  ])
})
