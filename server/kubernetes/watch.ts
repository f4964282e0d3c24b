import { toError } from '../errors'
import { backoffDelay, pause } from './backoff'
import type { KubeConnection } from './client'
import { listResource } from './list'
import { KubeStatusError } from './request'
import type { Discovery } from './discovery'
import { deniedMessage, type Resource } from './resource'
import { type WatchEvent, type WatchState, type WatchTiming, watchTiming } from './watch-event'
import { watchStream } from './watch-stream'

export type WatchOptions<T> = {
  /** The same kind in the versions to try, best first. */
  readonly resources: readonly [Resource, ...Resource[]]
  /** Keeps what is needed of an object; null where it cannot be read. */
  readonly parse: (object: unknown) => T | null
  readonly signal: AbortSignal
  /** A kind that need not be read: what is not allowed is as good as absent. */
  readonly optional?: boolean
  /** Given: only those of `resources` are asked for that the API server serves, or that discovery cannot tell of. */
  readonly discovery?: Discovery
  readonly timing?: WatchTiming
  readonly pageSize?: number
  readonly maxObjects?: number
}

/**
 * Lists a kind, then follows its changes for ever: resumes from the last resourceVersion after any
 * break, lists again when that has expired (410), and tells its state whenever it changes. Ends
 * only when the signal is aborted, and never throws. Nothing is read ahead of the consumer.
 */
export async function* watchResource<T>(
  connection: KubeConnection,
  options: WatchOptions<T>,
): AsyncGenerator<WatchEvent<T>, void> {
  const { resources, parse, signal, discovery } = options
  const timing = options.timing ?? watchTiming
  const { pageSize = 500, maxObjects = 200_000 } = options
  let state: WatchState | null = null
  let said = ''
  let version: string | null = null
  let choices: readonly Resource[] = resources
  let choice = 0
  let denied = ''
  let attempt = 0
  let absences = 0

  const change = (next: WatchState, message: string): WatchEvent<T>[] => {
    if (state === next && said === message) return []
    state = next
    said = message
    return [{ type: 'state', state: next, message }]
  }

  while (!signal.aborted) {
    if (version === null && choice === 0) {
      choices = discovery ? await servedOf(discovery, resources) : resources
      denied = ''
    }
    if (signal.aborted) return
    const resource = choices[choice]
    if (!resource) {
      yield* change('absent', absentMessage(resources[0]))
      // An API server that has just started may not know all its definitions; what is still absent later is gone.
      if (++absences === 2) yield { type: 'reset', objects: [], overflow: 0 }
      await pause(absences === 1 ? Math.min(timing.absentMs, timing.backoff.maxMs) : timing.absentMs, signal)
      continue
    }
    try {
      if (version === null) {
        const limits = { signal, idleMs: Math.min(timing.idleMs, 60_000) }
        const listed = await listResource(connection, resource, { ...limits, parse, pageSize, maxObjects })
        version = listed.resourceVersion
        absences = 0
        if (listed.malformed > 0) yield { type: 'malformed', count: listed.malformed }
        yield { type: 'reset', objects: listed.objects, overflow: listed.overflow }
      }
      const started = Date.now()
      let heard = 0
      for await (const event of watchStream(connection, resource, version, { parse, signal, timing })) {
        if (event.type === 'open') {
          yield* change('running', '')
          continue
        }
        if (event.type === 'version') {
          version = event.resourceVersion
          continue
        }
        heard++
        yield event
      }
      // A watch that ends as planned goes on at once; a server that keeps closing at once is given time.
      const healthy = heard > 0 || Date.now() - started > 1_000
      attempt = healthy ? 0 : attempt + 1
      if (!healthy) await pause(backoffDelay(timing.backoff, attempt), signal)
    } catch (thrown) {
      if (signal.aborted) return
      const status = thrown instanceof KubeStatusError ? thrown.status : 0
      const message = toError(thrown).message
      if (status === 410) {
        version = null
        if (attempt++ > 0) await pause(backoffDelay(timing.backoff, attempt), signal)
      } else if (status === 404) {
        version = null
        choice = choice + 1 < choices.length ? choice + 1 : 0
        if (choice > 0) continue
        yield* change('absent', absentMessage(resource))
        await pause(timing.absentMs, signal)
      } else if (status === 401 || status === 403) {
        denied ||= deniedMessage(resource, status, message)
        // Rights are of a group, whatever the version.
        const other = choices.findIndex(({ group }, n) => n > choice && group !== resource.group)
        if (version === null && status === 403 && other > 0) {
          choice = other
          continue
        }
        if (version === null) choice = 0
        yield* change(options.optional && status === 403 ? 'absent' : 'failed', denied)
        await pause(jitter(timing.deniedMs), signal)
      } else {
        yield* change('retrying', status === 0 ? message : `The API server answered ${status}. It said: ${message}`)
        const asked = thrown instanceof KubeStatusError ? thrown.retryAfterMs : 0
        await pause(Math.max(asked, backoffDelay(timing.backoff, attempt++)), signal)
      }
    }
  }
}

const absentMessage = ({ plural }: Resource) => `The API server has no ${plural}.`

async function servedOf(discovery: Discovery, resources: readonly Resource[]): Promise<readonly Resource[]> {
  const served = await Promise.all(resources.map((resource) => discovery.serves(resource)))
  return resources.filter((_, n) => served[n] !== false)
}

const jitter = (ms: number) => ms * (0.8 + 0.2 * Math.random())
