import { createHash } from 'node:crypto'
import type { PolicyInventoryKind } from '@/core/policy/inventory-policy'
import { type Fields, fields, list, text, time, whole } from './read-object'
import { type Trim, trimmer } from './trim'

/** Of an object's JSON, characters. A cluster takes about three times as many. */
const maxSize = 512 * 1024
/** Manifests nest about fifteen deep. */
const maxDepth = 64
const maxWriters = 50

/** Keeps the whole object but its status, and who wrote it (PolicyRest). */
export const trimPolicy = (kind: PolicyInventoryKind): Trim =>
  trimmer((base, _spec, _status, object) => {
    const { apiVersion, kind: _kind, metadata: _metadata, spec = null, status: _, ...more } = object
    const metadata = fields(object.metadata)
    const writers = writersOf(metadata)
    const about = {
      apiVersion: text(apiVersion),
      writers: writers.map(({ manager, operation }) => ({ manager, operation })),
      madeBy: newestOf(writers),
      touched: {
        resourceVersion: text(metadata.resourceVersion),
        generation: whole(metadata.generation),
        times: writers.map((writer) => writer.time),
      },
    }
    const said = { spec, metadata: keptMetadata(metadata), more }
    const size = nestsWithin(said, maxDepth) ? JSON.stringify(said).length : Infinity
    if (size > maxSize) return { ...base, kind, ...about, spec: null, metadata: {}, more: {}, cut: cutOf(said, size) }
    return {
      ...base,
      kind,
      ...about,
      spec: storable(spec),
      metadata: fields(storable(said.metadata)),
      more: fields(storable(more)),
      cut: null,
    }
  })

/** Fields of metadata that are kept elsewhere, or not at all. */
const left = new Set(['name', 'namespace', 'uid', 'creationTimestamp', 'resourceVersion', 'generation'])
const dropped = new Set(['managedFields', 'selfLink'])
/** All of the object again, as it was, whatever it held. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

function keptMetadata(metadata: Fields): Fields {
  const kept = Object.entries(metadata).filter(([key]) => !left.has(key) && !dropped.has(key))
  const { [lastApplied]: _, ...annotations } = fields(metadata.annotations)
  return { ...Object.fromEntries(kept), ...(Object.keys(annotations).length > 0 && { annotations }) }
}

type TimedWriter = { readonly manager: string; readonly operation: string; readonly time: number | null }

/** One for each manager and operation; who writes only the status does not say what the object says. */
function writersOf(metadata: Fields): readonly TimedWriter[] {
  const found = new Map<string, TimedWriter>()
  for (const entry of list(metadata.managedFields).slice(0, maxWriters).map(fields)) {
    const written = Object.keys(fields(entry.fieldsV1))
    if (text(entry.subresource) !== '' || (written.length > 0 && written.every((field) => field === 'f:status')))
      continue
    const writer = { manager: text(entry.manager), operation: text(entry.operation), time: time(entry.time) }
    const key = `${writer.manager} ${writer.operation}`
    const before = found.get(key)?.time ?? null
    found.set(key, { ...writer, time: Math.max(before ?? 0, writer.time ?? 0) || null })
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, writer]) => writer)
}

function newestOf(writers: readonly TimedWriter[]) {
  const [newest] = writers.toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0))
  return newest?.time != null ? { ...newest, time: newest.time } : null
}

/** Its size and what tells one version from another. A size that is not known, because it nests without end, is 0. */
function cutOf(said: object, size: number) {
  if (size === Infinity) return { bytes: 0, hash: '' }
  return { bytes: size, hash: createHash('sha1').update(JSON.stringify(said)).digest('hex') }
}

const nestsWithin = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((item) => nestsWithin(item, depth - 1)))

// oxlint-disable-next-line no-control-regex -- PostgreSQL keeps no NUL
const notStorable = /\u0000|\p{Surrogate}/gu

/** The value as it is, less what no database keeps: it is to be written back one day. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(notStorable, '')
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(storable)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.replace(notStorable, ''), storable(item)]))
}
