import { endpointType, type Endpoint } from '@/core/endpoint'

/** Stands for the empty namespace of what has none, such as a name outside of the cluster. */
const none = '-'

/** Address of a service's page: `/services/<cluster>/<namespace>/<kind>/<name>`, each part escaped. */
export const servicePath = ({ cluster, namespace, kind, name }: Omit<Endpoint, 'type'>): string =>
  `/services/${[cluster || none, namespace || none, kind, name].map(encodeURIComponent).join('/')}`

/** The endpoint of such an address, from its parts as the router hands them over; null where they name none. */
export function serviceOf(parts: Readonly<Record<'cluster' | 'namespace' | 'kind' | 'name', string>>): Endpoint | null {
  try {
    const [cluster = '', namespace = '', kind = '', name = ''] = [
      parts.cluster,
      parts.namespace,
      parts.kind,
      parts.name,
    ]
      .map(decodeURIComponent)
      .map((part) => (part === none ? '' : part))
    return kind && name ? { cluster, namespace, kind, name } : null
  } catch {
    return null
  }
}

/** Whether an endpoint has a page: what stands for several or for what may not be seen has none. */
export const hasPage = (endpoint: Pick<Endpoint, 'cluster' | 'kind'>): boolean =>
  endpoint.cluster !== '' || endpointType(endpoint) !== 'unknown'
