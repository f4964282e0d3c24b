import type { CallMade } from '../traffic/made'
import { serviceName } from '../model/objects'
import type { Attributes } from './messages'

export type SpanWords = { readonly name: string; readonly attributes: Attributes }

const grpcNames: Readonly<Record<number, string>> = { 0: 'OK', 14: 'UNAVAILABLE' }

const hostOf = ({ to }: CallMade): string =>
  to.workload ? `${serviceName(to.workload)}.${to.workload.spec.namespace}.svc.cluster.local` : to.outside

/** Name and attributes of the caller's or callee's span of an HTTP call, in the words of the new or the old conventions. */
export function httpWords(call: CallMade, isServer: boolean, isNew: boolean): SpanWords {
  const [method = 'GET', target = '/'] = call.operation.split(' ')
  const [path = '/'] = target.split('?')
  const route = path.replaceAll(/\/([0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=\/|$)/g, '/{id}')
  const scheme = call.port === 443 && !call.to.workload ? 'https' : 'http'
  const url = `${scheme}://${hostOf(call)}:${call.port}${target}`
  const code = call.denied ? undefined : call.httpCode
  const failed = call.denied
    ? 'timeout'
    : (code ?? 0) >= 500 || (!isServer && (code ?? 0) >= 400)
      ? String(code)
      : undefined
  const name = isServer ? `${method} ${route}` : method
  if (!isNew)
    return {
      name,
      attributes: {
        'http.method': method,
        'http.status_code': code,
        ...(isServer
          ? {
              'http.target': target,
              'http.route': route,
              'http.scheme': scheme,
              'net.host.name': hostOf(call),
              'net.host.port': call.port,
              'net.sock.peer.addr': call.from.ip,
            }
          : { 'http.url': url, 'net.peer.name': hostOf(call), 'net.peer.port': call.port }),
      },
    }
  return {
    name,
    attributes: {
      'http.request.method': method,
      'http.response.status_code': code,
      'error.type': failed,
      'server.address': hostOf(call),
      'server.port': call.port,
      ...(isServer
        ? { 'url.path': path, 'url.scheme': scheme, 'http.route': route, 'client.address': call.from.ip }
        : { 'url.full': url, 'network.peer.address': call.to.ip, 'network.peer.port': call.port }),
    },
  }
}

/** The same of a gRPC call. */
export function grpcWords(call: CallMade, isServer: boolean, isNew: boolean): SpanWords {
  const code = call.denied ? 14 : (call.grpcStatus ?? 0)
  const [service = '', method = ''] = call.operation.split('/')
  const name = call.operation
  if (!isNew)
    return {
      name,
      attributes: {
        'rpc.system': 'grpc',
        'rpc.service': service,
        'rpc.method': method,
        'rpc.grpc.status_code': code,
        ...(isServer
          ? { 'net.sock.peer.addr': call.from.ip, 'net.host.port': call.port }
          : { 'net.peer.name': hostOf(call), 'net.peer.port': call.port }),
      },
    }
  return {
    name,
    attributes: {
      'rpc.system.name': 'grpc',
      'rpc.method': call.operation,
      'rpc.status_code': grpcNames[code] ?? String(code),
      'error.type': code ? (grpcNames[code] ?? String(code)) : undefined,
      'server.address': hostOf(call),
      'server.port': call.port,
      ...(isServer ? { 'client.address': call.from.ip } : {}),
    },
  }
}

const databases: Readonly<Record<number, { readonly system: string; readonly tables: boolean }>> = {
  5432: { system: 'postgresql', tables: true },
  6379: { system: 'redis', tables: false },
}

export const isDatabase = ({ port, protocol }: CallMade): boolean => protocol === 'tcp' && port in databases

/** Of a call to a database, which has no span of its own. */
export function databaseWords(call: CallMade, isNew: boolean): SpanWords {
  const { system = '', tables = false } = databases[call.port] ?? {}
  const database = call.to.workload?.spec.namespace ?? ''
  const operation = tables ? call.operation : 'GET'
  const peer = { 'server.address': hostOf(call), 'server.port': call.port }
  if (!isNew)
    return {
      name: `${operation} ${database}`,
      attributes: {
        'db.system': system,
        'db.name': database,
        'db.operation': operation,
        'net.peer.name': hostOf(call),
        'net.peer.port': call.port,
      },
    }
  return {
    name: `${operation} ${database}`,
    attributes: { 'db.system.name': system, 'db.namespace': database, 'db.operation.name': operation, ...peer },
  }
}

/** Of sending to a topic or taking from it. */
export function topicWords(call: CallMade, isProducer: boolean, isNew: boolean): SpanWords {
  const verb = isProducer ? 'send' : 'process'
  const topic = call.operation
  return {
    name: `${verb} ${topic}`,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': topic,
      [isNew ? 'messaging.operation.type' : 'messaging.operation']: isNew ? verb : isProducer ? 'publish' : 'process',
      'server.address': hostOf(call),
      'server.port': call.port,
    },
  }
}
