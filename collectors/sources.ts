import { z } from 'zod'
import { AppError } from '@/server/errors'
import { hubble } from './hubble/source'
import type { Batch, Checkpoint, DiscoveryInventory, ReadContext, Source } from './source'

/** A source with its configuration: what the supervisor runs. */
export type SourceInstance = {
  /** `type:target`, the same at every start; names the instance in the database. */
  readonly id: string
  readonly type: string
  readonly title: string
  readonly target: string
  read(from: Checkpoint | null, context: ReadContext): AsyncIterable<Batch>
}

type Registered = {
  readonly type: string
  /** Throws AppError('invalid') that lists what is wrong with the fields. */
  configure(fields: unknown): SourceInstance
  discover(inventory: DiscoveryInventory): SourceInstance[]
}

/** The registry: one line a source. */
const registry: readonly Registered[] = [register(hubble)]

function register<C>(source: Source<C>): Registered {
  const instance = (config: C): SourceInstance => ({
    id: `${source.id}:${source.target(config)}`,
    type: source.id,
    title: source.title,
    target: source.target(config),
    read: (from, context) => source.read(config, from, context),
  })
  return {
    type: source.id,
    configure(fields) {
      const parsed = source.config.safeParse(fields)
      if (parsed.success) return instance(parsed.data)
      throw new AppError(
        'invalid',
        `The settings of a ${source.id} source have problems:\n${z.prettifyError(parsed.error)}`,
      )
    },
    discover: (inventory) => source.discover(inventory).map(instance),
  }
}

/** The instances that the configuration names. Throws AppError('invalid') for a type that does not exist. */
export function configuredSources(
  configured: readonly ({ readonly type: string } & Readonly<Record<string, unknown>>)[],
): SourceInstance[] {
  return configured.map(({ type, ...fields }) => {
    const registered = registry.find((entry) => entry.type === type)
    if (registered) return registered.configure(fields)
    const known = registry.map((entry) => entry.type).join(', ')
    throw new AppError('invalid', `There is no source of type “${type}”; the types are: ${known}.`)
  })
}

/** What can be found in a cluster by its Services. */
export const discoveredSources = (inventory: DiscoveryInventory): SourceInstance[] =>
  registry.flatMap((entry) => entry.discover(inventory))
