import { describe, expect, it } from 'vitest'
import { one } from './test-decode'
import { structOf } from './test-encode'
import { cartNode, http, inbound, outbound, request, tcp, webNode } from './test-samples'

describe('records', () => {
  const record = (message: object) => {
    const { record } = one(message)
    const { shape, detail, ...rest } = record?.() ?? { shape: '{}', detail: '{}' }
    return { shape: JSON.parse(shape) as object, detail: JSON.parse(detail) as object, text: shape + detail, rest }
  }

  it('keep what many share apart from what is the entry’s own', () => {
    const { shape, detail, rest } = record(http(cartNode, { ...inbound, response_flags: { upstream_overflow: true } }))
    expect(shape).toMatchObject({
      upstream_cluster: 'inbound|8000||',
      'request.request_method': 'GET',
      'response.response_code': 200,
      response_flags: ['UO'],
      access_log_type: 'DownstreamEnd',
      'proxy.id': cartNode.id,
      'proxy.envoy': '1.35.3',
      'filter_state_objects.downstream_peer.WORKLOAD_NAME': 'web',
    })
    expect(detail).toMatchObject({
      start_time: '2026-09-21T14:13:20.250Z',
      duration: 12,
      'request.path': '/items?token=[cut]&page=2',
      'request.request_id': 'r-1',
      downstream_direct_remote_address: '10.0.0.5:41234',
    })
    expect(rest).toEqual({ sourcePort: 41234, status: 200, summary: 'GET cart.shop/items?token=[cut]&page=2' })
  })

  it('hold no secrets', () => {
    const { text } = record(
      http(
        cartNode,
        {
          ...inbound,
          custom_tags: { 'x-api-key': 'hidden1' },
          metadata: {
            filter_metadata: {
              'envoy.filters.http.jwt_authn': structOf({ payload: { sub: 'hidden2' } }),
              app: structOf({ access_token: 'hidden3', tier: 'gold' }),
            },
          },
        },
        {
          request: {
            ...request,
            referer: 'https://user:hidden4@x.example.com/?password=hidden5',
            request_headers: { authorization: 'Bearer hidden6', cookie: 'hidden7', accept: 'text/html' },
          },
          response: { response_code: { value: 200 }, response_headers: { 'set-cookie': 'hidden8' } },
        },
      ),
    )
    expect(text).not.toMatch(/hidden|c2Vzc2lvbg|s3cret/)
    expect(text).toMatch(/gold.*text\/html|text\/html.*gold/)
  })

  it('of connections name what was dialled', () => {
    const { rest, detail } = record(tcp(webNode, { ...outbound, access_log_type: 3 }, { received_bytes: 5 }))
    expect(rest).toEqual({ sourcePort: 41234, summary: 'TCP cart.shop.svc.cluster.local:80' })
    expect(detail).toMatchObject({ 'connection_properties.received_bytes': 5 })
  })
})
