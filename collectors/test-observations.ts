import type { FlowObservation, RequestObservation } from '@/core/observation'

/** Observations for tests: an allowed TCP flow and an HTTP response, with what a case says of them. */
export const flowOf = (fields: Partial<FlowObservation> = {}): FlowObservation => ({
  type: 'flow',
  flows: 1,
  time: 1_000_000,
  key: 1n,
  cluster: 'c',
  reporter: 'destination',
  from: { namespace: 'shop', pod: 'web', workload: { kind: 'Deployment', name: 'web' } },
  to: { namespace: 'shop', pod: 'db', workload: { kind: 'StatefulSet', name: 'db' } },
  fromIp: '10.0.0.1',
  toIp: '10.0.0.2',
  port: 5432,
  protocol: 'tcp',
  verdict: 'allowed',
  reason: '',
  encryption: 'unknown',
  counts: true,
  ...fields,
})

export const responseOf = (fields: Partial<RequestObservation> = {}): RequestObservation => {
  const { type: _type, flows: _flows, ...common } = flowOf()
  return {
    ...common,
    type: 'request',
    l7: 'http',
    requests: 0,
    responses: 1,
    clientErrors: 0,
    serverErrors: 0,
    latency: 12,
    ...fields,
  }
}
