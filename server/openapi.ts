import { z } from 'zod'
import type { AnyChange } from './change'
import { errorStatus } from './errors'
import type { AnyStream, AnyView } from './view'

type Json = Readonly<Record<string, unknown>>

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. `detail` says what to do next; `requestId` finds the log line.',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { enum: Object.keys(errorStatus) },
    requestId: { type: 'string' },
    parameters: {
      type: 'array',
      items: {
        type: 'object',
        required: ['parameter', 'message'],
        properties: { parameter: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

/** The OpenAPI 3.1 document of the views and changes, made from their schemas. */
export function openapi(views: readonly AnyView[], changes: readonly AnyChange[], streams: readonly AnyStream[]): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Oriel',
      version: '1',
      description: 'What talks to what, as the pages show it. In figures, null is unknown and never zero.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths: {
      ...paths(views, changes, streams),
      '/live': {
        get: {
          operationId: 'live',
          summary:
            'Server-Sent Events: `ready` once, `tick` when data was written, `reconcile` when ticks may have been missed; each with {"to": end of the live window in milliseconds}.',
          responses: {
            200: {
              description: 'An endless stream.',
              content: { 'text/event-stream': { schema: { type: 'string' } } },
            },
            default: failure,
          },
        },
      },
    },
    components: { schemas: { Problem: problemSchema } },
  }
}

/** The document as the file docs/api/openapi.json holds it. */
export const openapiText = (...of: Parameters<typeof openapi>): string => `${JSON.stringify(openapi(...of), null, 2)}\n`

function paths(views: readonly AnyView[], changes: readonly AnyChange[], streams: readonly AnyStream[]): Json {
  const all = new Map<string, Json>()
  const add = (path: string, method: string, described: Json) =>
    all.set(`/${path}`, { ...all.get(`/${path}`), [method]: described })
  for (const view of views) add(view.path, 'get', operation(view))
  for (const stream of streams) add(stream.path, 'get', streamOperation(stream))
  for (const each of changes) add(each.path, each.method.toLowerCase(), changeOperation(each))
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const failure = {
  description: 'A problem.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function operation(view: AnyView): Json {
  return {
    operationId: view.name,
    summary: view.summary,
    parameters: parameters(view),
    responses: {
      200: { description: 'The answer.', content: { 'application/json': { schema: schemaOf(view.answer, 'output') } } },
      304: { description: 'As it was under this ETag.' },
      default: failure,
    },
  }
}

function streamOperation(stream: AnyStream): Json {
  const content = Object.fromEntries(stream.types.map((type) => [type, { schema: { type: 'string' } }]))
  return {
    operationId: stream.name,
    summary: stream.summary,
    parameters: parameters(stream),
    responses: { 200: { description: 'The answer, as long as it is taken.', content }, default: failure },
  }
}

function changeOperation(change: AnyChange): Json {
  const { properties = {}, required = [], ...rest } = objectSchema(change.input)
  const inPath = Object.keys(properties).filter((name) => change.path.includes(`{${name}}`))
  const inBody = Object.entries(properties).filter(([name]) => !inPath.includes(name))
  const body = {
    ...rest,
    properties: Object.fromEntries(inBody),
    required: required.filter((name) => !inPath.includes(name)),
  }
  return {
    operationId: change.name,
    summary: change.summary,
    parameters: inPath.map((name) => {
      const { description = '', ...schema } = properties[name] ?? {}
      return { name, in: 'path', required: true, description, schema }
    }),
    ...(inBody.length > 0 && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(change.answer, 'output') } } },
      default: failure,
    },
  }
}

const objectSchema = (schema: z.ZodType) =>
  schemaOf(schema, 'input') as { properties?: Record<string, { description?: string }>; required?: string[] }

function parameters(view: Pick<AnyView, 'path' | 'params'>): Json[] {
  const { properties = {}, required = [] } = objectSchema(view.params)
  return Object.entries(properties).map(([name, { description, ...schema }]) => {
    const inPath = view.path.includes(`{${name}}`)
    return {
      name,
      in: inPath ? 'path' : 'query',
      required: inPath || required.includes(name),
      description: description ?? '',
      schema,
    }
  })
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' })
  return rest
}
