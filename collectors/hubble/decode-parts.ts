import type { Protocol } from '@/core/verdict'
import type { EndFields } from './ends'
import { enumName, l7Types } from './enums'
import { type RawFlow, noteHeader } from './raw-flow'
import { type Wire, fieldEnd, fieldOf, repeatedText, skip, text, varint } from '@/collectors/kit/wire'

const protocolOf: readonly Protocol[] = ['unknown', 'tcp', 'udp', 'icmp', 'icmp', 'sctp']

/** Ports, protocol and TCP flags of a Layer4 message that ends at `stop`. */
export function decodeL4(raw: RawFlow, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    const protocol = protocolOf[fieldOf(tag)]
    if (protocol === undefined || (tag & 7) !== 2) {
      skip(wire, tag, stop)
      continue
    }
    const end = fieldEnd(wire, stop)
    raw.protocol = protocol
    if (protocol === 'icmp') wire.at = end
    else decodePorts(raw, wire, end)
  }
}

function decodePorts(raw: RawFlow, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.sourcePort = varint(wire) & 0xffff
    else if (tag === 16) raw.destinationPort = varint(wire) & 0xffff
    else if (tag === 26 && raw.protocol === 'tcp') decodeFlags(raw, wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
}

function decodeFlags(raw: RawFlow, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 16) raw.syn = varint(wire) !== 0
    else if (tag === 40) raw.ack = varint(wire) !== 0
    else skip(wire, tag, stop)
  }
}

/** Type, latency and outcome of a Layer7 message that ends at `stop`. */
export function decodeL7(raw: RawFlow, wire: Wire, stop: number): void {
  raw.l7Type = enumName(l7Types, 0)
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.l7Type = enumName(l7Types, varint(wire))
    else if (tag === 16) raw.latencyNs = varint(wire)
    else if (tag === 802) decodeDns(raw, wire, fieldEnd(wire, stop))
    else if (tag === 810) decodeHttp(raw, wire, fieldEnd(wire, stop))
    else if (tag === 818) decodeKafka(raw, wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
}

function decodeDns(raw: RawFlow, wire: Wire, stop: number): void {
  raw.l7 = 'dns'
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 48) raw.code = varint(wire) | 0
    else if (tag === 10) raw.target = repeatedText(wire, stop)
    else if (tag === 58) raw.questions = [...raw.questions, repeatedText(wire, stop)].slice(0, maxQuestions)
    else skip(wire, tag, stop)
  }
}

const maxQuestions = 4

function decodeKafka(raw: RawFlow, wire: Wire, stop: number): void {
  raw.l7 = 'kafka'
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.code = varint(wire) | 0
    else if (tag === 26) raw.method = repeatedText(wire, stop)
    else if (tag === 42) raw.target = repeatedText(wire, stop)
    else skip(wire, tag, stop)
  }
}

function decodeHttp(raw: RawFlow, wire: Wire, stop: number): void {
  raw.l7 = 'http'
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.code = varint(wire) | 0
    else if (tag === 18) raw.method = repeatedText(wire, stop)
    else if (tag === 26) raw.target = repeatedText(wire, stop)
    else if (tag === 42) decodeHeader(raw, wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
}

const letterC = 0x63
const letterG = 0x67

/** Reads a header's text only where its first letter can begin one that matters. */
function decodeHeader(raw: RawFlow, wire: Wire, stop: number): void {
  const first = (wire.buffer[wire.at + 2] ?? 0) | 0x20
  if (wire.buffer[wire.at] === 10 && first !== letterC && first !== letterG) {
    wire.at = stop
    return
  }
  let key = ''
  let value = ''
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) key = text(wire, stop)
    else if (tag === 18) value = text(wire, stop)
    else skip(wire, tag, stop)
  }
  noteHeader(raw, key, value)
}

/** The fields of an Endpoint message that ends at `stop`. */
export function decodeEnd(wire: Wire, stop: number): EndFields {
  const end: EndFields = { ID: 0, identity: 0, namespace: '', labels: [], pod: '', workload: null, clusterName: '' }
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) end.ID = varint(wire)
    else if (tag === 16) end.identity = varint(wire)
    else if (tag === 26) end.namespace = text(wire, stop)
    else if (tag === 34) end.labels.push(text(wire, stop))
    else if (tag === 42) end.pod = text(wire, stop)
    else if (tag === 50) {
      const workload = decodeWorkload(wire, fieldEnd(wire, stop))
      end.workload ??= workload
    } else if (tag === 58) end.clusterName = text(wire, stop)
    else skip(wire, tag, stop)
  }
  return end
}

function decodeWorkload(wire: Wire, stop: number): { name: string; kind: string } {
  const workload = { name: '', kind: '' }
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) workload.name = text(wire, stop)
    else if (tag === 18) workload.kind = text(wire, stop)
    else skip(wire, tag, stop)
  }
  return workload
}
