import type { KubeConnection } from './client'
import { splitLines } from './lines'
import { KubeStatusError, openKubernetes } from './request'
import { fieldSelectorOf, type Resource, resourcePath } from './resource'
import type { WatchEvent, WatchTiming } from './watch-event'

/** `open`: the server accepted the watch. `version`: go on from here after a break. */
export type StreamEvent<T> =
  | Exclude<WatchEvent<T>, { type: 'reset' | 'state' }>
  | { readonly type: 'open' }
  | { readonly type: 'version'; readonly resourceVersion: string }

type StreamOptions<T> = {
  readonly parse: (object: unknown) => T | null
  readonly signal: AbortSignal
  readonly timing: WatchTiming
}

const maxLineBytes = 16 * 2 ** 20
const changes = new Map([
  ['ADDED', 'added'],
  ['MODIFIED', 'modified'],
  ['DELETED', 'deleted'],
] as const)

/**
 * One watch request, from `resourceVersion` until the server ends it. Lines that cannot be read are
 * passed over and counted. Throws KubeStatusError (410: list again) and network errors; a peer that
 * has fallen silent ends it like a planned end, since resuming loses nothing.
 */
export async function* watchStream<T>(
  connection: KubeConnection,
  resource: Resource,
  resourceVersion: string,
  { parse, signal, timing }: StreamOptions<T>,
): AsyncGenerator<StreamEvent<T>, void> {
  const query = {
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    fieldSelector: fieldSelectorOf(resource),
    timeoutSeconds: Math.round(timing.watchSeconds * (0.8 + 0.2 * Math.random())),
  }
  const response = await openKubernetes(connection, resourcePath(resource), query, { signal, idleMs: timing.idleMs })
  yield { type: 'open' }
  try {
    for await (const line of splitLines(response, maxLineBytes)) {
      const event = typeof line === 'string' ? parseEvent(line) : null
      if (!event) {
        yield { type: 'malformed', count: 1 }
        continue
      }
      if (event.type === 'ERROR') throw statusError(event.object)
      const version = versionOf(event.object)
      const change = changes.get(event.type as 'ADDED')
      const object = change ? parse(event.object) : null
      if (change && object !== null) yield { type: change, object }
      else if (event.type === 'BOOKMARK') yield { type: 'bookmark' }
      else yield { type: 'malformed', count: 1 }
      // After the event, so that one that the consumer did not take is sent again.
      if (version) yield { type: 'version', resourceVersion: version }
    }
  } catch (thrown) {
    if (thrown instanceof KubeStatusError || signal.aborted || !isBreak(thrown)) throw thrown
  } finally {
    response.destroy()
  }
}

function parseEvent(line: string): { type: string; object: Record<string, unknown> } | null {
  try {
    const event = JSON.parse(line) as { type?: unknown; object?: unknown } | null
    if (typeof event?.type !== 'string' || typeof event.object !== 'object' || !event.object) return null
    return { type: event.type, object: event.object as Record<string, unknown> }
  } catch {
    return null
  }
}

function versionOf(object: Record<string, unknown>): string {
  const metadata = object.metadata as { resourceVersion?: unknown } | null | undefined
  return typeof metadata?.resourceVersion === 'string' ? metadata.resourceVersion : ''
}

function statusError(status: Record<string, unknown>): KubeStatusError {
  const code = typeof status.code === 'number' ? status.code : 500
  return new KubeStatusError(code, typeof status.message === 'string' ? status.message.slice(0, 500) : 'watch error')
}

/** A connection that broke or fell silent after it was open. */
const isBreak = (thrown: unknown): boolean =>
  thrown instanceof Error && ('code' in thrown || /aborted|terminated|nothing was heard/.test(thrown.message))
