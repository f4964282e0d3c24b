import { z } from 'zod'
import type { AnyView } from './view'

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
    code: { enum: ['invalid', 'forbidden', 'not_found', 'conflict', 'too_large', 'internal', 'unavailable'] },
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

/** The OpenAPI 3.1 document of the views, made from their schemas. */
export function openapi(views: readonly AnyView[]): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Oriel',
      version: '1',
      description: 'What talks to what, as the pages show it. Read only. In figures, null is unknown and never zero.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths: {
      ...Object.fromEntries(
        [...views]
          .sort((a, b) => (a.path < b.path ? -1 : 1))
          .map((view) => [`/${view.path}`, { get: operation(view) }]),
      ),
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
export const openapiText = (views: readonly AnyView[]): string => `${JSON.stringify(openapi(views), null, 2)}\n`

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

function parameters(view: AnyView): Json[] {
  const { properties = {}, required = [] } = schemaOf(view.params, 'input') as {
    properties?: Record<string, { description?: string }>
    required?: string[]
  }
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
