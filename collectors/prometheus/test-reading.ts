import type { RequestObservation } from '@/core/observation'
import type { Batch, Checkpoint, ReadContext, Source } from '@/collectors/source'
import { log } from '@/server/log'

export type Reading = {
  readonly batches: Batch[]
  /** What ended it: null for a plain end. */
  readonly done: Promise<Error | null>
  stop(): void
}

/** For tests: follows a source until it is stopped. */
export function readFrom<C>(
  source: Source<C>,
  config: C,
  from: Checkpoint | null = null,
  inventory: ReadContext['inventory'] = null,
): Reading {
  const controller = new AbortController()
  const batches: Batch[] = []
  const run = async () => {
    try {
      const context: ReadContext = { cluster: 'c1', inventory, signal: controller.signal, log }
      for await (const batch of source.read(config, from, context)) batches.push(batch)
      return null
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown))
    }
  }
  return { batches, done: run(), stop: () => controller.abort() }
}

export const observed = ({ batches }: Pick<Reading, 'batches'>): RequestObservation[] =>
  batches.flatMap(({ observations }) => observations.filter((one) => one.type === 'request'))

export const requestsOf = (reading: Pick<Reading, 'batches'>): number =>
  observed(reading).reduce((sum, { requests }) => sum + requests, 0)

export const gapsOf = ({ batches }: Pick<Reading, 'batches'>) => batches.flatMap(({ gaps }) => gaps)

/** The facts as they are after all batches. */
export const factsOf = ({ batches }: Pick<Reading, 'batches'>): Readonly<Record<string, string | number>> =>
  Object.assign({}, ...batches.map(({ facts }) => facts))
