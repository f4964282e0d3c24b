import type { Batch, DiscoveryInventory } from '@/collectors/source'
import { log } from '@/server/log'
import { type AlsConfig, alsConfig } from './config'
import { type InboxLimits, inboxLimits } from './inbox'
import { type Timings, createAls } from './source'

const timings: Timings = {
  keepaliveMs: 30_000,
  keepaliveTimeoutMs: 10_000,
  pollMs: 20,
  graceMs: 0,
  forgetMs: 60_000,
  stallMs: 1_000,
}
export const limits: InboxLimits = { ...inboxLimits, lingerMs: 10, idleMs: 20 }

export type ReadOptions = {
  readonly config?: object
  readonly changed?: Partial<Timings>
  readonly limits?: InboxLimits
  readonly inventory?: DiscoveryInventory
  readonly onBatch?: (batch: Batch) => Promise<void>
}

/** For tests: the source on a free port, with all that it gave so far. `port` resolves when it listens, or rejects with why not. */
export function startReading(options: ReadOptions = {}) {
  const controller = new AbortController()
  const batches: Batch[] = []
  const config: AlsConfig = alsConfig.parse({ listen: '127.0.0.1:0', ...options.config })
  const source = createAls({ ...timings, ...options.changed }, options.limits ?? limits)
  let onPort: (port: number) => void = () => {}
  const port = new Promise<number>((resolve) => (onPort = resolve))
  const run = async (): Promise<Error | null> => {
    const context = { cluster: 'c1', inventory: options.inventory ?? null, signal: controller.signal, log }
    try {
      for await (const batch of source.read(config, null, context)) {
        batches.push(batch)
        if (batch.facts?.port) onPort(Number(batch.facts.port))
        await options.onBatch?.(batch)
      }
      return null
    } catch (thrown) {
      return thrown as Error
    }
  }
  return {
    batches,
    port,
    done: run(),
    stop: () => controller.abort(),
    observed: () => batches.flatMap((batch) => batch.observations),
    gaps: () => batches.flatMap((batch) => batch.gaps),
    facts: () => Object.assign({}, ...batches.map((batch) => batch.facts ?? {})) as Record<string, unknown>,
  }
}

/** An inventory of pods alone, `namespace/name`. */
export const inventoryOf = (pods: ReadonlySet<string>): DiscoveryInventory => ({
  cluster: 'c1',
  services: () => [],
  nodes: () => [],
  *pods() {
    for (const text of pods) {
      const [namespace = '', name = ''] = text.split('/')
      yield { namespace, name, ips: [], node: '', labels: {}, annotations: {}, ports: [], workload: null }
    }
  },
})
