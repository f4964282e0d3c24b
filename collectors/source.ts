import type { z } from 'zod'
import type { Readings } from '@/core/encryption/ground'
import type { Gap, Observation } from '@/core/observation'
import type { Logger } from '@/server/log'

/**
 * Where a source goes on after a stop: `time` is the newest event time of which everything is
 * written (milliseconds). Reading again from a little before it is safe: replays are absorbed.
 */
export type Checkpoint = { readonly time: number }

/** What a source hands over at once. `checkpoint` holds when all of `observations` are written; null where there is none yet. */
export type Batch = {
  readonly observations: readonly Observation[]
  readonly gaps: readonly Gap[]
  readonly checkpoint: Checkpoint | null
  /**
   * Milliseconds. Everything up to then is told, although nothing happened: those who tell at once are connected and
   * silent. Absent where silence says nothing.
   */
  readonly toldUntil?: number
  /** Records received that could not be read; shown on the Sources page. */
  readonly malformed: number
  /** Said once and whenever it changes: version of the peer, nodes connected, and the like. */
  readonly facts?: Readonly<Record<string, string | number>>
  /** What was read beside traffic since the last batch. */
  readonly readings?: Readings
}

/** What discovery may look at. */
export type DiscoveryInventory = {
  readonly cluster: string
  services(): Iterable<{
    readonly namespace: string
    readonly name: string
    readonly ports: readonly { readonly name: string; readonly port: number }[]
  }>
  /** Pods that run now. */
  pods(): Iterable<DiscoveredPod>
  /** Nodes, for what they say of themselves (WireGuard keys). */
  nodes(): Iterable<{
    readonly name: string
    readonly addresses: readonly string[]
    readonly annotations: Readonly<Record<string, string>>
  }>
}

export type DiscoveredPod = {
  readonly namespace: string
  readonly name: string
  readonly ips: readonly string[]
  readonly node: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly ports: readonly { readonly name: string; readonly port: number }[]
  /** Its top controller. */
  readonly workload: { readonly kind: string; readonly name: string } | null
}

export type ReadContext = {
  /** Name of the cluster that this source observes, used where the source itself names none. */
  readonly cluster: string
  /** The cluster as Kubernetes tells it; null where it is not read. For those that must find their peers. */
  readonly inventory: DiscoveryInventory | null
  readonly signal: AbortSignal
  readonly log: Logger
}

/**
 * The contract of a telemetry source. It pulls: awaiting the next batch is the back-pressure.
 * `read` throws to say "restart me with backoff" and ends when the signal is aborted.
 */
export type Source<C> = {
  readonly id: string
  readonly title: string
  /** Documented with `.describe`, validated at start, shown on the Sources page without its secrets. */
  readonly config: z.ZodType<C>
  /** One line for people: where this configuration points at. */
  target(config: C): string
  /** In-cluster defaults; configuration always overrides. */
  discover(inventory: DiscoveryInventory): C[]
  read(config: C, from: Checkpoint | null, context: ReadContext): AsyncIterable<Batch>
}

/** A batch out of a file. The counts are of this batch: `lines` (or records) = `used` + all of `skipped`. */
export type FileBatch = Batch & {
  readonly lines: number
  readonly used: number
  /** What was passed over, by reason. */
  readonly skipped: Readonly<Record<string, number>>
}
