import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Decoded, createDecoder, newIdentity } from './decode'
import { readAlsFile } from './import'
import { anyStruct, encodeMessage, structOf } from './test-encode'
import { cartNode, cartPeer, gatewayNode, http, inbound, outbound, tcp, webNode } from './test-samples'

const busy = {
  ...inbound,
  metadata: { filter_metadata: { app: structOf({ deep: { list: [1, 'a', { b: true }] } }) } },
  custom_tags: { tag: 'value' },
  filter_state_objects: { upstream_peer: cartPeer, 'wasm.downstream_peer': anyStruct({ NAMESPACE: 'shop' }) },
  response_flags: { upstream_overflow: true, unauthorized_details: { reason: 1 } },
}
const seeds = [
  http(cartNode, busy, { request: { path: '/a?token=1', request_headers: { authorization: 'x' } } }),
  http(gatewayNode, outbound),
  tcp(webNode, { ...outbound, access_log_type: 3 }, { received_bytes: 5 }),
]

const rounds = 20_000

/** Reading it, records included, must neither throw nor give something without bounds. */
function check({ observations }: Decoded): void {
  for (const observation of observations) {
    const { time, port, reason, record } = observation
    if (!Number.isFinite(time) || port < 0 || port > 65_535 || reason.length > 100) throw new Error('Out of bounds.')
    const { summary = '', shape = '{}', detail = '{}' } = record?.() ?? {}
    if (summary.length > 200) throw new Error('A summary without bounds.')
    JSON.parse(shape)
    JSON.parse(detail)
  }
}

const read = (...messages: Buffer[]): Decoded => {
  const decoder = createDecoder('c1')
  const identity = newIdentity()
  const into: Decoded = { observations: [], malformed: 0, intermediate: 0 }
  for (const message of messages) decoder.decode(message, identity, into)
  return into
}

it(`reads ${rounds} damaged messages without throwing`, () => {
  const random = lcg(42)
  const encoded = seeds.map(encodeMessage)
  const messages = Array.from({ length: rounds }, (_, i) => {
    const bytes = Buffer.from(encoded[i % encoded.length] ?? [])
    for (let n = 1 + random(6); n > 0; n--) bytes[random(bytes.length)] = random(256)
    return random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes
  })
  const decoded = read(...messages)
  expect(decoded.malformed).toBeGreaterThan(rounds / 20)
  expect(decoded.observations.length).toBeGreaterThan(rounds / 20)
  check(decoded)
})

it('reads any bytes without throwing', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => check(read(Buffer.from(bytes)))))
})

it('keeps hostile text and nesting within bounds', () => {
  let deep: object = { end: 1 }
  for (let i = 0; i < 20; i++) deep = { deep }
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`key-${i}`, `v\u202e\u0000${i}`]))
  const common = { ...inbound, metadata: { filter_metadata: { app: structOf({ ...many, deep }) } }, custom_tags: many }
  const request = { authority: 'x'.repeat(100_000), path: `/${'y'.repeat(100_000)}`, request_headers: many }
  const metadata = structOf({ ...many, ['__proto__']: { polluted: 'yes' }, NAME: 'p'.repeat(10_000), NAMESPACE: 'n' })
  const decoded = read(encodeMessage(http({ ...cartNode, metadata }, common, { request })))
  check(decoded)
  const [observation] = decoded.observations
  const { shape = '', detail = '' } = observation?.record?.() ?? {}
  expect(shape.length + detail.length).toBeLessThan(100_000)
  expect(shape + detail).not.toMatch(/\u202e|\\u0000/)
  expect(observation?.to.pod?.length).toBeLessThanOrEqual(253)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

it(`reads ${rounds / 10} damaged lines without throwing`, async () => {
  const random = lcg(43)
  const texts = seeds.map((seed) => JSON.stringify(seed))
  const pieces = ['null', '[]', '{}', '"x"', '-1', '1e999', 'true', '{"__proto__":1}', '"\\ud800"', '1.5']
  const lines = Array.from({ length: rounds / 10 }, (_, i) => {
    const line = (texts[i % texts.length] ?? '').replace(/:("[^"]*"|\d+|true|\{|\[)/g, (whole) =>
      random(12) === 0 && !/[{[]$/.test(whole) ? `:${pieces[random(pieces.length)]}` : whole,
    )
    return random(10) === 0 ? line.slice(0, random(line.length)) : line
  })
  let counted = 0
  for await (const batch of readAlsFile(bytesOf(lines.join('\n')), { cluster: 'c1' })) {
    check({ observations: [...batch.observations], malformed: 0, intermediate: 0 })
    counted += batch.used + Object.values(batch.skipped).reduce((a, b) => a + b, 0)
  }
  expect(counted).toBe(lines.filter((line) => line.trim() !== '').length)
})

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

function lcg(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
