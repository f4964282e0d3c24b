import type { ServerResponse } from 'node:http'
import { matcherOf } from './list'
import type { ObjectStore, WatchEvent } from './object-store'
import { apiVersionOf, resourceKey, type Target } from './resources'
import { expired } from './status'

const defaultTimeoutSeconds = 1800

/**
 * Streams the changes of a kind after `resourceVersion` as lines of JSON; without one (or `0`) first
 * everything that is. A version that is too old is answered by an ERROR event with Status 410.
 */
export function serveWatch(
  store: ObjectStore,
  target: Target,
  query: URLSearchParams,
  response: ServerResponse,
  bookmarkMs: number,
): void {
  const { resource } = target
  const key = resourceKey(resource)
  const matches = matcherOf(target, query)
  const from = query.get('resourceVersion') ?? ''
  let seen = from === '' || from === '0' ? store.version : Number(from)
  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  const send = (type: string, object: object) => response.write(`${JSON.stringify({ type, object })}\n`)

  if (from === '' || from === '0') for (const object of store.list(key)) if (matches(object)) send('ADDED', object)

  const pump = (): void => {
    const events = Number.isSafeInteger(seen) ? store.since(key, seen) : null
    if (!events) {
      send('ERROR', expired(`too old resource version: ${from} (${store.version})`).status)
      return stop()
    }
    for (const event of events) {
      const type = typeFor(event, matches)
      if (type) send(type, event.object)
      seen = event.version
    }
  }
  const bookmark = () => {
    seen = Math.max(seen, store.version)
    const metadata = { resourceVersion: String(seen), creationTimestamp: null }
    send('BOOKMARK', { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata })
  }
  const bookmarks = query.get('allowWatchBookmarks') === 'true' || query.get('allowWatchBookmarks') === '1'
  const ticking = bookmarks ? setInterval(bookmark, bookmarkMs) : undefined
  const seconds = Number(query.get('timeoutSeconds')) || defaultTimeoutSeconds
  const ending = setTimeout(() => {
    if (bookmarks) bookmark()
    stop()
  }, seconds * 1000)
  const unsubscribe = store.onChange(key, pump)
  const stop = () => {
    clearInterval(ticking)
    clearTimeout(ending)
    unsubscribe()
    response.end()
  }
  response.on('close', stop)
  pump()
}

/** How a change looks to a watcher with a selector: what enters its set is added, what leaves it deleted. */
function typeFor(event: WatchEvent, matches: (object: WatchEvent['object']) => boolean): WatchEvent['type'] | null {
  const before = event.previous !== null && matches(event.previous)
  const after = event.type !== 'DELETED' && matches(event.object)
  if (before && after) return 'MODIFIED'
  if (after) return 'ADDED'
  return before ? 'DELETED' : null
}
