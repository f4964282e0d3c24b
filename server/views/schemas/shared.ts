import { z } from 'zod'
import type { Endpoint } from '@/core/endpoint'
import { type Figures, healths } from '@/core/figures/figures'
import { gapCauses } from '@/core/observation'
import type { Window } from '@/core/time'
import { verdicts } from '@/core/verdict'
import { type SourceFreshness, type SourceGap, sourceStates } from '@/core/world'
import { mirror } from '@/server/mirror'

export const millis = z.number().describe('Milliseconds since the epoch.')
export const known = z.number().nullable().describe('null is unknown, never zero.')

export const windowSchema = mirror<Window>()(z.strictObject({ from: millis, to: millis.describe('Exclusive.') }))

export const endpointSchema = mirror<Endpoint>()(
  z.strictObject({ cluster: z.string(), namespace: z.string(), kind: z.string(), name: z.string() }),
)

export const healthSchema = z.enum(healths)

export const figuresSchema = mirror<Figures>()(
  z.strictObject({
    flowRate: known.describe('Observed flow events, or connections where the source counts those, per second.'),
    connectionRate: known.describe('Connections opened per second.'),
    openConnections: known.describe('Connections open on average.'),
    sentRate: known.describe('Bytes per second from the caller to the callee.'),
    receivedRate: known.describe('Bytes per second from the callee to the caller.'),
    requestRate: known.describe('Requests per second.'),
    requests: known,
    responses: known,
    clientErrors: known,
    serverErrors: known,
    errorRatio: known.describe('Server errors ÷ responses, 0 to 1.'),
    p50: known.describe('Milliseconds.'),
    p95: known.describe('Milliseconds.'),
    p99: known.describe('Milliseconds.'),
    verdicts: z
      .partialRecord(z.enum(verdicts), z.number())
      .describe('Events by verdict; one that was not seen is absent.'),
  }),
)

export const sourceGapSchema = mirror<SourceGap>()(
  z.strictObject({
    source: z.string(),
    cluster: z.string(),
    from: millis,
    to: millis.nullable().describe('null: still going on.'),
    cause: z.enum(gapCauses),
    lost: z.number().nullable().describe('Records; null where nobody can know.'),
    part: z.string().describe('What is missing, such as a node; empty for the whole source.'),
  }),
)

export const freshnessShape = {
  id: z.string(),
  type: z.string(),
  cluster: z.string(),
  state: z.enum(sourceStates),
  stateSince: millis,
  firstEventAt: millis.nullable(),
  lastEventAt: millis.nullable(),
  toldUntil: millis.nullable().describe('The newest event, or later where it is known that nothing happened since.'),
}
export const freshnessSchema = mirror<SourceFreshness>()(z.strictObject(freshnessShape))
