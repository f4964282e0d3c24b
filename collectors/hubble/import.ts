import type { Observation } from '@/core/observation'
import type { FileBatch } from '@/collectors/source'
import { createJsonDecoder } from './decode-json'
import { readLines } from '@/collectors/kit/lines'
import { createLosses } from './losses'

const batchLines = 2_000

/**
 * Reads a recorded capture: lines of `hubble observe -o jsonpb` or of Hubble's exporter, plain or
 * gzip. What cannot be read is counted by reason; a gzip that breaks off gives what came before.
 * `cluster` names the observed cluster. Memory is bounded by one batch.
 */
export async function* readHubbleFile(
  stream: AsyncIterable<Uint8Array | string>,
  { cluster }: { readonly cluster: string },
): AsyncGenerator<FileBatch> {
  const decoder = createJsonDecoder(cluster)
  const losses = createLosses(cluster)
  let newest: number | null = null
  let observations: Observation[] = []
  let skipped = new Map<string, number>()
  let lines = 0
  let used = 0

  const skip = (reason: string) => skipped.set(reason, (skipped.get(reason) ?? 0) + 1)

  const read = (line: string | null) => {
    lines++
    const received = line === null ? tooLong : decoder.decode(line)
    switch (received.type) {
      case 'flow':
      case 'request':
        observations.push(received)
        newest = Math.max(newest ?? received.time, received.time)
        used++
        break
      case 'node_status':
        losses.nodeStatus(received, newest ?? 0)
        used++
        break
      case 'lost_events':
        losses.lostEvents(received, newest, newest ?? 0)
        used++
        break
      case 'malformed':
      case 'ignored':
        skip(received.reason)
        break
    }
  }

  const take = (last: boolean): FileBatch => {
    const gaps = last ? losses.close(newest ?? 0) : losses.take(newest ?? 0)
    const malformed = lines - used
    const batch = { observations, gaps, checkpoint: null, malformed, lines, used, skipped: Object.fromEntries(skipped) }
    observations = []
    skipped = new Map()
    lines = 0
    used = 0
    return batch
  }

  try {
    for await (const line of readLines(stream)) {
      read(line)
      if (lines >= batchLines) yield take(false)
    }
  } catch (thrown) {
    if (!isBrokenGzip(thrown)) throw thrown
    lines++
    skip('the gzip breaks off or is damaged')
  }
  yield take(true)
}

const tooLong = { type: 'malformed', reason: 'longer than 1 MB' } as const

const isBrokenGzip = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('Z_')
