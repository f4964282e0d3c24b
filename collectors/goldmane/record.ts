import type { FlowRecord } from '@/core/observation'
import { clean } from '@/collectors/kit/text'
import { keyMembers, listMember, numberMember, objectText, textMember } from './canonical'
import type { RawFlow } from './flow'
import type { KnownKey } from './known-key'

const maxSummary = 200

/**
 * The raw record by upstream's names. Shape: the key with its policy traces, and the labels; detail: the
 * counters and times in seconds. Zero values are left out, as protojson does.
 */
export function buildRecord(known: KnownKey, flow: RawFlow, node: string): FlowRecord {
  return {
    shape: objectText([
      ...keyMembers(known.key),
      ...textMember('node', node),
      ...listMember('source_labels', flow.sourceLabels),
      ...listMember('dest_labels', flow.destLabels),
    ]),
    detail: objectText([
      ...numberMember('id', flow.id),
      ...numberMember('start_time', flow.start),
      ...numberMember('end_time', flow.end),
      ...numberMember('packets_in', flow.packetsIn),
      ...numberMember('packets_out', flow.packetsOut),
      ...numberMember('bytes_in', flow.bytesIn),
      ...numberMember('bytes_out', flow.bytesOut),
      ...numberMember('num_connections_started', flow.started),
      ...numberMember('num_connections_completed', flow.completed),
      ...numberMember('num_connections_live', flow.live),
    ]),
    sourcePort: 0,
    summary: clean(summaryOf(known, flow), maxSummary),
  }
}

function summaryOf({ key, verdict, reason }: KnownKey, flow: RawFlow): string {
  const packets = flow.packetsIn + flow.packetsOut
  const what = `${key.proto || 'traffic'}${key.destPort > 0 ? ` ${key.destPort}` : ''}`
  if (verdict === 'denied') return `${what}: ${plural(packets, 'packet')} denied by ${reason}`
  const opened = flow.started === null ? '' : `${plural(flow.started, 'connection')} opened, `
  return `${what}: ${opened}${plural(packets, 'packet')}, ${plural(flow.bytesIn + flow.bytesOut, 'byte')}`
}

const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
