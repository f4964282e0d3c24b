import type { HttpRequest } from '@/core/policy/request-match'
import type { Workload } from '../model/cluster'
import { proxyOf } from '../model/mesh'
import type { Refusal, Ruling } from './enforcement'
import type { Question } from './dialogue'
import type { Reply } from './exchange'

/** What was asked for over HTTP; null where a call carries none. */
export function requestOf({ protocol, operation, authority }: Question): HttpRequest | null {
  const [host = ''] = authority.split(':')
  if (protocol === 'grpc') return { method: 'POST', path: `/${operation}`, host, headers: {} }
  if (protocol !== 'http') return null
  const [method = 'GET', path = '/'] = operation.split(' ')
  return { method, path: path.replaceAll(/\{[a-z]\}/g, '1'), host, headers: {} }
}

/** @param ruling of a call whose connection is allowed */
export function refusalOf(
  { egress, ingress, mesh }: Ruling,
  callee: Workload | undefined,
  isHttp: boolean,
): Refusal | null {
  const byNetwork = [egress, ingress].find(({ verdict }) => verdict === 'denied')
  if (byNetwork) return { by: 'cilium', reset: !isHttp, side: byNetwork }
  const proxy = callee && proxyOf(callee)
  if (mesh.verdict !== 'denied' || !proxy) return null
  if (proxy === 'linkerd') return { by: 'linkerd', reset: !isHttp, side: mesh }
  // Who has no certificate is not let in at all, and ztunnel reads no requests.
  const reset = !isHttp || proxy === 'ztunnel' || mesh.tier === 'istio-mtls'
  return { by: 'istio', reset, side: mesh }
}

/** Milliseconds that a proxy takes to refuse. */
const refusedAfterMs = 0.9

/** The proxy's answer in the place of the callee's. gRPC hears PERMISSION_DENIED, others 403. */
export function refusedReply({ request, response }: Reply): Reply {
  const { http } = response
  if (!http) return { request, response, latency: refusedAfterMs, status: '' }
  const isGrpc = http.protocol === 'HTTP/2'
  const answer = isGrpc
    ? {
        ...http,
        code: 200,
        headers: [...http.headers.filter(([name]) => name !== 'grpc-status'), ['grpc-status', '7'] as const],
      }
    : { ...http, code: 403 }
  return {
    request,
    response: { ...response, latency: refusedAfterMs, http: answer },
    latency: refusedAfterMs,
    status: isGrpc ? 'grpc-7' : '403',
  }
}

/** As Envoy writes it: the rule that denies, or none that allows. */
export function envoyDetails({ side: { rule } }: Refusal): string {
  if (!rule) return 'rbac_access_denied_matched_policy[none]'
  const { namespace, name } = rule.policy
  const index = /\[(\d+)\]/.exec(rule.path)?.[1] ?? '0'
  return `rbac_access_denied_matched_policy[ns[${namespace}]-policy[${name}]-rule[${index}]]`
}
