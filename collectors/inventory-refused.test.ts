import { describe, expect, it } from 'vitest'
import { loadKubernetes } from '@/server/kubernetes/client'
import { listResource } from '@/server/kubernetes/list'
import { noKubeApi } from '@/server/kubernetes/testing-api'
import { watchStream } from '@/server/kubernetes/watch-stream'
import { inventoryCluster, timing, until } from './testing-inventory'

if (noKubeApi) console.log(`skipped: what a real API server refuses the inventory (${noKubeApi})`)

describe.skipIf(noKubeApi !== '')('the inventory, where a real cluster refuses', () => {
  const { db, api, send, start, stopAll, makePod } = inventoryCluster()

  it('is told by the server itself when a version or a page is too old to go on from, and lists again', async () => {
    const connection = loadKubernetes({ kubeconfig: api().kubeconfig, context: 'admin' })
    const limits = { signal: AbortSignal.timeout(20_000), idleMs: 10_000 }
    // Events are the one kind that this server does not keep in memory, so that compaction shows at once.
    const events = { group: '', version: 'v1', plural: 'events' }
    await send('POST', '/api/v1/namespaces', { metadata: { name: 'late' } })
    await api().compact()
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
    await send('POST', '/api/v1/namespaces', { metadata: { name: 'later' } })
    await api().compact()
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
    await makePod('proxy', '10.0.0.1')
    await send('POST', `${rbac}/clusterroles`, role('read-nodes', ['nodes']))
    await send('POST', `${rbac}/clusterrolebindings`, binding('read-nodes'))
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
    await send('POST', `${rbac}/clusterroles`, role('read-pods', ['pods']))
    await send('POST', `${rbac}/clusterrolebindings`, binding('read-pods'))
    await until(async () => (await state('Pod'))?.state === 'running')
    expect(run.index.count('Pod')).toBeGreaterThan(0)
    expect((await state('Service'))?.state).toBe('failed')
    await stopAll()
    expect((await state('Pod'))?.state).toBe('stopped')
  })
})
