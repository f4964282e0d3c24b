import { describe, expect, it } from 'vitest'
import { one, without } from './test-decode'
import { cartNode, http, inbound, mutualTls, tcp, waypointNode, webNode, outbound } from './test-samples'

describe('encryption', () => {
  const tls = (tls_properties: object | undefined) => ({ ...inbound, tls_properties })
  const cases: readonly [what: string, node: object, common: object, expected: string][] = [
    ['inbound with a peer’s URI', cartNode, inbound, 'mtls'],
    ['inbound with a peer’s URI under TLS 1.1', cartNode, tls({ ...mutualTls, tls_version: 2 }), 'tls'],
    ['inbound with a URI and no version', cartNode, tls({ ...mutualTls, tls_version: 0 }), 'unknown'],
    ['inbound TLS without a peer’s certificate', cartNode, tls({ tls_version: 4 }), 'tls'],
    ['inbound with a server name alone', cartNode, tls({ tls_sni_hostname: 'x.example.com' }), 'unknown'],
    ['inbound with empty TLS properties', cartNode, tls({}), 'plaintext'],
    ['inbound without TLS', cartNode, tls(undefined), 'plaintext'],
    [
      'inbound through a listener within Envoy',
      cartNode,
      {
        ...tls(undefined),
        downstream_direct_remote_address: { envoy_internal_address: { server_listener_name: 'x' } },
      },
      'unknown',
    ],
    ['outbound, whatever the app’s own TLS was', webNode, { ...outbound, tls_properties: mutualTls }, 'unknown'],
    ['a waypoint with a peer’s URI', waypointNode, inbound, 'mtls'],
    ['a waypoint without', waypointNode, tls(undefined), 'unknown'],
  ]
  it.each(cases)('%s', (_, node, common, expected) => {
    expect(one(http(node, common)).encryption).toBe(expected)
  })
})

describe('what happened', () => {
  const denied = 'rbac_access_denied_matched_policy[ns[shop]-policy[only-web]-rule[0]]'
  const cases: readonly [what: string, common: object, response: object, verdict: string, reason: string][] = [
    ['no flag', {}, { response_code: { value: 500 } }, 'allowed', ''],
    ['a refusal by RBAC', {}, { response_code: { value: 403 }, response_code_details: denied }, 'denied', denied],
    ['a 403 of the app', {}, { response_code: { value: 403 }, response_code_details: 'via_upstream' }, 'allowed', ''],
    [
      'a refusal by an external service',
      { response_flags: { unauthorized_details: { reason: 1 } } },
      {},
      'denied',
      'UAEX',
    ],
    ['a failed connection', { response_flags: { upstream_connection_failure: true } }, {}, 'error', 'UF'],
    [
      'retries that did not help',
      { response_flags: { upstream_retry_limit_exceeded: true, upstream_connection_failure: true } },
      {},
      'error',
      'UF',
    ],
    ['an overflow', { response_flags: { upstream_overflow: true } }, {}, 'error', 'UO'],
    ['an injected delay', { response_flags: { delay_injected: true } }, {}, 'allowed', ''],
    ['a caller who went away', { response_flags: { downstream_connection_termination: true } }, {}, 'allowed', 'DC'],
    ['a host that the mesh does not know', { route_name: 'block_all' }, {}, 'denied', 'BlackHoleCluster'],
  ]
  it.each(cases)('%s', (_, common, response, verdict, reason) => {
    expect(one(http(cartNode, { ...inbound, ...common }, { response }))).toMatchObject({ verdict, reason })
  })

  it('is told of a connection that RBAC refused by its termination', () => {
    const common = {
      ...without(inbound, 'upstream_cluster'),
      connection_termination_details: denied,
      access_log_type: 3,
    }
    expect(one(tcp(cartNode, common, {}))).toMatchObject({
      type: 'flow',
      reporter: 'destination',
      verdict: 'denied',
      reason: denied,
      flows: 1,
      bytesSent: 0,
    })
  })
})
