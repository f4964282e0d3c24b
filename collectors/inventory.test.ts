import { describe, expect, it } from 'vitest'
import { noKubeApi } from '@/server/kubernetes/testing-api'
import { discoveryInventory } from './inventory'
import { core, inventoryCluster, template, until } from './testing-inventory'

if (noKubeApi) console.log(`skipped: the inventory against a real API server (${noKubeApi})`)

const apps = '/apis/apps/v1/namespaces/shop'
const slices = '/apis/discovery.k8s.io/v1beta1/namespaces/shop/endpointslices'
const owner = (apiVersion: string, kind: string, name: string, uid: string) => [
  { apiVersion, kind, name, uid, controller: true },
]

const named = (endpoint: { kind: string; name: string } | null) => endpoint && `${endpoint.kind}/${endpoint.name}`

describe.skipIf(noKubeApi !== '')('the inventory of a real cluster', () => {
  const { db, send, start, stopAll, makePod, setStatus } = inventoryCluster()
  const remove = (path: string) => send('DELETE', `${path}?gracePeriodSeconds=0`)

  it('resolves pods, their owners, Services and reused addresses, and survives a restart', async () => {
    const labels = { app: 'web', 'pod-template-hash': '5d9c7' }
    const spec = { selector: { matchLabels: { app: 'web' } }, template: template(labels) }
    const deployment = await send('POST', `${apps}/deployments`, { metadata: { name: 'web' }, spec })
    const set = await send('POST', `${apps}/replicasets`, {
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

    await send('POST', `${core}/services`, {
      metadata: { name: 'web' },
      spec: {
        clusterIP: '10.96.0.77',
        selector: { app: 'web' },
        ports: [{ name: 'http', port: 80, targetPort: 8080 }],
      },
    })
    await send('POST', slices, {
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
      const node = (await send('GET', '/api/v1/nodes/n1')) as unknown as { status: object }
      const conditions = [{ type: 'Ready', status: 'True', lastHeartbeatTime }]
      await send('PUT', '/api/v1/nodes/n1/status', { ...node, status: { ...node.status, conditions } })
    }
    for (let n = 0; n < 5; n++) await beat(new Date(n).toISOString())
    await send('POST', '/api/v1/namespaces', { metadata: { name: 'marker' } })
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
})
