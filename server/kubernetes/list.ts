import type { KubeConnection } from './client'
import { KubeStatusError, openKubernetes, readBody, type RequestLimits } from './request'
import { fieldSelectorOf, type Resource, resourcePath } from './resource'

export type Listed<T> = {
  readonly objects: readonly T[]
  /** Where a watch goes on from. */
  readonly resourceVersion: string
  readonly malformed: number
  /** Objects past `maxObjects`, which were not kept. */
  readonly overflow: number
}

export type ListOptions<T> = RequestLimits & {
  /** Keeps what is needed of an object; null where it cannot be read. */
  readonly parse: (object: unknown) => T | null
  readonly pageSize: number
  readonly maxObjects: number
}

const maxPageBytes = 128 * 2 ** 20

/**
 * Lists everything page by page, trimming each page before the next is fetched. When the list
 * expires on the way (410), it begins again, up to three times, the last time in one piece.
 */
export async function listResource<T>(
  connection: KubeConnection,
  resource: Resource,
  options: ListOptions<T>,
): Promise<Listed<T>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await listPages(connection, resource, options, attempt < 2 ? options.pageSize : undefined)
    } catch (thrown) {
      if (attempt >= 2 || !(thrown instanceof KubeStatusError) || thrown.status !== 410) throw thrown
    }
  }
}

async function listPages<T>(
  connection: KubeConnection,
  resource: Resource,
  options: ListOptions<T>,
  limit: number | undefined,
): Promise<Listed<T>> {
  const objects: T[] = []
  let malformed = 0
  let overflow = 0
  let next: string | undefined
  for (;;) {
    const query = { limit, continue: next, fieldSelector: fieldSelectorOf(resource) }
    const body = await openKubernetes(connection, resourcePath(resource), query, options)
    const page = parsePage(await readBody(body, maxPageBytes))
    for (const item of page.items) {
      const object = options.parse(typeof item === 'object' ? { apiVersion: page.apiVersion, ...item } : item)
      if (object === null) malformed++
      else if (objects.length >= options.maxObjects) overflow++
      else objects.push(object)
    }
    if (!page.next) return { objects, resourceVersion: page.resourceVersion, malformed, overflow }
    next = page.next
  }
}

type Page = {
  readonly items: readonly unknown[]
  /** Of the list; items of Kubernetes' own kinds do not say theirs. */
  readonly apiVersion: string
  readonly resourceVersion: string
  readonly next: string
}

function parsePage(text: string): Page {
  let page: unknown
  try {
    page = JSON.parse(text)
  } catch {
    throw new Error('The API server answered a list with something that is not JSON.')
  }
  const { apiVersion, items, metadata } = (page ?? {}) as {
    apiVersion?: unknown
    items?: unknown
    metadata?: Record<string, unknown> | null
  }
  if (!Array.isArray(items) && items !== null) throw new Error('The API server answered a list without items.')
  const { resourceVersion, continue: next } = metadata ?? {}
  return {
    items: items ?? [],
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
    next: typeof next === 'string' ? next : '',
  }
}
