import { describe, expect, it } from 'vitest'
import type { FlowObservation } from '@/core/observation'
import { base, counts, later, readOne } from './test-rules'

describe('counting', () => {
  const denial = { ...base, verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENIED' }
  const verdictEvent = { ...denial, event_type: { type: 5 } }
  const dropEvent = { ...denial, event_type: { type: 1, sub_type: 133 } }
  const trace = (point: string, ms = 0, more: object = {}) => ({
    ...base,
    time: later(ms),
    trace_observation_point: point,
    ...more,
  })
  const allow = { ...base, event_type: { type: 5 }, trace_observation_point: undefined }

  it('a denial’s two events count once, either way round, and a retry counts again', () => {
    expect(counts(verdictEvent, dropEvent, verdictEvent, dropEvent)).toEqual([true, false, true, false])
    expect(counts(dropEvent, verdictEvent)).toEqual([true, false])
    expect(counts(verdictEvent, verdictEvent, dropEvent, dropEvent)).toEqual([true, true, false, false])
    expect(counts(dropEvent, dropEvent)).toEqual([true, true])
  })

  it('denials on different nodes or connections are different ones', () => {
    const other = { ...dropEvent, node_name: 'n2' }
    const port = { ...dropEvent, l4: { TCP: { source_port: 40001, destination_port: 80, flags: { SYN: true } } } }
    expect(counts(verdictEvent, other, port)).toEqual([true, true, true])
  })

  it('an allowing policy verdict and the packet’s trace event count once', () => {
    expect(counts(allow, trace('TO_STACK', 1), trace('TO_STACK', 2))).toEqual([true, false, true])
    expect(counts(trace('TO_STACK', 0), { ...allow, time: later(1) })).toEqual([true, false])
  })

  it('of the points that a packet passes on one side, one counts', () => {
    expect(
      counts(
        trace('FROM_ENDPOINT'),
        trace('TO_PROXY', 1),
        trace('TO_STACK', 2),
        trace('TO_NETWORK', 3),
        trace('TO_PROXY', 9),
      ),
    ).toEqual([false, true, false, false, true])
  })

  it('both sides on one node count for themselves', () => {
    expect(counts(trace('TO_STACK'), trace('TO_ENDPOINT', 1, { traffic_direction: 'INGRESS' }))).toEqual([true, true])
  })

  it('a proxy’s second leg and socket events do not count', () => {
    const proxied = { identity: 700, namespace: 'shop', labels: ['k8s:app=a'] }
    const leg = trace('TO_OVERLAY', 0, { source: proxied, traffic_direction: undefined, is_reply: undefined })
    expect(counts(leg, { ...base, Type: 'SOCK', event_type: { type: 7 } })).toEqual([false, false])
  })

  it('the observation point is read from the sub-type where the field is absent', () => {
    expect(counts({ ...base, trace_observation_point: undefined, event_type: { type: 4, sub_type: 5 } })).toEqual([
      false,
    ])
  })
})

it('an exporter’s aggregate counts as many flows as it stands for', () => {
  expect((readOne({ aggregate: { ingress_flow_count: 4, egress_flow_count: 3 } }) as FlowObservation).flows).toBe(7)
})
