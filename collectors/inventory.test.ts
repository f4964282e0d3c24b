import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '@/server/db/testing'
import { loadKubernetes } from '@/server/kubernetes/client'
import { listResource } from '@/server/kubernetes/list'
import { noKubeApi, startKubeApi, type KubeApi } from '@/server/kubernetes/testing-api'
import { watchTiming } from '@/server/kubernetes/watch-event'
import { watchStream } from '@/server/kubernetes/watch-stream'
import { log } from '@/server/log'
import { discoveryInventory, type InventoryRun, runInventory } from './inventory'

if (noKubeApi) console.log(`skipped: the inventory against a real API server (${noKubeApi})`)

const db = testDatabase()
const timing = { ...watchTiming, backoff: { firstMs: 50, maxMs: 200 }, deniedMs: 300 }
const quiet = log.child({}, { level: 'silent' })
const core = '/api/v1/namespaces/shop'
const apps = '/apis/apps/v1/namespaces/shop'
const slices = '/apis/discovery.k8s.io/v1beta1/namespaces/shop/endpointslices'
const template = (labels: Record<string, string>) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image: 'shop/web:1', env: [{ name: 'PASSWORD', value: 'hunter2' }] }] },
})
const owner = (apiVersion: string, kind: string, name: string, uid: string) => [
  { apiVersion, kind, name, uid, controller: true },
]

let api: KubeApi
const running: { run: InventoryRun; stop: AbortController }[] = []

const start = (context: string, cluster: string): InventoryRun => {
  const stop = new AbortController()
  const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context, cluster })
  const run = runInventory({ connection, pool: db.pool, signal: stop.signal, log: quiet, timing })
  running.push({ run, stop })
  return run
}
const stopAll = async () => {
  for (const { run, stop } of running.splice(0)) {
    stop.abort()
    await run.done
  }
}

/** Waits until the condition holds; the test's own time limit is the end of patience. */
const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await sleep(20)
}

/** A pod as a kubelet leaves it: created, bound, then with a status. */
const makePod = async (
  name: string,
  ip: string,
  more: { owners?: unknown[]; labels?: Record<string, string>; spec?: object; startedAgoMs?: number } = {},
) => {
  const { owners = [], labels = {}, spec = {}, startedAgoMs = 5_000 } = more
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, ownerReferences: owners },
    spec: { ...template(labels).spec, nodeName: 'n1', ...spec },
  }
  const made = await api.send('POST', `${core}/pods`, pod)
  await setStatus(name, {
    phase: 'Running',
    podIP: ip,
    podIPs: [{ ip }],
    startTime: new Date(Date.now() - startedAgoMs).toISOString(),
  })
  return made.metadata.uid
}
const setStatus = async (name: string, status: object) => {
  const pod = (await api.send('GET', `${core}/pods/${name}`)) as object
  await api.send('PUT', `${core}/pods/${name}/status`, { ...pod, status })
}
const remove = (path: string) => api.send('DELETE', `${path}?gracePeriodSeconds=0`)
const named = (endpoint: { kind: string; name: string } | null) => endpoint && `${endpoint.kind}/${endpoint.name}`

describe.skipIf(noKubeApi !== '')('the inventory of a real cluster', () => {
  beforeAll(async () => {
    api = await startKubeApi()
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })
    await api.send('POST', '/api/v1/nodes', { metadata: { name: 'n1' } })
    const node = (await api.send('GET', '/api/v1/nodes/n1')) as object
    await api.send('PUT', '/api/v1/nodes/n1/status', {
      ...node,
      status: { addresses: [{ type: 'InternalIP', address: '192.168.0.5' }] },
    })
  })
  afterAll(async () => {
    await stopAll()
    await api?.stop()
  })

  it('resolves pods, their owners, Services and reused addresses, and survives a restart', async () => {
    const labels = { app: 'web', 'pod-template-hash': '5d9c7' }
    const spec = { selector: { matchLabels: { app: 'web' } }, template: template(labels) }
    const deployment = await api.send('POST', `${apps}/deployments`, { metadata: { name: 'web' }, spec })
    const set = await api.send('POST', `${apps}/replicasets`, {
      metadata: {
        name: 'web-5d9c7',
        labels,
        ownerReferences: owner('apps/v1', 'Deployment', 'web', deployment.metadata.uid),
      },
      spec: { ...spec, selector: { matchLabels: labels } },
    })
    const owners = owner('apps/v1', 'ReplicaSet', 'web-5d9c7', set.metadata.uid)
    const first = await makePod('web-5d9c7-aaaaa', '10.0.0.1', { owners, labels })
    await makePod('proxy', '192.168.0.5', { spec: { hostNetwork: true } })
    const run = start('admin', 'real')
    const { index } = run
    const who = (ip: string, time = Date.now()) => named(index.resolveIp('real', ip, time))
    await run.ready
    expect(who('10.0.0.1')).toBe('Deployment/web')
    expect(who('192.168.0.5')).toBe('Node/n1')
    expect(named(index.workloadOf('real', 'shop', 'proxy', Date.now()))).toBe('Pod/proxy')

    await api.send('POST', `${core}/services`, {
      metadata: { name: 'web' },
      spec: {
        clusterIP: '10.96.0.77',
        selector: { app: 'web' },
        ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      },
    })
    await api.send('POST', slices, {
      metadata: { name: 'manual-1', labels: { 'kubernetes.io/service-name': 'manual' } },
      addressType: 'IPv4',
      endpoints: [
        { addresses: ['10.0.0.1'], targetRef: { kind: 'Pod', name: 'web-5d9c7-aaaaa', namespace: 'shop', uid: first } },
      ],
    })
    const cart = owner('argoproj.io/v1alpha1', 'Rollout', 'cart', 'a-uid')
    await makePod('cart-1', '10.0.0.2', { owners: cart })
    const web = { cluster: 'real', namespace: 'shop', kind: 'Deployment', name: 'web' }
    await until(
      () => who('10.96.0.77') === 'Service/web' && index.servicesOf(web).length === 2 && who('10.0.0.2') !== null,
    )
    expect(index.servicesOf(web)).toEqual(['manual', 'web'])
    expect(who('10.0.0.2')).toBe('Rollout/cart')
    expect([...discoveryInventory(index).services()].find(({ name }) => name === 'web')?.ports).toMatchObject([
      { name: 'http', port: 80 },
    ])

    const before = Date.now()
    await remove(`${core}/pods/web-5d9c7-aaaaa`)
    await until(() => index.count('Pod') === 2)
    await makePod('other', '10.0.0.1', { startedAgoMs: 0 })
    await until(() => who('10.0.0.1', Date.now() + 2_000) === 'Pod/other')
    await setStatus('cart-1', { phase: 'Succeeded', podIP: '10.0.0.2', podIPs: [{ ip: '10.0.0.2' }] })
    await until(() => who('10.0.0.2', Date.now() + 60_000) === null)

    await stopAll()
    await remove(`${core}/pods/other`)
    const again = start('admin', 'real')
    await again.ready
    expect(named(again.index.resolveIp('real', '10.0.0.1', before - 1_000))).toBe('Deployment/web')
    await until(() => again.index.count('Pod') === 2)
    await stopAll()
    const { rows } = await db.pool.query(
      `select name, count(*) filter (where valid_to is null) as open, bool_or(object::text like '%hunter2%') as secret
       from inventory_object where cluster = 'real' and kind in ('Pod', 'Node') group by name order by name`,
    )
    expect(rows).toEqual([
      { name: 'cart-1', open: 1, secret: false },
      { name: 'n1', open: 1, secret: false },
      { name: 'other', open: 0, secret: false },
      { name: 'proxy', open: 1, secret: false },
      { name: 'web-5d9c7-aaaaa', open: 0, secret: false },
    ])
    const { rows: overlaps } = await db.pool.query(
      `select a.name from inventory_object a join inventory_object b using (cluster, kind, uid)
       where a.valid_from < b.valid_from and coalesce(a.valid_to, 'infinity') > b.valid_from`,
    )
    expect(overlaps).toEqual([])
  })

  it('writes no row for a heartbeat', async () => {
    const run = start('admin', 'beat')
    await run.ready
    const rows = async () =>
      (await db.pool.query(`select count(*)::int as n from inventory_object where cluster = 'beat' and kind = 'Node'`))
        .rows[0]?.n
    await until(async () => (await rows()) === 1)
    const beat = async (lastHeartbeatTime: string) => {
      const node = (await api.send('GET', '/api/v1/nodes/n1')) as unknown as { status: object }
      const conditions = [{ type: 'Ready', status: 'True', lastHeartbeatTime }]
      await api.send('PUT', '/api/v1/nodes/n1/status', { ...node, status: { ...node.status, conditions } })
    }
    for (let n = 0; n < 5; n++) await beat(new Date(n).toISOString())
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'marker' } })
    await until(() => [...run.index.objects('Namespace')].some(({ name }) => name === 'marker'))
    await stopAll()
    expect(await rows()).toBe(1)
  })

  it('keeps each restart of a container once, and no version of the pod for it', async () => {
    await makePod('crashing', '10.0.0.9')
    const run = start('admin', 'crash')
    await run.ready
    const at = (n: number) => new Date(1_800_000_000_000 + n * 60_000).toISOString()
    const tell = (restartCount: number, ends: number, state: object) =>
      setStatus('crashing', {
        phase: 'Running',
        podIP: '10.0.0.9',
        podIPs: [{ ip: '10.0.0.9' }],
        startTime: at(0),
        containerStatuses: [
          {
            name: 'main',
            ready: false,
            image: '',
            imageID: '',
            restartCount,
            state,
            lastState: {
              terminated: { reason: 'OOMKilled', exitCode: 137, startedAt: at(ends - 1), finishedAt: at(ends) },
            },
          },
        ],
      })
    const seen = async () => {
      const { rows } = await db.pool.query<{ count: number; reason: string; workload: string }>(
        `select count, reason, workload from container_restart where cluster = 'crash' order by at`,
      )
      return rows.map(({ count, reason, workload }) => `${workload} ${count} ${reason}`)
    }
    const waiting = { waiting: { reason: 'CrashLoopBackOff' } }
    await tell(0, 1, waiting)
    await until(async () => (await seen()).length === 1)
    await tell(1, 1, { running: { startedAt: at(1) } })
    await tell(1, 2, waiting)
    await until(async () => (await seen()).length === 2)
    await stopAll()
    expect(await seen()).toEqual(['crashing 1 OOMKilled', 'crashing 2 OOMKilled'])
    const { rows } = await db.pool.query<{ n: number }>(
      `select count(*)::int as n from inventory_object where cluster = 'crash' and name = 'crashing'
       and object ->> 'ipSince' = $1`,
      [String(Date.parse(at(0)))],
    )
    expect(rows[0]?.n).toBe(1)

    const again = start('admin', 'crash')
    await again.ready
    await stopAll()
    expect(await seen()).toHaveLength(2)
  })

  it('is told by the server itself when a version or a page is too old to go on from, and lists again', async () => {
    const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context: 'admin' })
    const limits = { signal: AbortSignal.timeout(20_000), idleMs: 10_000 }
    // Events are the one kind that this server does not keep in memory, so that compaction shows at once.
    const events = { group: '', version: 'v1', plural: 'events' }
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'late' } })
    await api.compact()
    const follow = async () => {
      const stream = watchStream(connection, events, '1', { parse: () => null, signal: limits.signal, timing })
      for await (const event of stream) if (event.type === 'malformed') throw new Error('it went on from version 1')
    }
    await expect(follow()).rejects.toMatchObject({ status: 410 })

    let seen = 0
    const listing = listResource(
      connection,
      { group: '', version: 'v1', plural: 'namespaces' },
      {
        ...limits,
        pageSize: 1,
        maxObjects: 1_000,
        parse: (object) => (seen++ === 0 ? { first: object } : { object }),
      },
    )
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'later' } })
    await api.compact()
    expect((await listing).objects.length).toBeGreaterThan(3)
  })

  it('names the right that is missing for each kind, reads the others, and recovers when it is given', async () => {
    const rbac = '/apis/rbac.authorization.k8s.io/v1'
    const role = (name: string, resources: string[]) => ({
      metadata: { name },
      rules: [{ apiGroups: [''], resources, verbs: ['list', 'watch'] }],
    })
    const binding = (name: string) => ({
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:serviceaccount:oriel:console' }],
    })
    await api.send('POST', `${rbac}/clusterroles`, role('read-nodes', ['nodes']))
    await api.send('POST', `${rbac}/clusterrolebindings`, binding('read-nodes'))
    const run = start('console', 'limited')
    await run.ready
    const state = async (kind: string) => {
      const { rows } = await db.pool.query<{ state: string; message: string; facts: { objects?: number } }>(
        'select state, message, facts from source where id = $1',
        [`kubernetes:limited:${kind}`],
      )
      return rows[0]
    }
    await until(async () => (await state('Node'))?.state === 'running' && (await state('Pod'))?.state === 'failed')
    await until(
      async () => (await state('NetworkPolicy'))?.state === 'failed' && (await state('Node'))?.facts.objects === 1,
    )
    expect((await state('Pod'))?.message).toContain('{apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"]}')
    expect((await state('Pod'))?.message).toContain('system:serviceaccount:oriel:console')
    expect((await state('EndpointSlice'))?.message).toContain('discovery.k8s.io')
    await api.send('POST', `${rbac}/clusterroles`, role('read-pods', ['pods']))
    await api.send('POST', `${rbac}/clusterrolebindings`, binding('read-pods'))
    await until(async () => (await state('Pod'))?.state === 'running')
    expect(run.index.count('Pod')).toBeGreaterThan(0)
    expect((await state('Service'))?.state).toBe('failed')
    await stopAll()
    expect((await state('Pod'))?.state).toBe('stopped')
  })
})
