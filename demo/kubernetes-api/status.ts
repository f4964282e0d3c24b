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

export const notFound = (group: string, resource: string, name: string) => {
  const kind = group ? `${resource}.${group}` : resource
  return new StatusError(404, 'NotFound', `${kind} "${name}" not found`, { name, group, kind: resource })
}

export const forbidden = (user: string, verb: string, group: string, resource: string, namespace: string) => {
  const place = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const kind = group ? `${resource}.${group}` : resource
  const text = `${kind} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${place}`
  return new StatusError(403, 'Forbidden', text, { group, kind: resource })
}
