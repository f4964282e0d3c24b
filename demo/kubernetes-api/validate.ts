import { kindOf, parseObject } from '@/core/policy/kinds'
import { type Fields, isFields, unknownPaths } from '@/core/policy/read'
import type { KubernetesObject } from '../model/object'
import { valueAt, type IsWhole } from './field-set'
import { apiVersionOf, type Target } from './resources'
import { badRequest, type Cause, invalid } from './status'

/** The object that a body holds, for the place that the request names. Throws StatusError 400. */
export function objectOf(body: Fields, { resource, namespace, name }: Target): KubernetesObject {
  const { apiVersion, kind } = body
  if (apiVersion === undefined || kind === undefined) throw badRequest("Object 'Kind' is missing")
  if (kind !== resource.kind || apiVersion !== apiVersionOf(resource))
    throw badRequest(
      `${String(apiVersion)}, Kind=${String(kind)} does not match the kind of the request: ${apiVersionOf(resource)}, Kind=${resource.kind}`,
    )
  const metadata = isFields(body.metadata) ? body.metadata : {}
  const given = { name: metadata.name ?? name, namespace: metadata.namespace ?? namespace }
  if (resource.namespaced && given.namespace !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  if (name && given.name !== name)
    throw badRequest(`the name of the object (${String(given.name)}) does not match the name on the URL (${name})`)
  const { managedFields: _entries, ...kept } = metadata
  const own = { ...kept, name: String(given.name ?? ''), ...(namespace ? { namespace } : {}) }
  // What the server fills in is not there yet.
  return { ...body, metadata: own } as unknown as KubernetesObject
}

/** Refuses what the API server of the kind would refuse. `strict`: fields that nobody knows, too. Throws StatusError 400, 422. */
export function validate(object: KubernetesObject, { resource }: Target, strict: boolean): void {
  const { name } = object.metadata
  const causes: Cause[] = []
  const kind = kindOf(object)
  const parsed = kind && parseObject(kind, object)
  if (parsed && 'problems' in parsed)
    causes.push(...parsed.problems.map(({ path, reason }) => cause(path, valueOf(object, path), reason)))
  if (causes.length > 0) throw invalid(resource.group, resource.kind, name, causes)
  const unknown = strict ? unknownPaths(object) : []
  if (unknown.length > 0)
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${unknown.map((path) => `unknown field "${path}"`).join(', ')}`,
    )
}

function cause(field: string, value: unknown, reason: string): Cause {
  if (reason === 'is required') return { reason: 'FieldValueRequired', message: 'Required value', field }
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value ?? null)}: ${reason}`, field }
}

const valueOf = (object: KubernetesObject, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce((value: unknown, name) => (Array.isArray(value) ? value[Number(name)] : valueAt(value, [name])), object)

/** Label selectors are one value in kinds of Kubernetes itself; those of custom resources are maps like any other. */
export const wholeIn =
  ({ resource }: Target): IsWhole =>
  ([...path]) =>
    resource.group === 'networking.k8s.io' && path.join('.') === 'spec.podSelector'
