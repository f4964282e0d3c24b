import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { felixFromDump } from '@/demo/metrics/felix-dump'
import { scrapeConfig } from './config'
import { felix } from './families/felix'
import { createScrape } from './scrape'
import { factsOf, readFrom } from './test-reading'
import { startTunnel, tunnelObstacle } from './test-tunnel'

const obstacle = tunnelObstacle()
if (obstacle) console.log(`skipped: ${obstacle}`)

const stops: (() => void)[] = []
afterAll(() => {
  for (const stop of stops.toReversed()) stop()
})

test.skipIf(obstacle !== null)(
  'a real tunnel: what WireGuard itself counts is what is read, from key to key, with its handshake',
  { timeout: 60_000 },
  async () => {
    const tunnel = await startTunnel()
    stops.push(tunnel.stop)
    const page = () => ([0, 1] as const).map((machine) => felixFromDump(tunnel.dump(machine), `n${machine}`)).join('')
    await tunnel.send(1_000)
    const before = tunnel.dump(0)
    let text = page()
    const server = createServer((_request, response) => response.end(text))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const nodes = tunnel.keys.map((key, i) => ({
      name: `n${i}`,
      addresses: [],
      annotations: { 'projectcalico.org/WireguardPublicKey': key },
    }))
    const pod = {
      namespace: 'calico-system',
      name: 'calico-node-a',
      ips: ['127.0.0.1'],
      node: 'n0',
      labels: { 'k8s-app': 'calico-node' },
      annotations: {},
      ports: [{ name: 'felix-metrics', port: (server.address() as AddressInfo).port }],
      workload: { kind: 'DaemonSet', name: 'calico-node' },
    }
    const inventory = { cluster: 'c1', services: () => [], pods: () => [pod], nodes: () => nodes }
    const reading = readFrom(createScrape([felix]), scrapeConfig.parse({ intervalMs: 1_000 }), null, inventory)
    stops.push(reading.stop)
    await expect.poll(() => factsOf(reading)['WireGuard peers'], { timeout: 20_000 }).toBe(2)

    const wire = tunnel.wireBytes()
    await tunnel.send(500_000)
    text = page()
    const [sent, received] = [sentOf(tunnel.dump(0)) - sentOf(before), receivedOf(tunnel.dump(1))]
    expect(sent).toBeGreaterThan(500_000)
    // What was sent again after a loss was received once.
    expect(received).toBeGreaterThan(500_000)
    expect(received).toBeLessThanOrEqual(sentOf(tunnel.dump(0)))
    // Outer headers of IP and UDP are on the wire beside what WireGuard counts.
    expect(tunnel.wireBytes() - wire).toBeGreaterThanOrEqual(sent)

    const told = () =>
      reading.batches
        .flatMap(({ observations }) => observations)
        .filter((one) => one.type === 'flow' && one.from.node === 'n0' && one.reporter === 'source')
    await expect.poll(() => sum(told().map((one) => (one.type === 'flow' ? (one.bytesSent ?? 0) : 0)))).toBe(sent)
    expect(told().every((one) => one.encryption === 'wireguard' && one.to.node === 'n1' && one.port === 51_820)).toBe(
      true,
    )
    expect(factsOf(reading)).toMatchObject({ 'peers without a handshake': 0 })
    expect(text).not.toContain(privateKeyOf(tunnel.dump(0)))
  },
)

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
const peerOf = (dump: string): string[] => dump.trim().split('\n')[1]?.split('\t') ?? []
const receivedOf = (dump: string): number => Number(peerOf(dump)[6])
const sentOf = (dump: string): number => Number(peerOf(dump)[7])
const privateKeyOf = (dump: string): string => dump.split('\t')[1] ?? 'none'
