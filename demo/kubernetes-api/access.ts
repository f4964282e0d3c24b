import { type Asker } from './people'
import type { ObjectStore } from './object-store'
import { resources } from './resources'
import { badRequest, forbidden } from './status'

export type Attributes = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  /** '' : at the cluster scope, in all namespaces. */
  readonly namespace?: string
  readonly name?: string
}

const reading: ReadonlySet<string> = new Set(['get', 'list', 'watch'])

/** The rules of the company: everybody reads what is no secret, administrators write all, a team writes in its own namespaces. */
export function mayDo(
  store: ObjectStore,
  { groups }: Asker,
  { verb, group, resource, namespace = '' }: Attributes,
): boolean {
  const served = resources.find((one) => one.group === group && one.plural === resource)
  if (!served || served.forbidden) return false
  if (reading.has(verb) || groups.includes('shop:platform-admins')) return true
  const team = store.get('namespaces', '', namespace)?.metadata.labels?.team
  return team !== undefined && groups.includes(`shop:team-${team}`)
}

/** Throws StatusError 403. */
export function demand(store: ObjectStore, asker: Asker, attributes: Attributes): void {
  if (!mayDo(store, asker, attributes)) throw forbidden(asker.user, attributes)
}

/** The answer to a SelfSubjectAccessReview. Throws StatusError 400. */
export function reviewAccess(store: ObjectStore, asker: Asker, body: Readonly<Record<string, unknown>>): object {
  const { resourceAttributes } = Object(body.spec) as { resourceAttributes?: Readonly<Record<string, unknown>> }
  if (!resourceAttributes) throw badRequest('spec.resourceAttributes is required')
  const text = (name: string) => String(resourceAttributes[name] ?? '')
  const attributes = {
    verb: text('verb'),
    group: text('group'),
    resource: text('resource'),
    namespace: text('namespace'),
  }
  const allowed = mayDo(store, asker, attributes)
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: body.spec,
    status: { allowed, ...(allowed ? { reason: `RBAC: allowed by the rules for ${asker.groups.join(', ')}` } : {}) },
  }
}
