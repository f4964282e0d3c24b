import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { DiscoveredPod, DiscoveryInventory } from '@/collectors/source'
import { scrapeConfig } from './config'
import { createScrape } from './scrape'
import { testFamily } from './test-family'
import { factsOf, gapsOf, observed, readFrom, requestsOf } from './test-reading'

const source = createScrape([testFamily])

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

/** A pod's page of metrics; null: it fails. */
type Pod = {
  page: string | null
  readonly port: number
  served: number
  authorization: string | undefined
  readonly server: Server
}

async function startPod(page: string | null): Promise<Pod> {
  const server = createServer((request, response) => {
    pod.served++
    pod.authorization = request.headers.authorization
    if (pod.page === null) response.writeHead(503).end()
    else response.end(pod.page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const pod: Pod = { page, port: (server.address() as AddressInfo).port, served: 0, authorization: undefined, server }
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return pod
}

const discovered = (name: string, port: number, app = 'proxy'): DiscoveredPod => ({
  namespace: 'shop',
  name,
  ips: ['127.0.0.1'],
  node: 'n1',
  labels: { app },
  annotations: {},
  ports: [{ name: 'metrics', port }],
  workload: { kind: 'Deployment', name: 'cart' },
})

const inventoryOf = (pods: () => DiscoveredPod[], services: string[] = []): DiscoveryInventory => ({
  cluster: 'c1',
  services: () => services.map((name) => ({ namespace: 'm', name, ports: [{ name: 'web', port: 9090 }] })),
  pods,
  nodes: () => [],
})

const follow = (more: object, inventory: DiscoveryInventory | null = null) => {
  const reading = readFrom(source, scrapeConfig.parse({ intervalMs: 1_000, ...more }), null, inventory)
  cleanups.push(reading.stop)
  return reading
}
const until = (check: () => boolean) => expect.poll(check, { timeout: 20_000, interval: 10 }).toBe(true)
const page = (n: number, more = '') =>
  `# TYPE test_requests_total counter\ntest_requests_total{from="web"} ${n}\n${more}`
/** Lets the pod be scraped once more as it is now. */
const nextRound = async (pod: Pod) => {
  const before = pod.served
  await until(() => pod.served > before + 1)
}

describe('scraping', () => {
  it('counts from the first page on, and names the pod', async () => {
    const pod = await startPod(page(100))
    const reading = follow(
      {},
      inventoryOf(() => [discovered('cart-1', pod.port), discovered('db-1', 1, 'other')]),
    )
    await nextRound(pod)
    pod.page = page(103, 'test_requests_total{from="new"} 4\n')
    await until(() => requestsOf(reading) === 7)
    pod.page = page(2, 'test_requests_total{from="new"} 4\n')
    await until(() => requestsOf(reading) === 9)
    expect(observed(reading)[0]?.to.workload?.name).toBe('cart-1')
    expect(factsOf(reading)).toMatchObject({
      reading: 'istio',
      'targets up': 1,
      'targets down': 0,
      'first error': 'none',
    })
    reading.stop()
    expect(await reading.done).toBeNull()
    expect(gapsOf(reading)).toEqual([])
  })

  it('a pod that fails twice is a gap of its own, which goes away when its counters went on', async () => {
    const [pod, other] = [await startPod(page(1)), await startPod(page(1))]
    const pods = [discovered('cart-1', pod.port), discovered('cart-2', other.port)]
    const reading = follow(
      {},
      inventoryOf(() => pods),
    )
    await nextRound(pod)
    pod.page = null
    await until(() => gapsOf(reading).length === 1)
    const [gap] = gapsOf(reading)
    expect(gap).toMatchObject({ to: null, cause: 'source_down', part: 'shop/cart-1', lost: null })
    expect(factsOf(reading)).toMatchObject({ 'targets up': 1, 'targets down': 1 })
    expect(factsOf(reading)['first error']).toMatch(/^shop\/cart-1: it answers with HTTP 503/)
    pod.page = page(6)
    await until(() => gapsOf(reading).length === 2)
    expect(gapsOf(reading)[1]).toEqual({ ...gap, to: gap?.from })
    expect(requestsOf(reading)).toBe(5)
    expect(observed(reading)[0]?.time).toBe(gap?.from)
  })

  it('the gap stays where the counters began again, and ends with a pod that goes away', async () => {
    const [pod, gone] = [await startPod(page(9)), await startPod(page(1))]
    let pods = [discovered('cart-1', pod.port), discovered('cart-2', gone.port)]
    const reading = follow(
      {},
      inventoryOf(() => pods),
    )
    await nextRound(pod)
    pod.page = null
    gone.page = null
    await until(() => gapsOf(reading).length === 2)
    pod.page = page(2)
    pods = pods.slice(0, 1)
    await until(() => gapsOf(reading).length === 4)
    for (const gap of gapsOf(reading).slice(2)) expect(gap.to).toBeGreaterThan(gap.from)
    expect(requestsOf(reading)).toBe(2)
  })

  it('another pod at the same address begins anew', async () => {
    const pod = await startPod(page(50))
    let pods = [discovered('cart-1', pod.port)]
    const reading = follow(
      {},
      inventoryOf(() => pods),
    )
    await nextRound(pod)
    pods = [discovered('cart-2', pod.port)]
    pod.page = page(90)
    await nextRound(pod)
    pod.page = page(91)
    await until(() => observed(reading).length > 0)
    expect(requestsOf(reading)).toBe(1)
  })

  it('a page that breaks off counts nothing of itself', async () => {
    const pod = await startPod(page(1))
    const reading = follow(
      {},
      inventoryOf(() => [discovered('cart-1', pod.port)]),
    )
    await nextRound(pod)
    pod.server.removeAllListeners('request')
    pod.server.on('request', (_request, response) => {
      pod.served++
      response.writeHead(200, { 'content-length': '5000' }).write(page(900))
      setTimeout(() => response.destroy(), 20)
    })
    await until(() => gapsOf(reading).length === 1)
    expect(requestsOf(reading)).toBe(0)
  })

  it('counts what is no metric, and what is of another type than it should be', async () => {
    const pod = await startPod(page(1, '# TYPE test_open histogram\ntest_open 5\ntest_requests_total{x} 1\n'))
    const reading = follow(
      {},
      inventoryOf(() => [discovered('cart-1', pod.port)]),
    )
    await until(() => reading.batches.some(({ malformed }) => malformed === 2))
  })

  it('scrapes given addresses with their token, and found pods without', async () => {
    const [own, found] = [await startPod(page(1)), await startPod(page(1))]
    const { mkdtempSync, writeFileSync } = await import('node:fs')
    const token = `${mkdtempSync('/tmp/oriel-')}/token`
    writeFileSync(token, 'abc')
    const targets = [{ url: `http://127.0.0.1:${own.port}/metrics`, namespace: 'shop', pod: 'static-1' }]
    const reading = follow(
      { targets, bearerTokenFile: token },
      inventoryOf(() => [discovered('cart-1', found.port)]),
    )
    await until(() => own.served > 0 && found.served > 0)
    expect([own.authorization, found.authorization]).toEqual(['Bearer abc', undefined])
    await nextRound(own)
    own.page = page(2)
    await until(() => observed(reading).length === 1)
    expect(observed(reading)[0]?.to.workload?.name).toBe('static-1')
  })

  it('one slow pod does not hold up the others', async () => {
    const [slow, quick] = [await startPod(page(1)), await startPod(page(1))]
    slow.server.removeAllListeners('request')
    const pods = [discovered('a', slow.port), discovered('b', quick.port)]
    const reading = follow(
      { timeoutMs: 300, concurrency: 2 },
      inventoryOf(() => pods),
    )
    await nextRound(quick)
    quick.page = page(4)
    await until(() => requestsOf(reading) === 3)
    expect(factsOf(reading)['first error']).toMatch(/shop\/a: no whole answer within 0\.3 s/)
  })

  it('says what to do when nothing can be scraped', async () => {
    expect((await follow({}).done)?.message).toMatch(/nothing to scrape: give addresses under targets/)
    const pod = await startPod(null)
    const failing = follow(
      {},
      inventoryOf(() => [discovered('cart-1', pod.port)]),
    )
    expect((await failing.done)?.message).toMatch(/None of 1 targets answers\. shop\/cart-1: it answers with HTTP 503/)
  })
})

describe('discovery', () => {
  it('scrapes where pods serve what we read and no server does it', () => {
    const pods = () => [discovered('cart-1', 1)]
    expect(source.discover(inventoryOf(pods))).toMatchObject([{ cluster: 'c1', pods: true }])
    expect(source.discover(inventoryOf(() => [discovered('db-1', 1, 'other')]))).toEqual([])
    expect(source.discover(inventoryOf(pods, ['prometheus-k8s']))).toEqual([])
  })

  it.each([
    [{ cluster: 'c1' }, 'pods of c1'],
    [{ pods: false, targets: [{ url: 'http://a:1/m?token=x' }, { url: 'http://b' }] }, 'http://a:1/m and 1 more'],
  ])('names its target: %j', (config, target) => {
    expect(source.target(scrapeConfig.parse(config))).toBe(target)
  })
})
