import { expect, it } from 'vitest'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { isObservation, type Received } from './received'
import { createEncoder } from './test-encode'

const flow = {
  time: '2026-07-31T10:41:02.202450754Z',
  uuid: 'cd75b2ac-0000-4000-8000-000000000000',
  verdict: 'DROPPED',
  drop_reason: 181,
  drop_reason_desc: 'POLICY_DENY',
  IP: { source: '10.0.1.235', destination: '10.0.0.21', ipVersion: 'IPv4' },
  l4: { TCP: { source_port: 60524, destination_port: 80, flags: { SYN: true } } },
  source: {
    ID: 423,
    identity: 24753,
    cluster_name: 'east',
    namespace: 'lab',
    labels: ['k8s:app=x'],
    pod_name: 'x-1',
    workloads: [{ name: 'x', kind: 'Deployment' }],
  },
  destination: { identity: 2, labels: ['reserved:world'] },
  Type: 'L7',
  node_name: 'east/n1',
  l7: {
    type: 'RESPONSE',
    latency_ns: '12345',
    http: {
      code: 503,
      method: 'GET',
      url: 'http://x/y?token=1',
      headers: [{ key: 'content-type', value: 'application/grpc' }],
    },
  },
  event_type: { type: 129 },
  destination_names: ['x.example.com'],
  is_reply: true,
  egress_denied_by: [{ name: 'p', namespace: 'lab', labels: ['a=b'], revision: '6', kind: 'CiliumNetworkPolicy' }],
}
const seeds = [
  { flow, node_name: 'east/n1', time: flow.time },
  { lost_events: { source: 1, num_events_lost: '7' } },
  { node_status: { state_change: 2, node_names: ['n1'] } },
]

const rounds = 20_000

/** Reading it, records included, must neither throw nor give something without bounds. */
function check(received: Received): void {
  if (!isObservation(received)) return
  if (!Number.isFinite(received.time) || received.port < 0 || received.port > 65_535) throw new Error('Out of bounds.')
  const record = received.record?.()
  if ((record?.summary.length ?? 0) > 200) throw new Error('A summary without bounds.')
  JSON.parse(record?.shape ?? '{}')
  JSON.parse(record?.detail ?? '{}')
}

it(`reads ${rounds} damaged messages without throwing`, () => {
  const random = lcg(42)
  const encoded = seeds.map(createEncoder())
  const decoder = createDecoder('c1')
  let malformed = 0
  for (let i = 0; i < rounds; i++) {
    const bytes = Buffer.from(encoded[i % encoded.length] ?? [])
    for (let n = 1 + random(6); n > 0; n--) bytes[random(bytes.length)] = random(256)
    const received = decoder.decode(random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes)
    if (received.type === 'malformed') malformed++
    check(received)
  }
  expect(malformed).toBeGreaterThan(rounds / 20)
  expect(malformed).toBeLessThan(rounds)
})

it(`reads ${rounds} damaged lines without throwing`, () => {
  const random = lcg(43)
  const texts = seeds.map((seed) => JSON.stringify(seed))
  const decoder = createJsonDecoder('c1')
  const pieces = ['null', '[]', '{}', '"x"', '-1', '1e999', 'true', '{"__proto__":1}', '"\\ud800"']
  for (let i = 0; i < rounds; i++) {
    const text = texts[i % texts.length] ?? ''
    // Values are swapped for others of a wrong type, so that most lines stay JSON.
    const line = text.replace(/:("[^"]*"|\d+|true|\{|\[)/g, (whole) =>
      random(12) === 0 && !/[{[]$/.test(whole) ? `:${pieces[random(pieces.length)]}` : whole,
    )
    check(decoder.decode(random(10) === 0 ? line.slice(0, random(line.length)) : line))
  }
})

function lcg(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
