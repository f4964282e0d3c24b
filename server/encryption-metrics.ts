import { Gauge, type Registry } from 'prom-client'
import { type AlertFigures, alertFigures } from '@/core/encryption/alert-figures'
import { certificatesAt } from '@/core/encryption/certificate-states'
import { classifyWorld } from '@/core/encryption/classify-world'
import { nodeTunnels } from '@/core/encryption/node-tunnels'
import { everything } from '@/core/scope'
import type { World } from '@/core/world'
import { toError } from './errors'
import { liveEnd } from './live-end'
import { log } from './log'
import { createSharedCache } from './shared-cache'
import { loadWorld } from './world'

const windowMs = 300_000
const freshMs = 15_000

/** The newest five minutes of live data, as everybody may see it. */
async function newestWorld(): Promise<World> {
  const to = await liveEnd()
  return loadWorld({ window: { from: to - windowMs, to }, recording: null }, everything)
}

type Reading = AlertFigures & { readonly world: World }

/**
 * Encryption of the newest five minutes for alerts, read when scraped and at most each 15 s. What is not known has
 * no series. Namespaces are in the labels, so only who may see all of them may scrape.
 */
export function registerEncryption(registry: Registry, load: () => Promise<World> = newestWorld): void {
  const kept = createSharedCache<Reading>({ ttlMs: freshMs, entries: 1, weight: 1, weigh: () => 1 })
  const read = async (): Promise<Reading | null> => {
    try {
      const make = async () => {
        const world = await load()
        return { world, ...alertFigures(world, classifyWorld(world)) }
      }
      return (await kept.get('', make)).value
    } catch (thrown) {
      log.warn({ error: toError(thrown).message }, 'encryption cannot be read for metrics')
      return null
    }
  }
  const register = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    values: (reading: Reading) => readonly (readonly [Record<Label, string>, number])[],
  ) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [],
        async collect() {
          const reading = await read()
          this.reset()
          if (reading) for (const [labels, value] of values(reading)) this.set(labels, value)
        },
      }),
    )

  const place = ['cluster', 'namespace', 'unit'] as const
  register(
    'oriel_encryption_coverage_ratio',
    'Encrypted share of what left its node, newest 5 minutes: at least, at most.',
    [...place, 'bound'],
    ({ coverage }) =>
      coverage.flatMap(({ least, most, ...labels }) => [
        [{ ...labels, bound: 'least' }, least] as const,
        [{ ...labels, bound: 'most' }, most] as const,
      ]),
  )
  register(
    'oriel_encryption_rate',
    'Traffic per second by what protected it, newest 5 minutes.',
    [...place, 'class'],
    ({ rates }) => rates.map(({ rate, ...labels }) => [labels, rate] as const),
  )
  register('oriel_encryption_namespaces_cut', 'Namespaces left out of these metrics.', ['limit'], ({ cut }) => [
    [{ limit: '500' }, cut],
  ])
  register(
    'oriel_certificate_expiry_timestamp_seconds',
    'When a certificate of a mesh ends.',
    ['cluster', 'mesh', 'level', 'namespace', 'subject'],
    ({ world }) =>
      certificatesAt(world.ground?.certificates ?? [], world.window.to)
        .slice(0, maxCertificates)
        .map(({ cluster, mesh, level, namespace, subject, notAfter }) => [
          { cluster, mesh, level, namespace, subject },
          notAfter / 1000,
        ]),
  )
  register(
    'oriel_tunnel_handshake_age_seconds',
    'Time since a node shook hands with a WireGuard peer, as of its newest reading.',
    ['cluster', 'node', 'peer', 'state'],
    ({ world }) =>
      nodeTunnels(world).flatMap(({ cluster, name, peers }) =>
        (peers ?? [])
          .slice(0, maxPeers)
          .flatMap(({ node, state, handshakeAt, readAt }) =>
            handshakeAt === null || node === null
              ? []
              : [[{ cluster, node: name, peer: node, state }, Math.max(0, readAt - handshakeAt) / 1000] as const],
          ),
      ),
  )
}

/** The next to expire are told first. */
const maxCertificates = 1000
const maxPeers = 200
