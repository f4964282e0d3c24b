import { clean } from '@/collectors/kit/text'
import { timestampMs } from '@/collectors/kit/timestamp'
import { createRecent } from '@/collectors/kit/recent'
import { port } from './decode-parts'
import { type EnumValue, actions, endpointTypes, enumValue, policyKinds, reporterNames } from './enums'
import { type FlowKey, type PolicyHit, type RawFlow, bounds, newFlow, newHit, newKey } from './flow'
import { type KnownKey, knownKey } from './known-key'
import { type ObserveOptions, createObserve } from './observe'
import type { Received } from './received'

/** A flow as protojson of Flow or FlowResult, or as whisker-backend writes it. It never throws. */
export type JsonDecoder = { decode(value: unknown): Received }

type JsonObject = { readonly [name: string]: unknown }

const maxKeys = 10_000
const notGoldmane: Received = { type: 'malformed', reason: 'not a flow of Goldmane' }
const notCounts: Received = { type: 'malformed', reason: 'counters that are no counts' }

/** As createDecoder, for JSON: the same flow gives the same observation. */
export function createJsonDecoder(options: ObserveOptions): JsonDecoder {
  const observe = createObserve(options)
  const keys = createRecent<KnownKey>(maxKeys)

  const known = (key: FlowKey): KnownKey => {
    const id = JSON.stringify(key)
    let value = keys.get(id)
    if (!value) keys.set(id, (value = knownKey(key)))
    return value
  }

  return {
    decode(value) {
      if (!isObject(value)) return notGoldmane
      const inner = isObject(value.flow) ? value.flow : value
      const key = isObject(inner.Key) ? inner.Key : isObject(inner.key) ? inner.key : null
      const named = key ?? inner
      if (get(named, 'sourceName') === undefined && get(named, 'destName') === undefined) return notGoldmane
      const flow = readFlow(inner, key === null)
      flow.id = numberOf(value.id) ?? 0
      const figures = [flow.id, flow.packetsIn, flow.packetsOut, flow.bytesIn, flow.bytesOut]
      const connections = [flow.started, flow.completed, flow.live].map((n) => n ?? 0)
      if (![...figures, ...connections].every(isCount)) return notCounts
      return observe(known(readKey(named)), flow)
    },
  }
}

const isCount = (n: number) => Number.isSafeInteger(n) && n >= 0

/** `whisker`: the key's fields are the flow's own, and connections are not told. */
function readFlow(value: JsonObject, whisker: boolean): RawFlow {
  const flow = newFlow()
  flow.start = secondsOf(get(value, 'startTime'))
  const end = secondsOf(get(value, 'endTime'))
  flow.end = Number.isFinite(end) ? end : 0
  flow.sourceLabels = labelsOf(get(value, 'sourceLabels'))
  flow.destLabels = labelsOf(get(value, 'destLabels'))
  flow.packetsIn = counter(value, 'packetsIn') ?? 0
  flow.packetsOut = counter(value, 'packetsOut') ?? 0
  flow.bytesIn = counter(value, 'bytesIn') ?? 0
  flow.bytesOut = counter(value, 'bytesOut') ?? 0
  const absent = whisker ? null : 0
  flow.started = counter(value, 'numConnectionsStarted') ?? absent
  flow.completed = counter(value, 'numConnectionsCompleted') ?? absent
  flow.live = counter(value, 'numConnectionsLive') ?? absent
  return flow
}

function readKey(value: JsonObject): FlowKey {
  const key = newKey()
  key.sourceName = textAt(value, 'sourceName')
  key.sourceNamespace = textAt(value, 'sourceNamespace')
  key.sourceType = enumAt(value, 'sourceType', endpointTypes)
  key.destName = textAt(value, 'destName')
  key.destNamespace = textAt(value, 'destNamespace')
  key.destType = enumAt(value, 'destType', endpointTypes)
  key.destPort = port(numberOf(get(value, 'destPort')) ?? 0)
  key.destServiceName = textAt(value, 'destServiceName')
  key.destServiceNamespace = textAt(value, 'destServiceNamespace')
  key.destServicePortName = textAt(value, 'destServicePortName')
  key.destServicePort = port(numberOf(get(value, 'destServicePort')) ?? 0)
  key.proto = clean(textAt(value, 'proto') || textAt(value, 'protocol'), 20)
  key.reporter = enumAt(value, 'reporter', reporterNames)
  key.action = enumAt(value, 'action', actions)
  const trace = isObject(value.policies) ? value.policies : {}
  key.enforced = hitsOf(get(trace, 'enforcedPolicies') ?? trace.enforced)
  key.pending = hitsOf(get(trace, 'pendingPolicies') ?? trace.pending)
  return key
}

const hitsOf = (value: unknown): PolicyHit[] =>
  Array.isArray(value)
    ? value
        .slice(0, bounds.hits)
        .filter(isObject)
        .map((hit) => readHit(hit, 0))
    : []

function readHit(value: JsonObject, depth: number): PolicyHit {
  const hit = newHit()
  hit.kind = enumAt(value, 'kind', policyKinds)
  hit.namespace = textAt(value, 'namespace')
  hit.name = textAt(value, 'name')
  hit.tier = textAt(value, 'tier')
  hit.action = enumAt(value, 'action', actions)
  hit.policyIndex = (numberOf(get(value, 'policyIndex')) ?? 0) | 0
  hit.ruleIndex = (numberOf(get(value, 'ruleIndex')) ?? 0) | 0
  if (isObject(value.trigger) && depth < bounds.triggers) hit.trigger = readHit(value.trigger, depth + 1)
  return hit
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const snake = new Map<string, string>()

/** A field by its protojson name, or by its name in the proto, as whisker-backend writes it. */
function get(value: JsonObject, name: string): unknown {
  if (Object.hasOwn(value, name)) return value[name]
  let other = snake.get(name)
  if (other === undefined) snake.set(name, (other = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)))
  return Object.hasOwn(value, other) ? value[other] : undefined
}

function textAt(value: JsonObject, name: string): string {
  const text = get(value, name)
  return typeof text === 'string' ? clean(text, bounds.name) : ''
}

function enumAt(value: JsonObject, name: string, names: readonly (string | undefined)[]): EnumValue {
  const given = get(value, name)
  if (typeof given === 'string') return clean(given, 100)
  return enumValue(names, typeof given === 'number' ? given | 0 : 0)
}

/** protojson writes 64-bit integers as text. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? Number(value) : null
}

const counter = (value: JsonObject, name: string): number | null => {
  const given = get(value, name)
  return given === undefined || given === null ? null : (numberOf(given) ?? Number.NaN)
}

/** Seconds since the epoch, also of an RFC 3339 time; 0 where there is none, NaN where it is no time. */
function secondsOf(value: unknown): number {
  if (value === undefined || value === null) return 0
  const seconds = numberOf(value)
  if (seconds !== null) return seconds
  return typeof value === 'string' ? timestampMs(value) / 1000 : Number.NaN
}

/** whisker-backend joins labels with ` | `. */
function labelsOf(value: unknown): string[] {
  const list = typeof value === 'string' ? (value === '' ? [] : value.slice(0, 100_000).split(' | ')) : value
  if (!Array.isArray(list)) return []
  return list
    .slice(0, bounds.labels)
    .filter((label) => typeof label === 'string')
    .map((label) => clean(label, bounds.label))
}
