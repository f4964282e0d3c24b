import { describe, expect, it } from 'vitest'
import { readOne, reply } from './test-rules'

describe('direction', () => {
  it('a reply is an observation of the call, from the caller to the server’s port, and not counted', () => {
    const o = readOne(reply)
    expect(o).toMatchObject({ fromIp: '10.0.0.1', toIp: '10.0.0.2', port: 80, counts: false, reporter: 'source' })
    expect([o.from.pod, o.to.pod, o.record?.().sourcePort]).toEqual(['a-1', 'b-1', 40000])
  })

  it.each([
    ['reply', { reply: true, l4: { TCP: { source_port: 80, destination_port: 40000, flags: { ACK: true } } } }, 80],
    ['connection tracking', { trace_reason: 'REPLY' }, 40000],
    ['SYN alone', { l4: { TCP: { source_port: 5000, destination_port: 45000, flags: { SYN: true } } } }, 45000],
    [
      'SYN and ACK',
      { l4: { TCP: { source_port: 8080, destination_port: 9000, flags: { SYN: true, ACK: true } } } },
      8080,
    ],
    ['an ephemeral port', { l4: { TCP: { source_port: 9080, destination_port: 58634, flags: { ACK: true } } } }, 9080],
    ['a well-known port', { l4: { UDP: { source_port: 53, destination_port: 9000 } } }, 53],
    ['nothing', { l4: { UDP: { source_port: 5000, destination_port: 6000 } } }, 6000],
  ])('without is_reply, by %s', (_, changes, port) => {
    expect(readOne({ is_reply: undefined, ...changes }).port).toBe(port)
  })

  it.each([
    [{ traffic_direction: 'INGRESS' }, 'destination'],
    [{ ...reply, traffic_direction: 'INGRESS' }, 'destination'],
    [{ traffic_direction: undefined, trace_observation_point: 'TO_ENDPOINT' }, 'destination'],
    [{ ...reply, traffic_direction: undefined, trace_observation_point: 'TO_ENDPOINT' }, 'source'],
    [{ traffic_direction: undefined, trace_observation_point: 'TO_OVERLAY' }, 'source'],
    [{ traffic_direction: undefined, trace_observation_point: 'TO_PROXY' }, 'unknown'],
  ])('reporter of %j', (changes, reporter) => {
    expect(readOne(changes).reporter).toBe(reporter)
  })
})
