import { z } from 'zod'
import type { CodeFigures, DnsName, OperationFigures, Operations } from '@/core/operations/operations'
import { l7Protocols } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { healthSchema, known, windowSchema } from './shared'

const share = z.number().describe('0 to 1.')

const codeSchema = mirror<CodeFigures>()(
  z.strictObject({
    l7: z.enum(l7Protocols),
    code: z.string().describe('In the protocol’s own word: 200, UNAVAILABLE, NXDOMAIN; empty where it is not told.'),
    responses: z.number(),
    share,
    blame: z.enum(['caller', 'callee']).nullable(),
  }),
)

const answeredShape = {
  requests: known,
  requestRate: known.describe('Per second of the time that the witness told of.'),
  responses: known,
  clientErrors: known,
  serverErrors: known,
  errorRatio: known.describe('Server errors ÷ responses, 0 to 1.'),
  p50: known.describe('Milliseconds.'),
  p95: known.describe('Milliseconds.'),
  p99: known.describe('Milliseconds.'),
  codes: z.array(codeSchema),
}

const operationSchema = mirror<OperationFigures>()(
  z.strictObject({
    name: z.string().describe('GET /users/{id}, shop.Cart/GetItem, A shop.example; empty where it is not told.'),
    l7: z.enum(l7Protocols),
    health: healthSchema,
    why: z.string(),
    ...answeredShape,
  }),
)

const dnsNameSchema = mirror<DnsName>()(
  z.strictObject({
    name: z.string(),
    types: z.array(z.string()),
    search: z.boolean().describe('Another name with a search domain behind it, which resolvers try first.'),
    ...answeredShape,
  }),
)

export const operationsSchema = mirror<Operations>()(
  z.strictObject({
    window: windowSchema,
    operations: z
      .array(operationSchema)
      .describe('Most requested first; (other) and what is not told come last. Requests add up to those of the edges.'),
    codes: z.array(codeSchema).describe('Most frequent first.'),
    flags: z
      .array(
        z.strictObject({
          flag: z.string().describe('A response flag of Envoy or ztunnel.'),
          meaning: z.string(),
          requests: z.number(),
          share: known.describe('Of all requests, 0 to 1.'),
        }),
      )
      .describe('Most frequent first.'),
    dns: z.array(dnsNameSchema).describe('Names that DNS was asked for.'),
    told: z
      .strictObject({ operations: z.array(z.string()), codes: z.array(z.string()) })
      .describe('source/reporter of those who told.'),
  }),
)
