import type { KubernetesObject } from '../model/object'
import { resourceKey, resourceOfObject } from './resources'

export type WatchEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly version: number
  readonly object: KubernetesObject
  /** What the object was before, so that a selector can tell who leaves its set. */
  readonly previous: KubernetesObject | null
}

type Kind = {
  readonly objects: Map<string, KubernetesObject>
  events: WatchEvent[]
  readonly watchers: Set<() => void>
}

/** All objects, each with the version of its last change, and the newest changes of each kind. Kinds go by their `resourceKey`. */
export type ObjectStore = {
  readonly version: number
  put(object: KubernetesObject): void
  remove(object: KubernetesObject): void
  /** Sorted by namespace and name, as etcd lists them. */
  list(key: string): readonly KubernetesObject[]
  get(key: string, namespace: string, name: string): KubernetesObject | undefined
  /** Changes of a kind after `version`; null when they are no longer all known. */
  since(key: string, version: number): readonly WatchEvent[] | null
  /** Calls back after each change of the kind; returns how to stop. */
  onChange(key: string, notify: () => void): () => void
  /** Forgets all changes so far, as etcd's compaction does. */
  compact(): void
}

const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`

/** `keep` bounds the changes remembered of each kind; older ones answer 410 Gone. */
export function createObjectStore(keep = 1000, firstVersion = 1000): ObjectStore {
  let version = firstVersion
  let compacted = firstVersion
  const kinds = new Map<string, Kind>()
  const trimmed = new Map<string, number>()
  const kindOf = (plural: string): Kind => {
    let kind = kinds.get(plural)
    if (!kind) kinds.set(plural, (kind = { objects: new Map(), events: [], watchers: new Set() }))
    return kind
  }
  const record = (plural: string, kind: Kind, event: WatchEvent) => {
    kind.events.push(event)
    if (kind.events.length > keep * 2) {
      trimmed.set(plural, kind.events[keep - 1]?.version ?? version)
      kind.events = kind.events.slice(keep)
    }
    for (const notify of kind.watchers) notify()
  }
  const stamped = (object: KubernetesObject): KubernetesObject => ({
    ...object,
    metadata: { ...object.metadata, resourceVersion: String(++version) },
  })

  return {
    get version() {
      return version
    },
    put(object) {
      const plural = resourceKey(resourceOfObject(object))
      const kind = kindOf(plural)
      const key = keyOf(object.metadata.namespace, object.metadata.name)
      const before = kind.objects.get(key) ?? null
      // Another object of that name is its successor: watchers hear of the end of the one before.
      const succeeds = before !== null && before.metadata.uid !== object.metadata.uid
      if (succeeds)
        record(plural, kind, { type: 'DELETED', version: version + 1, object: stamped(before), previous: before })
      const previous = succeeds ? null : before
      const next = stamped(object)
      kind.objects.set(key, next)
      record(plural, kind, { type: previous ? 'MODIFIED' : 'ADDED', version, object: next, previous })
    },
    remove(object) {
      const plural = resourceKey(resourceOfObject(object))
      const kind = kindOf(plural)
      const key = keyOf(object.metadata.namespace, object.metadata.name)
      const previous = kind.objects.get(key)
      // A StatefulSet's pod has the name of the one before it: only the very object goes.
      if (previous?.metadata.uid !== object.metadata.uid) return
      kind.objects.delete(key)
      record(plural, kind, { type: 'DELETED', version: version + 1, object: stamped(previous), previous })
    },
    list: (plural) => [...kindOf(plural).objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object),
    get: (plural, namespace, name) => kindOf(plural).objects.get(keyOf(namespace, name)),
    since(plural, from) {
      if (from < Math.max(compacted, trimmed.get(plural) ?? 0)) return null
      const { events } = kindOf(plural)
      let start = events.length
      while (start > 0 && (events[start - 1]?.version ?? 0) > from) start--
      return events.slice(start)
    },
    onChange(plural, notify) {
      const { watchers } = kindOf(plural)
      watchers.add(notify)
      return () => void watchers.delete(notify)
    },
    compact() {
      compacted = version
      for (const kind of kinds.values()) kind.events = []
    },
  }
}
