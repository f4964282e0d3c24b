import { grpcOperation, pathOperation, routeOperation, wordsOperation } from '@/core/operations/operation-name'
import { textOf } from './attributes'
import { databaseLine, queueLine, rpcLine } from './record'
import type { Span } from './span'

/**
 * What a span is about: the route that its framework names (`named`), else its path as a template; a
 * call's method, a database's operation, a queue; else the span's own name, which is meant to be one of few.
 */
export function operationOf(span: Span): { readonly operation?: string; readonly named?: boolean } {
  const { attributes, name } = span
  const method = textOf(attributes, 'http.request.method', 'http.method')
  const route = textOf(attributes, 'http.route')
  if (route) return { operation: routeOperation(method, route), named: true }
  const rpc = rpcLine(attributes)
  if (rpc) return { operation: grpcOperation(rpc), named: true }
  const path = textOf(attributes, 'url.path', 'http.target', 'url.full', 'http.url')
  if (path) return { operation: pathOperation(method, path) }
  const line = databaseLine(attributes) || queueLine(attributes)
  const operation = wordsOperation(line || name)
  return operation ? { operation } : {}
}
