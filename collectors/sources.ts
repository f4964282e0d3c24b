import type { z } from 'zod'
import { AppError } from '@/server/errors'
import { als } from './als/source'
import { goldmaneNode } from './goldmane/node-source'
import { goldmane } from './goldmane/source'
import { hubble } from './hubble/source'
import { otlp } from './otlp/source'
import { scrape } from './prometheus/scrape'
import { prometheus } from './prometheus/source'
import type { Batch, Checkpoint, DiscoveryInventory, ReadContext, Source } from './source'

/** A source with its configuration: what the supervisor runs. */
export type SourceInstance = {
  /** `type:target`, the same at every start; names the instance in the database. */
  readonly id: string
  readonly type: string
  readonly title: string
  readonly target: string
  /** Peers come to it: that it is configured is no reason not to look for the others. */
  readonly listens: boolean
  read(from: Checkpoint | null, context: ReadContext): AsyncIterable<Batch>
}

type Registered = {
  readonly type: string
  readonly title: string
  readonly config: z.ZodType
  /** The instance, or what is wrong with the fields. */
  configure(fields: unknown): SourceInstance | string
  discover(inventory: DiscoveryInventory): SourceInstance[]
}

/** The registry: one line a source. */
const registry: readonly Registered[] = [
  register(hubble),
  register(goldmane),
  register(goldmaneNode, true),
  register(prometheus),
  register(scrape),
  register(als, true),
  register(otlp, true),
]

function register<C>(source: Source<C>, listens = false): Registered {
  const instance = (config: C): SourceInstance => ({
    id: `${source.id}:${source.target(config)}`,
    type: source.id,
    title: source.title,
    target: source.target(config),
    listens,
    read: (from, context) => source.read(config, from, context),
  })
  return {
    type: source.id,
    title: source.title,
    config: source.config,
    configure(fields) {
      const parsed = source.config.safeParse(fields)
      return parsed.success ? instance(parsed.data) : describe(parsed.error)
    },
    discover: (inventory) => source.discover(inventory).map(instance),
  }
}

/** The instances that the configuration names. Throws AppError('invalid') that lists every problem of every source. */
export function configuredSources(
  configured: readonly ({ readonly type: string } & Readonly<Record<string, unknown>>)[],
): SourceInstance[] {
  const problems: string[] = []
  const ids: string[] = []
  const instances = configured.flatMap(({ type, ...fields }, index) => {
    const registered = registry.find((entry) => entry.type === type)
    const result = registered?.configure(fields) ?? `there is no source of this type; the types are: ${types()}`
    const same = typeof result === 'string' ? -1 : ids.indexOf(result.id)
    ids.push(typeof result === 'string' ? '' : result.id)
    if (same >= 0) {
      problems.push(
        `sources.${index} (${type}): it is the same as sources.${same}; give each a target, or a cluster, of its own`,
      )
      return []
    }
    if (typeof result !== 'string') return [result]
    problems.push(`sources.${index} (${type}): ${result}`)
    return []
  })
  if (problems.length > 0) throw new AppError('invalid', `The configuration has problems:\n  ${problems.join('\n  ')}`)
  return instances
}

/** Every type of source with what can be configured of it, in the order in which pages and documents list them. */
export const sourceTypes = (): readonly Pick<Registered, 'type' | 'title' | 'config'>[] => registry

const types = () => registry.map((entry) => entry.type).join(', ')

/** What can be found in a cluster by its Services. */
export const discoveredSources = (inventory: DiscoveryInventory): SourceInstance[] =>
  registry.flatMap((entry) => entry.discover(inventory))

const describe = (error: z.ZodError): string =>
  error.issues
    .map(
      ({ path, message }) =>
        `${path.join('.') || 'fields'}: ${message.endsWith('received undefined') ? 'is missing' : message}`,
    )
    .join('; ')
