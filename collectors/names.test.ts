import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { defaultRetention } from '@/server/db/retention'
import { testDatabase } from '@/server/db/testing'
import { loadKubernetes } from '@/server/kubernetes/client'
import { type KubeApi, noKubeApi, startKubeApi } from '@/server/kubernetes/testing-api'
import { log } from '@/server/log'
import { createEncoder } from './hubble/test-encode'
import { startTestServer, type TestServer } from './hubble/test-server'
import { runInventory } from './inventory'
import { configuredSources } from './sources'
import { supervise } from './supervise'

if (noKubeApi) console.log(`skipped: names of flows from a real API server (${noKubeApi})`)

const database = testDatabase()
const pods = '/api/v1/namespaces/shop/pods'
const encode = createEncoder()
const quiet = log.child({}, { level: 'silent' })

/** A flow that carries nothing but addresses, as Hubble reports an end that it does not know. */
const flow = (time: number, source: string, destination: string, port: number) =>
  encode({
    flow: {
      time: new Date(time).toISOString(),
      verdict: 'FORWARDED',
      IP: { source, destination, ipVersion: 'IPv4' },
      l4: { TCP: { source_port: 40_000, destination_port: port, flags: { SYN: true } } },
      source: {},
      destination: {},
      Type: 'L3_L4',
      event_type: { type: 4 },
      trace_observation_point: 'TO_ENDPOINT',
      traffic_direction: 'INGRESS',
      is_reply: false,
      uuid: `${time}-${source}-${destination}-${port}`,
    },
    time: new Date(time).toISOString(),
  })

describe.skipIf(noKubeApi !== '')('flows that carry only addresses', () => {
  let api: KubeApi
  let hubble: TestServer
  const stop = new AbortController()
  const ends: Promise<void>[] = []

  beforeAll(async () => {
    api = await startKubeApi()
    hubble = await startTestServer()
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })
  })
  afterAll(async () => {
    stop.abort()
    await Promise.all(ends)
    hubble?.stop()
    await api?.stop()
  })

  const makePod = async (name: string, ip: string) => {
    const spec = { nodeName: 'n1', containers: [{ name: 'main', image: 'shop/main:1' }] }
    await api.send('POST', pods, { metadata: { name }, spec })
    const pod = (await api.send('GET', `${pods}/${name}`)) as object
    const startTime = new Date(Date.now() - 1_000).toISOString()
    await api.send('PUT', `${pods}/${name}/status`, {
      ...pod,
      status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], startTime },
    })
  }
  const edges = async () => {
    const { rows } = await database.pool.query<{ edge: string; flows: number }>(
      `select f.kind || '/' || f.name || ' > ' || t.kind || '/' || t.name || ':' || e.port as edge, sum(b.flows)::int as flows
       from edge_bucket_10s b join edge e on e.id = b.edge_id join endpoint f on f.id = e.from_id join endpoint t on t.id = e.to_id group by 1`,
    )
    return new Map(rows.map(({ edge, flows }) => [edge, flows]))
  }
  const until = async (holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) await sleep(50)
  }

  it('get the names of the pods that had the addresses at that time, also after an address is reused', async () => {
    const connection = loadKubernetes({ kubeconfig: api.kubeconfig, context: 'admin', cluster: 'real' })
    const run = runInventory({ connection, pool: database.pool, signal: stop.signal, log: quiet })
    await run.ready
    const who = (ip: string) => run.index.resolveIp('real', ip, Date.now())?.name
    await makePod('web', '10.0.0.1')
    await makePod('old', '10.0.0.9')
    await until(() => who('10.0.0.1') === 'web' && who('10.0.0.9') === 'old')
    const whileOld = Date.now()
    await sleep(1_500)
    await api.send('DELETE', `${pods}/old?gracePeriodSeconds=0`)
    await until(() => [...run.index.objects('Pod')].every(({ name }) => name !== 'old'))
    await sleep(1_500)
    await makePod('new', '10.0.0.9')
    await until(() => who('10.0.0.9') === 'new')
    await sleep(1_500)

    hubble.onFlows = (stream) => {
      // The flow of the old pod comes last: it is its time that counts, not its arrival.
      stream.write(flow(Date.now(), '10.0.0.1', '10.0.0.9', 80))
      stream.write(flow(whileOld, '10.0.0.1', '10.0.0.9', 80))
    }
    const [instance] = configuredSources([{ type: 'hubble', address: `127.0.0.1:${hubble.port}` }])
    if (!instance) throw new Error('no instance')
    const collector = {
      pool: database.pool,
      dictionaries: createDictionaries(database.pool),
      holder: 'test',
      cluster: 'real',
      inventory: run.index,
      discovery: null,
      limits: { maxEdges: 100, maxRecordsPerSecond: 100, maxAgeMs: 3_600_000 },
      retention: defaultRetention,
    }
    ends.push(supervise(instance, collector, stop.signal), run.done)
    await until(async () => (await edges()).size >= 2)
    expect(await edges()).toEqual(
      new Map([
        ['Pod/web > Pod/new:80', 1],
        ['Pod/web > Pod/old:80', 1],
      ]),
    )
  })
})
