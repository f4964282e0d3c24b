import { shownKind } from '../policy/policy-name'
import type { Mark, MarkKind, Marks, ObjectChange, ObjectFacts } from './mark'

/** Changes of one object nearer to each other than this are one: a roll-out takes several writes. */
const togetherMs = 60_000

/**
 * Marks for a time axis out of changes in the inventory: one for each roll-out, scaling, change of a
 * policy or Service, and node that came or went. Changes that say nothing (labels, status) make none.
 * In order of time; of more than `limit` the newest. O(changes log changes).
 */
export function buildMarks(changes: readonly ObjectChange[], limit = 500): Marks {
  const found = changes
    .map(markOf)
    .filter((mark) => mark !== null)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const open = new Map<string, number>()
  const marks: Mark[] = []
  for (const mark of found) {
    const key = JSON.stringify([familyOf(mark.kind), mark.cluster, mark.namespace, mark.object, mark.name])
    const at = open.get(key)
    const before = at === undefined ? undefined : marks[at]
    if (at !== undefined && before && mark.at - before.at < togetherMs) marks[at] = joined(before, mark)
    else open.set(key, marks.push(mark) - 1)
  }
  return { marks: marks.slice(-limit), total: marks.length }
}

function markOf(change: ObjectChange): Mark | null {
  const { cluster, namespace, at, before, after, owner } = change
  const isPart = change.kind === 'ReplicaSet' && owner !== null
  // A ReplicaSet of a controller that is not watched (Argo's Rollout) is made for each of its roll-outs.
  if (isPart && (before !== null || after === null)) return null
  const { kind, name } = isPart ? owner : change
  const object = shownKindOf(kind)
  const what = isPart ? { kind: 'deploy' as const, from: '', to: versionOf(after?.images ?? []) } : whatChanged(change)
  if (!what) return null
  return {
    id: [what.kind, cluster, namespace, object, name, at].join('/'),
    at,
    change: isPart || (before && after) ? 'changed' : after ? 'created' : 'deleted',
    cluster,
    namespace,
    object,
    name,
    ...what,
  }
}

const named: ReadonlySet<string> = new Set(['NetworkPolicy', 'PeerAuthentication', 'DestinationRule'])

/** Whether the inventory calls a kind of policies so (core/policy/inventory-policy.ts). */
const isOfPolicies = (kind: string): boolean => named.has(kind) || kind.includes('.')

/** Without the group behind it. */
function shownKindOf(inventoryKind: string): string {
  const [kind = '', ...group] = inventoryKind.split('.')
  return shownKind({ kind, group: group.join('.') })
}

type What = Pick<Mark, 'kind' | 'from' | 'to'>

function whatChanged({ kind, before, after }: ObjectChange): What | null {
  const none = { from: '', to: '' }
  if (kind === 'Node') return before && after ? null : { kind: 'node', ...none }
  if (kind === 'Service' || isOfPolicies(kind)) {
    const same = before && after && before.content === after.content
    return same ? null : { kind: kind === 'Service' ? 'service' : 'policy', ...none }
  }
  const from = versionOf(before?.images ?? [])
  const to = versionOf(after?.images ?? [])
  if (!before || !after) return { kind: 'deploy', from, to }
  if (isRolledOut(before, after)) return { kind: 'deploy', ...versions(before.images, after.images) }
  if (before.restartedAt !== after.restartedAt) return { kind: 'restart', from, to }
  if (before.replicas === after.replicas || before.replicas === null || after.replicas === null) return null
  return { kind: 'scale', from: String(before.replicas), to: String(after.replicas) }
}

/** A template that was not kept says nothing; then the images do. */
const isRolledOut = (before: ObjectFacts, after: ObjectFacts): boolean =>
  before.images.join() !== after.images.join() ||
  (before.template !== null && after.template !== null && before.template !== after.template)

/** Of the first image that changed. */
function versions(before: readonly string[], after: readonly string[]): Pick<Mark, 'from' | 'to'> {
  const at = after.findIndex((image, i) => image !== before[i])
  return { from: versionOf(before.slice(Math.max(0, at))), to: versionOf(after.slice(Math.max(0, at))) }
}

/** `1.4.0` of `registry:5000/shop/bff:1.4.0`; seven digits of a digest; '' without either. */
function versionOf([image = '']: readonly string[]): string {
  const [name = '', digest = ''] = image.split('@')
  const tag = /:([^/:]+)$/.exec(name)?.[1]
  return (tag ?? digest.replace(/^sha\d+:/, '').slice(0, 7)).slice(0, 64)
}

/** What may join: scaling stays apart from a roll-out, a restart is one. */
const familyOf = (kind: MarkKind): string => (kind === 'restart' ? 'deploy' : kind)

/** The first says when and from what, the last to what. What is deleted and made again has changed. */
const joined = (first: Mark, last: Mark): Mark => ({
  ...first,
  kind: first.kind === 'deploy' ? 'deploy' : last.kind,
  change:
    first.change === 'created' && last.change !== 'deleted'
      ? 'created'
      : last.change === 'deleted'
        ? 'deleted'
        : 'changed',
  to: last.to,
})
