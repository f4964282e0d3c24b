import type { Observation } from '@/core/observation'
import type { RecordingRow } from '@/core/sources/source-row'
import { prismaClient } from '@/server/db/client'
import { createDictionaries } from '@/server/db/names/dictionaries'
import type { Pool } from '@/server/db/pool'
import { createRecording, findRecording, updateRecording } from '@/server/db/recordings/recordings'
import { writeRecording } from '@/server/db/recordings/write-recording'
import { AppError } from '@/server/errors'
import { recordingItem } from './fold-recording'
import { readAlsFile } from './als/import'
import { readGoldmaneFile } from './goldmane/import'
import { readHubbleFile } from './hubble/import'
import { readOtlpFile, readZipkinFile } from './otlp/import'
import { readPrometheusText } from './prometheus/import'
import { createOperations } from './operations'
import { createResolver, noInventory } from './resolve'
import type { FileBatch } from './source'

type Bytes = AsyncIterable<Uint8Array | string>

type Reader = {
  read(stream: Bytes, options: { readonly cluster: string }): AsyncIterable<FileBatch>
  /** What the recorded traffic names as its source. */
  readonly source: string
  /** What is expected, for a file that holds none of it. */
  readonly expected: string
}

/** Readers of recorded captures, by the name that the command takes: one entry a kind of file. */
const readers: Readonly<Record<string, Reader>> = {
  hubble: {
    read: readHubbleFile,
    source: 'hubble',
    expected: 'Lines of “hubble observe -o jsonpb” are expected.',
  },
  goldmane: {
    read: readGoldmaneFile,
    source: 'goldmane',
    expected: 'JSON of Goldmane’s flows, or what Whisker’s backend answers, is expected.',
  },
  als: {
    read: readAlsFile,
    source: 'als',
    expected: 'JSON of access log entries is expected: of StreamAccessLogs, or Envoy’s own log lines.',
  },
  otlp: {
    read: readOtlpFile,
    source: 'otlp',
    expected: 'JSON of OTLP trace requests is expected, as a collector’s file exporter writes it.',
  },
  zipkin: { read: readZipkinFile, source: 'otlp', expected: 'JSON lists of Zipkin v2 spans are expected.' },
  'prometheus-text': {
    read: readPrometheusText,
    source: 'prometheus',
    expected: 'Pages of metrics in Prometheus’ text format are expected, with metrics of a mesh, Envoy or traces.',
  },
}

/** Kinds of files that can be imported. */
export const importTypes: readonly string[] = Object.keys(readers)

/** The reader of a kind of file. Throws AppError('invalid') that names the kinds. */
export function checkImportType(type: string): Reader {
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined
  if (reader) return reader
  throw new AppError('invalid', `Oriel cannot import “${type}”; it can import: ${importTypes.join(', ')}.`)
}

export type ImportProgress = {
  readonly lines: number
  readonly used: number
  /** Records that the lines gave: one a line, or totals of many lines. */
  readonly found: number
  /** Records that the recording did not have before. */
  readonly added: number
  readonly skipped: Readonly<Record<string, number>>
}

export type ImportOptions = {
  readonly url: string
  readonly pool: Pool
  readonly type: string
  readonly name: string
  readonly cluster: string
  readonly streams: readonly Bytes[]
  readonly onProgress: (progress: ImportProgress) => void
}

/**
 * Loads captures into the recording of this name, made when it is new. Each part is written in one
 * transaction and a record is known by its key, so an import may be repeated or broken off. Throws
 * AppError('invalid') for an unknown type, ('conflict') for a name in use by another kind of capture.
 */
export async function importRecording(
  options: ImportOptions,
): Promise<{ recording: RecordingRow; total: ImportProgress }> {
  const { url, pool, type, name, cluster, streams, onProgress } = options
  const reader = checkImportType(type)
  const prisma = prismaClient(url)
  let recording: RecordingRow | null = null
  const dictionaries = createDictionaries(pool)
  const resolver = createResolver(noInventory)
  const operations = createOperations()
  let total: ImportProgress = { lines: 0, used: 0, found: 0, added: 0, skipped: {} }
  for (const stream of streams) {
    for await (const part of reader.read(stream, { cluster })) {
      const observations = part.observations.filter(isDated)
      const undated = part.observations.length - observations.length
      const items = observations.map((o) => recordingItem(reader.source, o, resolver, operations))
      if (items.length > 0) recording ??= await createRecording(prisma, { name, sourceType: type, cluster })
      const added = recording ? await writeRecording(pool, dictionaries, recording.id, items) : 0
      total = {
        lines: total.lines + part.lines,
        used: total.used + Math.max(0, part.used - undated),
        found: total.found + items.length,
        added: total.added + added,
        skipped: sumOf(sumOf(total.skipped, part.skipped), undated > 0 ? { [notDated]: undated } : {}),
      }
      onProgress(total)
    }
  }
  if (!recording) throw new AppError('invalid', nothingIn(total, reader.expected))
  await updateRecording(prisma, recording.id, { linesRead: total.lines, linesUsed: total.used, skipped: total.skipped })
  return { recording: (await findRecording(prisma, recording.id)) ?? recording, total }
}

const dayMs = 86_400_000
const firstTime = Date.UTC(2000, 0)
const notDated = 'its time is before 2000 or in the future'

/**
 * Clocks that were never set say 1970, and the year 1 is a time that nobody wrote. One such record would make
 * the recording centuries long, and what was captured a dot at its end.
 */
const isDated = ({ time, spanMs = 0 }: Observation): boolean =>
  time - spanMs >= firstTime && time + spanMs <= Date.now() + dayMs

function nothingIn({ lines, skipped }: ImportProgress, expected: string): string {
  const reasons = Object.entries(skipped).map(([reason, n]) => `${n} × ${reason}`)
  const why = lines === 0 ? 'it is empty' : `${lines} lines were read: ${reasons.join(', ') || 'none holds a flow'}`
  return `Nothing was imported and no recording was made: ${why}. ${expected}`
}

function sumOf(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sum = new Map(Object.entries(a))
  for (const [reason, n] of Object.entries(b)) sum.set(reason, (sum.get(reason) ?? 0) + n)
  return Object.fromEntries(sum)
}
