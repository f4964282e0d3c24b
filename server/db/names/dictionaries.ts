import { createHash } from 'node:crypto'
import type { Endpoint } from '@/core/endpoint'
import type { Operation } from '@/core/operations/operation'
import type { Facet } from '@/core/world'
import { createLru } from './lru'
import { databaseError, type Queryable } from '../pool'
import type { EdgeName } from '../telemetry'
import { upsertEdges } from './upsert-edges'
import { upsertEndpoints } from './upsert-endpoints'
import { upsertFacets } from './upsert-facets'
import { upsertOperations } from './upsert-operations'
import { upsertShapes } from '../flows/upsert-shapes'

/**
 * Ids of names, made where they are new. Answers come in the order of what was asked. New names are
 * committed at once, outside the caller's transaction, so that writers never wait for each other;
 * any number may run at a time. Memory is bounded; a forgotten name costs one more look-up.
 */
export type Dictionaries = {
  edges(names: readonly EdgeName[]): Promise<Int32Array>
  facets(facets: readonly Facet[]): Promise<Int32Array>
  operations(operations: readonly Operation[]): Promise<Int32Array>
  /** `keep`: never pruned, for recordings. */
  shapes(shapes: readonly string[], keep: boolean): Promise<Int32Array>
}

const limits = { endpoints: 50_000, edges: 200_000, facets: 20_000, operations: 100_000, shapes: 20_000 }

export function createDictionaries(database: Queryable): Dictionaries {
  const endpointIds = createLru<string, number>(limits.endpoints)
  const edgeIds = createLru<string, number>(limits.edges)
  const facetIds = createLru<string, number>(limits.facets)
  const shapeIds = createLru<string, number>(limits.shapes)
  // Callers hand the same object for the same edge again and again; its id never changes.
  const edgeObjects = new WeakMap<EdgeName, number>()
  const facetObjects = new WeakMap<Facet, number>()
  const operationIds = createLru<string, number>(limits.operations)
  const operationObjects = new WeakMap<Operation, number>()

  const endpoints = (list: readonly Endpoint[]) =>
    identify(list, endpointText, endpointIds, (missing) => upsertEndpoints(database, missing))

  const upsertNamedEdges = async (missing: readonly EdgeName[]) => {
    const ids = await endpoints(missing.flatMap((edge) => [edge.from, edge.to]))
    const rows = missing.map((edge, i) => ({ ...edge, fromId: ids[2 * i] ?? 0, toId: ids[2 * i + 1] ?? 0 }))
    return upsertEdges(database, rows)
  }

  return {
    edges: (names) => byObject(names, edgeObjects, (rest) => identify(rest, edgeText, edgeIds, upsertNamedEdges)),
    facets: (facets) =>
      byObject(facets, facetObjects, (rest) =>
        identify(rest, facetText, facetIds, (missing) => upsertFacets(database, missing)),
      ),
    operations: (operations) =>
      byObject(operations, operationObjects, (rest) =>
        identify(rest, operationText, operationIds, (missing) => upsertOperations(database, missing)),
      ),
    shapes: (shapes, keep) => {
      const day = keep ? 'infinity' : new Date().toISOString().slice(0, 10)
      const rows = (missing: readonly string[]) =>
        missing.map((shape) => ({ shape: shape.replaceAll('\0', ''), hash: shapeHash(shape) }))
      return identify(
        shapes,
        (shape) => day + shape,
        shapeIds,
        (missing) => upsertShapes(database, rows(missing), day),
      )
    },
  }
}

/** Looks ids up in the cache and asks for the missing ones together, each once. */
async function identify<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  cache: ReturnType<typeof createLru<string, number>>,
  upsert: (missing: readonly T[]) => Promise<readonly number[]>,
): Promise<Int32Array> {
  const ids = new Int32Array(items.length)
  const missing = new Map<string, { readonly item: T; readonly at: number[] }>()
  items.forEach((item, i) => {
    const text = textOf(item)
    const id = cache.get(text)
    if (id !== undefined) ids[i] = id
    else {
      const entry = missing.get(text)
      if (entry) entry.at.push(i)
      else missing.set(text, { item, at: [i] })
    }
  })
  if (missing.size === 0) return ids
  // In one order for all writers, so that none waits for another in a circle.
  const sorted = [...missing].sort(([a], [b]) => (a < b ? -1 : 1))
  for (let start = 0; start < sorted.length; start += chunk) {
    const part = sorted.slice(start, start + chunk)
    const found = await upsert(part.map(([, { item }]) => item)).catch((error: unknown) =>
      Promise.reject(databaseError(error)),
    )
    part.forEach(([text, { at }], i) => {
      const id = found[i]
      if (id === undefined) throw new Error('the database gave no id for a name')
      cache.set(text, id)
      for (const place of at) ids[place] = id
    })
  }
  return ids
}

const chunk = 10_000

async function byObject<T extends object>(
  items: readonly T[],
  known: WeakMap<T, number>,
  identifyRest: (rest: readonly T[]) => Promise<Int32Array>,
): Promise<Int32Array> {
  const ids = new Int32Array(items.length)
  const rest = new Map<T, number[]>()
  items.forEach((item, i) => {
    const id = known.get(item)
    if (id !== undefined) ids[i] = id
    else {
      const places = rest.get(item)
      if (places) places.push(i)
      else rest.set(item, [i])
    }
  })
  if (rest.size === 0) return ids
  const found = await identifyRest([...rest.keys()])
  let n = 0
  for (const [item, places] of rest) {
    const id = found[n++] ?? 0
    known.set(item, id)
    for (const place of places) ids[place] = id
  }
  return ids
}

const endpointText = (e: Endpoint) => `${e.cluster}\0${e.namespace}\0${e.kind}\0${e.name}`
const edgeText = (e: EdgeName) => `${endpointText(e.from)}\0${endpointText(e.to)}\0${e.port}\0${e.protocol}`
const facetText = (f: Facet) =>
  `${f.source}\0${f.reporter}\0${f.verdict}\0${f.reason}\0${f.l7}\0${f.encryption}\0${f.hop}`
const operationText = (o: Operation) => `${o.name}\0${o.code}\0${o.flags}`
const shapeHash = (shape: string) => createHash('sha256').update(shape).digest().readBigInt64BE(0)
