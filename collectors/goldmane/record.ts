import type { FlowRecord } from '@/core/observation'
import { clean } from '@/collectors/kit/text'
import { canonical, keyFields, number, text } from './canonical'
import type { RawFlow } from './flow'
import type { KnownKey } from './observe'

const maxSummary = 200

/**
 * The raw record by upstream's names. Shape: the key with its policy traces, and the labels; detail: the
 * counters and times in seconds. Zero values are left out, as protojson does.
 */
export function buildRecord(known: KnownKey, flow: RawFlow, node: string): FlowRecord {
  const { sourceLabels, destLabels } = flow
  return {
    shape: canonical({
      ...keyFields(known.key),
      ...text('node', node),
      ...(sourceLabels.length > 0 && { source_labels: sourceLabels }),
      ...(destLabels.length > 0 && { dest_labels: destLabels }),
    }),
    detail: canonical({
      ...number('id', flow.id),
      start_time: flow.start,
      end_time: flow.end,
      ...number('packets_in', flow.packetsIn),
      ...number('packets_out', flow.packetsOut),
      ...number('bytes_in', flow.bytesIn),
      ...number('bytes_out', flow.bytesOut),
      ...number('num_connections_started', flow.started),
      ...number('num_connections_completed', flow.completed),
      ...number('num_connections_live', flow.live),
    }),
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
