import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { testDatabase } from '@/server/db/testing'
import { loadKubernetes } from '@/server/kubernetes/client'
import { startKubeApi, type KubeApi } from '@/server/kubernetes/testing-api'
import { watchTiming } from '@/server/kubernetes/watch-event'
import { log } from '@/server/log'
import { type InventoryRun, runInventory } from './inventory'

export const timing = { ...watchTiming, backoff: { firstMs: 50, maxMs: 200 }, deniedMs: 300 }
const quiet = log.child({}, { level: 'silent' })
export const core = '/api/v1/namespaces/shop'
export const template = (labels: Record<string, string>) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image: 'shop/web:1', env: [{ name: 'PASSWORD', value: 'hunter2' }] }] },
})

/** Waits until the condition holds; the test's own time limit is the end of patience. */
export const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await sleep(20)
}

/** For tests: a real API server with the namespace shop and the node n1, and what reads it. Call it at the top of a suite. */
export function inventoryCluster() {
  const db = testDatabase()
  let started: KubeApi | undefined
  const api = (): KubeApi => {
    if (!started) throw new Error('the API server exists inside tests only')
    return started
  }
  const running: { run: InventoryRun; stop: AbortController }[] = []
  const start = (context: string, cluster: string): InventoryRun => {
    const stop = new AbortController()
    const connection = loadKubernetes({ kubeconfig: api().kubeconfig, context, cluster })
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
  const send = (...args: Parameters<KubeApi['send']>) => api().send(...args)
  beforeAll(async () => {
    started = await startKubeApi()
    await send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })
    await send('POST', '/api/v1/nodes', { metadata: { name: 'n1' } })
    const node = (await send('GET', '/api/v1/nodes/n1')) as object
    await send('PUT', '/api/v1/nodes/n1/status', {
      ...node,
      status: { addresses: [{ type: 'InternalIP', address: '192.168.0.5' }] },
    })
  })
  afterAll(async () => {
    await stopAll()
    await started?.stop()
  })
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
    const made = await send('POST', `${core}/pods`, pod)
    await setStatus(name, {
      phase: 'Running',
      podIP: ip,
      podIPs: [{ ip }],
      startTime: new Date(Date.now() - startedAgoMs).toISOString(),
    })
    return made.metadata.uid
  }
  const setStatus = async (name: string, status: object) => {
    const pod = (await send('GET', `${core}/pods/${name}`)) as object
    await send('PUT', `${core}/pods/${name}/status`, { ...pod, status })
  }
  return { db, api, send, start, stopAll, makePod, setStatus }
}
