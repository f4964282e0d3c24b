import { accessGroup, accessQuestions } from '@/core/access/cluster-rights'
import { account, type Asker, personOf } from './people'
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
  if (group === accessGroup) return mayInOriel(store, groups, verb, resource, namespace)
  const served = resources.find((one) => one.group === group && one.plural === resource)
  if (!served || served.forbidden) return false
  if (reading.has(verb) || groups.includes('shop:platform-admins')) return true
  const team = store.get('namespaces', '', namespace)?.metadata.labels?.team
  return team !== undefined && groups.includes(`shop:team-${team}`)
}

/**
 * What the company's Roles grant of Oriel's own resources: administrators all, readers to see everything, a team to see
 * and change its own namespaces.
 */
function mayInOriel(
  store: ObjectStore,
  groups: readonly string[],
  verb: string,
  resource: string,
  namespace: string,
): boolean {
  const { sees, edits } = accessQuestions
  const is = (one: { verb: string; resource: string }) => one.verb === verb && one.resource === resource
  if (groups.includes('shop:platform-admins')) return true
  if (is(sees) && groups.includes('shop:readers')) return true
  const team = store.get('namespaces', '', namespace)?.metadata.labels?.team
  return (is(sees) || is(edits)) && team !== undefined && groups.includes(`shop:team-${team}`)
}

/** Throws StatusError 403. */
export function demand(store: ObjectStore, asker: Asker, attributes: Attributes): void {
  if (!mayDo(store, asker, attributes)) throw forbidden(asker.user, attributes)
}

/** The answer to a SelfSubjectAccessReview, or to a SubjectAccessReview, which the console's account may ask. Throws StatusError 400, 403. */
export function reviewAccess(
  store: ObjectStore,
  asker: Asker,
  kind: AccessReview,
  body: Readonly<Record<string, unknown>>,
): object {
  const spec = Object(body.spec) as Spec
  if (!spec.resourceAttributes) throw badRequest('spec.resourceAttributes is required')
  const whom = kind === 'SubjectAccessReview' ? subjectOf(asker, spec) : asker
  const text = (name: string) => String(spec.resourceAttributes?.[name] ?? '')
  const allowed = mayDo(store, whom, {
    verb: text('verb'),
    group: text('group'),
    resource: text('resource'),
    namespace: text('namespace'),
  })
  return {
    kind,
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: body.spec,
    status: { allowed, ...(allowed ? { reason: `RBAC: allowed by the rules for ${whom.groups.join(', ')}` } : {}) },
  }
}

export type AccessReview = 'SelfSubjectAccessReview' | 'SubjectAccessReview'

type Spec = {
  readonly resourceAttributes?: Readonly<Record<string, unknown>>
  readonly user?: unknown
  readonly groups?: unknown
}

/** Who is asked about. */
function subjectOf(asker: Asker, { user, groups }: Spec): Asker {
  if (asker !== account && !asker.groups.includes('shop:platform-admins'))
    throw forbidden(asker.user, { verb: 'create', group: 'authorization.k8s.io', resource: 'subjectaccessreviews' })
  const names = Array.isArray(groups) ? groups.map(String) : []
  if (typeof user !== 'string' && names.length === 0)
    throw badRequest('at least one of user or group must be specified')
  return personOf(String(user ?? ''), names)
}
