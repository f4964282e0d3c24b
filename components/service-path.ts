import type { Endpoint } from '@/core/endpoint'

/** Stands for the empty namespace of what has none, such as a name outside of the cluster. */
const none = '-'

/** Address of a service's page: `/services/<cluster>/<namespace>/<kind>/<name>`, each part escaped. */
export const servicePath = ({ cluster, namespace, kind, name }: Omit<Endpoint, 'type'>): string =>
  `/services/${[cluster || none, namespace || none, kind, name].map(encodeURIComponent).join('/')}`
