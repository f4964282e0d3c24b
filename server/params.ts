import { z } from 'zod'
import { parseFilter } from '@/core/filter/filter-parse'
import { parseEndpointKey } from '@/core/endpoint'
import { levels } from '@/core/graph/graph'
import { parseVersus } from '@/core/compare/compare-window'
import { isUnreadable } from '@/core/text/unreadable'
import { parseDuration, parseMoment, windowPresets } from '@/core/time-param'
import { parameterError, problemsError } from './problem'

export const maxWindowMs = 400 * 86_400_000

const duration = z
  .string()
  .transform((text, context) => {
    const ms = parseDuration(text)
    if (ms !== null && ms <= maxWindowMs) return ms
    context.addIssue({ code: 'custom', message: 'write a duration from 1s to 400d, such as 90m, 36h or 7d' })
    return z.NEVER
  })
  .describe(
    `Length of a window that ends at the newest data: ${windowPresets.join(', ')} or any duration such as 90m or 36h. 15m without any time.`,
  )

const moment = z.string().transform((text, context) => {
  const ms = parseMoment(text)
  if (ms !== null) return ms
  context.addIssue({
    code: 'custom',
    message: 'write milliseconds since the epoch or ISO 8601 such as 2026-03-01T09:30:00Z',
  })
  return z.NEVER
})

const timeShape = {
  last: duration.optional(),
  from: moment.optional().describe('Start of an absolute window: milliseconds since the epoch or ISO 8601.'),
  to: moment.optional().describe('End of an absolute window, exclusive.'),
} as const

const recordingShape = {
  recording: z.coerce
    .number('write the number of a recording')
    .int('write the number of a recording')
    .min(1, 'write the number of a recording')
    .optional()
    .describe('Id of a recording to look at in place of live data: all of it, unless from and to say which part.'),
} as const

/** When a question is about, as parsed: durations and moments in milliseconds. */
export type TimeParams = { last?: number; from?: number; to?: number; recording?: number }

/** Parameters of a question about a window of time, with more of its own. */
export const windowed = <S extends z.ZodRawShape>(shape: S) => timed({ ...recordingShape, ...shape })

/** The same of what no recording has. */
export const timed = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject({ ...timeShape, ...shape }).check((context) => {
    const { last, from, to } = context.value as TimeParams
    const say = (path: string, message: string) =>
      context.issues.push({ code: 'custom', path: [path], message, input: context.value })
    if (last !== undefined && (from ?? to) !== undefined) say('last', 'give either last, or from and to')
    if ((from === undefined) !== (to === undefined)) say(from === undefined ? 'from' : 'to', 'from and to go together')
    if (from !== undefined && to !== undefined && to <= from) say('to', 'must be after from')
    if (from !== undefined && to !== undefined && to - from > maxWindowMs) say('to', 'at most 400 days after from')
  })

export const clusterParam = z
  .string()
  .max(200, 'at most 200 characters')
  .default('')
  .describe('Only this cluster; all without.')
/** An endpoint of any type, by its key. */
export const endpointParam = z
  .string()
  .max(1_000, 'at most 1000 characters')
  .transform((text, context) => {
    const endpoint = parseEndpointKey(text)
    if (endpoint) return endpoint
    context.addIssue({ code: 'custom', message: 'give the id of a node, `cluster/namespace/kind/name`' })
    return z.NEVER
  })
  .describe('Id of an endpoint: `cluster/namespace/kind/name`.')
export const levelParam = z.enum(levels).default('workload').describe('What a node stands for.')
/** A filter that is not understood in whole is refused: what is left out would show more than was asked for. */
export const filterParam = z
  .string()
  .max(2_000, 'at most 2000 characters')
  .superRefine((text, context) => {
    if (text.length > 2_000) return
    for (const { at, message } of parseFilter(text).errors.slice(0, 5))
      context.addIssue({ code: 'custom', message: `at character ${at + 1}: ${message}` })
  })
  .default('')
  .describe('Filter, for example `ns:shop error:>5%`.')
export const versusParam = z
  .string()
  .default('previous')
  .transform((text, context) => {
    const versus = parseVersus(text)
    if (versus !== null) return versus
    context.addIssue({ code: 'custom', message: 'write previous, day, week or milliseconds since the epoch' })
    return z.NEVER
  })
  .describe(
    'Compared with: `previous` (the window just before), `day` or `week` (the same, so much earlier), or the start of another window in milliseconds.',
  )
const selection = z.string().max(2_000, 'at most 2000 characters')
export const selectionParam = selection.default('').describe('Id of a node or edge of the map; everything without.')
/** One edge, which has to be named. */
export const edgeParam = selection.min(1, 'give the id of an edge').describe('Id of an edge of the map.')

/** Several values: repeated, or joined by commas (Kubernetes names hold none). */
export const listParam = (max: number) =>
  z
    .union([z.string(), z.array(z.string())])
    .default('')
    .transform((value) =>
      [
        ...new Set(
          [value]
            .flat()
            .flatMap((part) => part.split(','))
            .filter(Boolean),
        ),
      ].sort(),
    )
    .refine(
      (list) => list.length <= max && list.every((name) => name.length <= 600),
      `at most ${max} values of at most 600 characters`,
    )

/** Query → plain record for zod; a repeated name becomes an array. */
export function queryRecord(query: URLSearchParams): Record<string, string | string[]> {
  const record = Object.create(null) as Record<string, string | string[]>
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    record[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return record
}

/** The parameters of a query by their schema. Throws ParameterError that names every bad one. */
export const parseParams = <P extends z.ZodType>(schema: P, query: URLSearchParams): z.output<P> =>
  parseRecord(schema, queryRecord(query))

/** The same of an object that was read already. */
export function parseRecord<P extends z.ZodType>(schema: P, record: Readonly<Record<string, unknown>>): z.output<P> {
  const unreadable = Object.keys(record).filter((name) => isUnreadable([name, record[name]]))
  if (unreadable.length > 0)
    throw problemsError(
      unreadable.map((name) => [name, 'leave out NUL and halves of surrogate pairs: they are no text']),
    )
  const parsed = schema.safeParse(record)
  if (parsed.success) return parsed.data
  throw parameterError(parsed.error, schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])
}
