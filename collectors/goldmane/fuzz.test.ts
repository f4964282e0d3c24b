import { expect, it } from 'vitest'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import type { Received } from './received'
import { encodeResult, flowOf } from './test-encode'

const hostile = '\u202eweb\u0007'
const hit = { kind: 'EndOfTier', tier: 'default', action: 'Deny', ruleIndex: -1, trigger: { name: hostile, kind: 3 } }
const flows = [
  flowOf(),
  flowOf({ action: 'Deny', sourceName: hostile, policies: { enforcedPolicies: [hit], pendingPolicies: [hit, hit] } }),
  flowOf({ sourceType: 'Network', sourceName: 'pub', reporter: 'Dst' }, { sourceLabels: ['__proto__=1'] }),
]
const rounds = 20_000

/** Reading it, record included, must neither throw nor give something without bounds. */
function check(received: Received): void {
  if (received.type !== 'flow') return
  const { time, spanMs = 0, port, reason, from, to } = received
  if (!Number.isFinite(time) || spanMs <= 0 || spanMs > 3_600_000) throw new Error('A time without bounds.')
  if (port < 0 || port > 65_535 || reason.length > 100) throw new Error('Out of bounds.')
  for (const figure of [received.flows, received.connectionSeconds, received.bytesSent, received.bytesReceived])
    if (figure !== undefined && !(figure >= 0)) throw new Error('A negative figure.')
  if (/\p{Cc}|\u202e/u.test(JSON.stringify([from, to, reason]))) throw new Error('Unprintable text.')
  const record = received.record?.()
  if ((record?.summary.length ?? 0) > 200) throw new Error('A summary without bounds.')
  JSON.parse(record?.shape ?? '')
  JSON.parse(record?.detail ?? '')
}

it(`reads ${rounds} damaged messages without throwing`, () => {
  const random = lcg(42)
  const encoded = flows.map((flow, id) => encodeResult({ id, flow }))
  const decoder = createDecoder({ cluster: 'c1', windowSeconds: 15 })
  let malformed = 0
  for (let i = 0; i < rounds; i++) {
    const bytes = Buffer.from(encoded[i % encoded.length] ?? [])
    for (let n = 1 + random(6); n > 0; n--) bytes[random(bytes.length)] = random(256)
    const received = decoder.result(random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes)
    if (received.type === 'malformed') malformed++
    check(received)
  }
  expect(malformed).toBeGreaterThan(rounds / 20)
  expect(malformed).toBeLessThan(rounds)
})

it(`reads ${rounds} damaged values without throwing`, () => {
  const random = lcg(43)
  const texts = flows.map((flow) => JSON.stringify({ id: '1', flow }))
  const decoder = createJsonDecoder({ cluster: 'c1', windowSeconds: 15 })
  const pieces = ['null', '[]', '{}', '"x"', '-1', '1e999', 'true', '{"__proto__":1}', '"\\ud800"', '[null,1]', '"9"']
  let flowsRead = 0
  for (let i = 0; i < rounds; i++) {
    const value = (texts[i % texts.length] ?? '').replace(/:("[^"]*"|-?\d+|true)/g, (whole) =>
      random(12) === 0 ? `:${pieces[random(pieces.length)]}` : whole,
    )
    const received = decoder.decode(JSON.parse(value))
    if (received.type === 'flow') flowsRead++
    check(received)
  }
  expect(flowsRead).toBeGreaterThan(rounds / 20)
})

it.each([[null], [1], ['x'], [[]], [{}], [{ flow: null }], [{ flow: {} }], [{ Key: null }]])(
  '%j is no flow',
  (value) => {
    const decoder = createJsonDecoder({ cluster: 'c1', windowSeconds: 15 })
    expect(decoder.decode(value)).toMatchObject({ type: 'malformed' })
  },
)

function lcg(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
