import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, malformed, number, repeatedText, skip, varint } from '@/collectors/kit/wire'
import { actions, endpointTypes, enumValue, policyKinds, reporterNames } from './enums'
import { type FlowKey, type PolicyHit, bounds, newHit, newKey } from './flow'

/** FlowKey of goldmane/proto/api.proto between the reader and `stop`. Unknown fields are passed over. */
export function readKey(wire: Wire, stop: number): FlowKey {
  const key = newKey()
  while (wire.at < stop) {
    const tag = varint(wire)
    switch (tag) {
      case 10:
        key.sourceName = name(wire, stop)
        break
      case 18:
        key.sourceNamespace = name(wire, stop)
        break
      case 24:
        key.sourceType = enumValue(endpointTypes, varint(wire))
        break
      case 34:
        key.destName = name(wire, stop)
        break
      case 42:
        key.destNamespace = name(wire, stop)
        break
      case 48:
        key.destType = enumValue(endpointTypes, varint(wire))
        break
      case 56:
        key.destPort = port(varint(wire))
        break
      case 66:
        key.destServiceName = name(wire, stop)
        break
      case 74:
        key.destServiceNamespace = name(wire, stop)
        break
      case 82:
        key.destServicePortName = name(wire, stop)
        break
      case 88:
        key.destServicePort = port(varint(wire))
        break
      case 98:
        key.proto = clean(repeatedText(wire, stop), 20)
        break
      case 104:
        key.reporter = enumValue(reporterNames, varint(wire))
        break
      case 112:
        key.action = enumValue(actions, varint(wire))
        break
      case 122:
        readTrace(key, wire, fieldEnd(wire, stop))
        break
      default:
        skip(wire, tag, stop)
    }
  }
  if (wire.at !== stop) throw malformed
  return key
}

function readTrace(key: FlowKey, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) keep(key.enforced, readHit(wire, fieldEnd(wire, stop), 0))
    else if (tag === 18) keep(key.pending, readHit(wire, fieldEnd(wire, stop), 0))
    else skip(wire, tag, stop)
  }
}

const keep = (hits: PolicyHit[], hit: PolicyHit) => {
  if (hits.length < bounds.hits) hits.push(hit)
}

function readHit(wire: Wire, stop: number, depth: number): PolicyHit {
  const hit = newHit()
  while (wire.at < stop) {
    const tag = varint(wire)
    switch (tag) {
      case 8:
        hit.kind = enumValue(policyKinds, varint(wire))
        break
      case 18:
        hit.namespace = name(wire, stop)
        break
      case 26:
        hit.name = name(wire, stop)
        break
      case 34:
        hit.tier = name(wire, stop)
        break
      case 40:
        hit.action = enumValue(actions, varint(wire))
        break
      case 48:
        hit.policyIndex = index(wire)
        break
      case 56:
        hit.ruleIndex = index(wire)
        break
      case 66:
        if (depth < bounds.triggers) hit.trigger = readHit(wire, fieldEnd(wire, stop), depth + 1)
        else wire.at = fieldEnd(wire, stop)
        break
      default:
        skip(wire, tag, stop)
    }
  }
  if (wire.at !== stop) throw malformed
  return hit
}

/** A small number that may be negative: the low 32 bits of the varint, which doubles past 2^53 would round away. */
function index(wire: Wire): number {
  const start = wire.at
  varint(wire)
  let value = 0
  for (let i = 0; start + i < wire.at && i < 5; i++) value |= ((wire.buffer[start + i] ?? 0) & 0x7f) << (7 * i)
  return value
}

const name = (wire: Wire, stop: number) => clean(repeatedText(wire, stop), bounds.name)

export const port = (value: number): number => (value > 0 && value <= 65_535 ? Math.trunc(value) : 0)

/** A count; a negative or absurd one makes the message malformed. */
export function count(wire: Wire, tag: number, stop: number): number {
  const value = number(wire, tag, stop)
  if (value > Number.MAX_SAFE_INTEGER) throw malformed
  return value
}
