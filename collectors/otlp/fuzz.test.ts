import { expect, it } from 'vitest'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { createPairs, pairLimits } from './pair'
import type { Span } from './span'
import { encodeRequest, requestOf } from './test-encode'
import { createZipkinDecoder } from './zipkin'

const rounds = 5_000

const seed = requestOf(
  [
    { 'service.name': 'web', 'k8s.namespace.name': 'shop' },
    {
      id: 1,
      kind: 3,
      attributes: {
        'http.url': 'http://u:p@x.example.com:80/a?token=b',
        'http.status_code': 200,
        'rpc.system': 'grpc',
      },
    },
  ],
  [
    { 'service.name': 'cart' },
    { id: 2, parent: 1, kind: 2, failed: true, attributes: { 'client.address': '10.0.0.1', 'server.port': 80 } },
    { id: 3, kind: 5, links: [1], attributes: { 'messaging.system': 'kafka', 'messaging.destination.name': 'a' } },
    { id: 4, kind: 3, attributes: { 'db.system': 'redis', 'tls.established': true, 'db.name': '\u202e\u0000' } },
  ],
)

/** Whatever was read must go all the way without throwing or giving something without bounds. */
function check(spans: readonly Span[]): void {
  const pairs = createPairs('c1', { ...pairLimits, maxHeld: 3 })
  for (const span of spans) pairs.add(span, 0)
  pairs.release()
  for (const o of pairs.take().observations) {
    if (!(o.port >= 0 && o.port <= 65_535) || !Number.isFinite(o.time) || o.fromIp.length + o.toIp.length > 200)
      throw new Error('Out of bounds.')
    if (o.type === 'request' && !(Number(o.latency) >= 0)) throw new Error('A latency below zero.')
    const record = o.record?.()
    if ((record?.summary.length ?? 0) > 200) throw new Error('A summary without bounds.')
    if (/[\u202e\0]/.test(`${record?.shape}${record?.detail}`)) throw new Error('Text that is not clean.')
    JSON.parse(record?.shape ?? '{}')
    JSON.parse(record?.detail ?? '{}')
  }
}

it(`reads ${rounds} damaged messages without throwing`, () => {
  const random = lcg(42)
  const whole = encodeRequest(seed)
  const decode = createDecoder(undefined)
  let refused = 0
  for (let i = 0; i < rounds; i++) {
    const bytes = Buffer.from(whole)
    for (let n = 1 + random(6); n > 0; n--) bytes[random(bytes.length)] = random(256)
    const read = decode(random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes, 100)
    if (read) check(read.spans)
    else refused++
  }
  expect(refused).toBeGreaterThan(rounds / 20)
  expect(refused).toBeLessThan(rounds)
})

it(`reads ${rounds} random messages without throwing`, () => {
  const random = lcg(44)
  const decode = createDecoder(undefined)
  for (let i = 0; i < rounds; i++) {
    const bytes = Buffer.from(Array.from({ length: random(60) }, () => (random(3) ? random(24) : random(256))))
    check(decode(bytes, 100)?.spans ?? [])
  }
})

const pieces = [
  'null',
  '[]',
  '{}',
  '"x"',
  '-1',
  '1e999',
  'true',
  '{"__proto__":1}',
  '"\\ud800"',
  '99999999999999999999',
  '""',
]

it(`reads ${rounds} damaged documents without throwing`, () => {
  const random = lcg(43)
  const text = JSON.stringify(seed)
  const zipkinText = JSON.stringify({
    traceId: '463ac35c9f6413ad',
    id: '463ac35c9f6413ad',
    parentId: '1',
    kind: 'CLIENT',
    timestamp: 1_700_000_000_000_000,
    duration: 5,
    shared: true,
    localEndpoint: { serviceName: 'web', ipv4: '10.0.0.1' },
    remoteEndpoint: { serviceName: 'cart', ipv4: '10.0.0.2', port: 80 },
    tags: { 'http.status_code': '200', error: '' },
  })
  const decode = createJsonDecoder(undefined)
  const zipkin = createZipkinDecoder(undefined)
  for (let i = 0; i < rounds; i++) {
    const damage = (whole: string) =>
      whole.replace(/:("[^"]*"|\d+|true|\{|\[)/g, (part) =>
        random(30) === 0 && !/[{[]$/.test(part) ? `:${pieces[random(pieces.length)]}` : part,
      )
    check(decode(JSON.parse(damage(text)), 100)?.spans ?? [])
    const span = zipkin(JSON.parse(damage(zipkinText)))
    if (typeof span !== 'string') check([span])
  }
})

function lcg(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
