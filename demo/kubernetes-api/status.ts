/** A Kubernetes Status object: how the API server says that it refuses. */
export type Status = {
  readonly kind: 'Status'
  readonly apiVersion: 'v1'
  readonly metadata: Record<string, never>
  readonly status: 'Failure'
  readonly message: string
  readonly reason: string
  readonly details?: Record<string, unknown>
  readonly code: number
}

/** Thrown by handlers and answered as it is. */
export class StatusError extends Error {
  readonly status: Status

  constructor(code: number, reason: string, message: string, details?: Record<string, unknown>) {
    super(message)
    this.status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code }
  }
}

export const expired = (message: string) => new StatusError(410, 'Expired', message)
export const badRequest = (message: string) => new StatusError(400, 'BadRequest', message)
export const unauthorized = () => new StatusError(401, 'Unauthorized', 'Unauthorized')
export const pathNotFound = () =>
  new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})
export const methodNotAllowed = () =>
  new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})
export const unsupportedMediaType = (given: string) =>
  new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: application/merge-patch+json, application/apply-patch+yaml (not ${given})`,
  )

const qualified = (group: string, resource: string) => (group ? `${resource}.${group}` : resource)

export const notFound = (group: string, resource: string, name: string) =>
  new StatusError(404, 'NotFound', `${qualified(group, resource)} "${name}" not found`, { name, group, kind: resource })

export const alreadyExists = (group: string, resource: string, name: string) =>
  new StatusError(409, 'AlreadyExists', `${qualified(group, resource)} "${name}" already exists`, {
    name,
    group,
    kind: resource,
  })

/** Somebody else was faster. */
export const conflict = (group: string, resource: string, name: string, why: string) =>
  new StatusError(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(group, resource)} "${name}": ${why}`, {
    name,
    group,
    kind: resource,
  })

export const wasModified = 'the object has been modified; please apply your changes to the latest version and try again'

export type Cause = { readonly reason: string; readonly message: string; readonly field: string }

/** The object is refused, field by field. */
export function invalid(group: string, kind: string, name: string, causes: readonly Cause[]): StatusError {
  const errors = causes.map(({ field, message }) => `${field}: ${message}`)
  const list = errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`
  const text = `${qualified(group, kind)} "${name}" is invalid: ${list}`
  return new StatusError(422, 'Invalid', text, { name, group, kind, causes })
}

export const forbidden = (
  user: string,
  about: {
    readonly verb: string
    readonly group: string
    readonly resource: string
    readonly namespace?: string
    readonly name?: string
  },
) => {
  const { verb, group, resource, namespace, name } = about
  const place = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const what = `${qualified(group, resource)}${name ? ` "${name}"` : ''}`
  const text = `${what} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${place}`
  return new StatusError(403, 'Forbidden', text, { ...(name ? { name } : {}), group, kind: resource })
}
