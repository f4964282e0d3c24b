import type { KubernetesObject } from '../model/object'
import type { ObjectStore } from './object-store'
import { apiVersionOf, resourceKey, type Target } from './resources'
import { fieldSelector, labelSelector, type Matches } from './selectors'
import { badRequest, expired } from './status'

/** What an open list still has to hand out, as of the version at which it began. */
type Snapshot = { readonly version: number; readonly items: readonly KubernetesObject[] }

const maxSnapshots = 32

/** Which objects a request is about: its namespace, labelSelector and fieldSelector. Throws StatusError 400. */
export function matcherOf(target: Target, query: URLSearchParams): Matches {
  const labels = labelSelector(query.get('labelSelector') ?? '')
  const fields = fieldSelector(query.get('fieldSelector') ?? '')
  const { namespace } = target
  return (object) => (!namespace || object.metadata.namespace === namespace) && labels(object) && fields(object)
}

/** Answers lists; with `limit`, a `continue` token reads on in the same snapshot until it is forgotten (410). */
export function createLister(store: ObjectStore) {
  const snapshots = new Map<string, Snapshot>()
  let tokens = 0

  return (target: Target, query: URLSearchParams): object => {
    const { resource } = target
    const limit = Number(query.get('limit') ?? 0)
    if (!(limit >= 0)) throw badRequest('limit must be a number')
    const token = query.get('continue')
    const snapshot = token ? snapshots.get(token) : begin(target, query)
    if (!snapshot) throw expired('The provided continue parameter is too old to display a consistent list result.')
    const { version, items } = snapshot
    const page = limit ? items.slice(0, limit) : items
    const rest = items.slice(page.length)
    return {
      kind: `${resource.kind}List`,
      apiVersion: apiVersionOf(resource),
      metadata: {
        resourceVersion: String(version),
        ...(rest.length ? { continue: keep({ version, items: rest }), remainingItemCount: rest.length } : {}),
      },
      // The items of a list carry no kind of their own, as upstream's do not.
      items: page.map(({ apiVersion: _version, kind: _kind, ...item }) => item),
    }
  }

  function begin(target: Target, query: URLSearchParams): Snapshot {
    return { version: store.version, items: store.list(resourceKey(target.resource)).filter(matcherOf(target, query)) }
  }
  function keep(snapshot: Snapshot): string {
    const token = Buffer.from(`${snapshot.version}:${++tokens}`).toString('base64url')
    snapshots.set(token, snapshot)
    const oldest = snapshots.keys().next().value
    if (snapshots.size > maxSnapshots && oldest) snapshots.delete(oldest)
    return token
  }
}
