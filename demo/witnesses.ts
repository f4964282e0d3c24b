import { sendLogs } from './als/send'
import { logAccess } from './als/witness'
import type { DeliveryCounts } from './delivery'
import { createRing } from './goldmane/ring'
import { startGoldmane } from './goldmane/server'
import type { Door } from './hubble-relay/door'
import type { TlsFiles } from './hubble-relay/relay'
import { felixMetrics } from './metrics/felix'
import { istioMetrics } from './metrics/istio'
import { linkerdMetrics } from './metrics/linkerd'
import { createRegistry } from './metrics/registry'
import { startMetrics } from './metrics/server'
import type { Cluster } from './model/cluster'
import { sendSpans } from './otlp/send'
import { createSpans } from './otlp/spans'
import type { Witness } from './traffic/made'

export type WitnessOptions = {
  /** Ports on loopback; 0 or absent takes free ones. */
  readonly goldmanePort?: number
  readonly prometheusPort?: number
  readonly goldmaneTls?: TlsFiles
  /** host:port that takes Envoy's access logs; absent: none are sent. */
  readonly alsTo?: string
  /** `host:port` (gRPC) or `http://host:port` that takes spans; absent: none are sent. */
  readonly otlpTo?: string
}

/** A witness that can be taken away and brought back. */
export type Switch = { stop(): void; start(): void | Promise<void>; readonly counts?: DeliveryCounts }

export type Opened = {
  /** host:port of Goldmane, and http://host:port of the metrics. */
  readonly goldmane: string
  readonly prometheus: string
  readonly switches: Readonly<Record<string, Switch>>
}

export type Witnesses = {
  /** Told of every call by the engine. */
  readonly told: readonly Witness[]
  /** Begins to serve and, of what happens from now on, to send. Rejects when a port is taken. */
  open(): Promise<Opened>
  /** Ends serving and sending, also after an `open` that was rejected. */
  close(): void
}

/** Everybody beside Hubble Relay who tells of the calls. */
export function createWitnesses(
  cluster: Cluster,
  start: number,
  now: () => number,
  options: WitnessOptions,
): Witnesses {
  const registry = createRegistry(start)
  const ring = createRing(start)
  const sampled: Witness = { made: () => undefined, lived: (until) => registry.advance(until) }
  const metrics = [istioMetrics, linkerdMetrics, felixMetrics].map((of) => of(cluster, registry))
  const name = cluster.company.cluster
  const logs = options.alsTo ? sendLogs(options.alsTo, name) : null
  const spans = options.otlpTo ? sendSpans(options.otlpTo) : null
  // The past is in what is served; what is sent is of the present alone, as from real proxies.
  const live = { isOpen: false }
  const doors: Door[] = []
  const sending = [
    ...(logs ? [logAccess(cluster, logs)] : []),
    ...(spans ? [createSpans(name, (data, count) => spans.push(data, count))] : []),
  ]
  return {
    told: [ring, ...metrics, sampled, ...sending.map((witness) => whenOpen(witness, live))],
    async open() {
      const goldmane = await startGoldmane({ ring, port: options.goldmanePort ?? 0, tls: options.goldmaneTls, now })
      doors.push(goldmane)
      const prometheus = await startMetrics(registry, options.prometheusPort ?? 0, now)
      doors.push(prometheus)
      live.isOpen = true
      const served = (door: Door): Switch => ({ stop: () => door.close(), start: () => door.open() })
      return {
        goldmane: `127.0.0.1:${goldmane.port}`,
        prometheus: `http://127.0.0.1:${prometheus.port}`,
        switches: {
          goldmane: served(goldmane),
          prometheus: served(prometheus),
          ...(logs ? { als: logs } : {}),
          ...(spans ? { otlp: spans } : {}),
        },
      }
    },
    close() {
      for (const door of doors) door.close()
      logs?.stop()
      spans?.stop()
    },
  }
}

const whenOpen = (witness: Witness, live: { readonly isOpen: boolean }): Witness => ({
  made(call) {
    if (live.isOpen) witness.made(call)
  },
  closed(call) {
    if (live.isOpen) witness.closed?.(call)
  },
  lived(until) {
    if (live.isOpen) witness.lived?.(until)
  },
})
