import { expect } from 'vitest'
import type { Observation } from '@/core/observation'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { isObservation } from './received'
import { createEncoder } from './test-encode'

const encode = createEncoder()
export const pod = (name: string, ID = 0) => ({
  ID,
  identity: 700,
  namespace: 'shop',
  labels: [`k8s:app=${name}`],
  pod_name: `${name}-1`,
  workloads: [{ name, kind: 'Deployment' }],
})
export const base = {
  time: '2026-07-31T10:41:02.202450754Z',
  verdict: 'FORWARDED',
  IP: { source: '10.0.0.1', destination: '10.0.0.2', ipVersion: 'IPv4' },
  l4: { TCP: { source_port: 40000, destination_port: 80, flags: { SYN: true } } },
  source: pod('a'),
  destination: pod('b'),
  Type: 'L3_L4',
  node_name: 'n1',
  event_type: { type: 4 },
  traffic_direction: 'EGRESS',
  trace_observation_point: 'TO_STACK',
  is_reply: false,
}

/** Every flow is read both ways; both must say the same. */
export function read(...flows: object[]): Observation[] {
  const bytes = createDecoder('c1')
  const json = createJsonDecoder('c1')
  return flows.map((flow) => {
    const one = bytes.decode(encode({ flow }))
    const other = json.decode(JSON.stringify({ flow }))
    if (!isObservation(one) || !isObservation(other)) throw new Error('No observation.')
    expect({ ...one, key: 0n, record: one.record?.() }).toEqual({ ...other, key: 0n, record: other.record?.() })
    return one
  })
}
export const readOne = (changes: object): Observation => read({ ...base, ...changes })[0] as Observation
export const counts = (...flows: object[]) => read(...flows).map((o) => o.counts)
export const fieldsOf = (o: Observation): Record<string, unknown> => {
  const record = o.record?.()
  return { ...JSON.parse(record?.shape ?? '{}'), ...JSON.parse(record?.detail ?? '{}') } as Record<string, unknown>
}
export const later = (ms: number) => new Date(Date.parse('2026-07-31T10:41:02.202Z') + ms).toISOString()

export const reply = {
  IP: { source: '10.0.0.2', destination: '10.0.0.1' },
  l4: { TCP: { source_port: 80, destination_port: 40000, flags: { ACK: true } } },
  source: pod('b'),
  destination: pod('a'),
  is_reply: true,
}
export const http = (type: string, code: number, more: object = {}) => ({
  Type: 'L7',
  event_type: { type: 129 },
  l7: {
    type,
    latency_ns: type === 'RESPONSE' ? '2500000' : undefined,
    http: { code, method: 'GET', url: 'http://b/x', ...more },
  },
})
