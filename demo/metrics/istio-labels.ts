import type { Workload } from '../model/cluster'
import { spiffeId } from '../model/mesh'
import { serviceName } from '../model/objects'
import type { CallMade } from '../traffic/made'
import type { Labels } from './series'

export type Reporter = 'source' | 'destination' | 'waypoint'

/** What a proxy knows of an edge: who it takes the ends for, and what it saw of the encryption. */
export type View = {
  readonly reporter: Reporter
  readonly source: Workload | null
  readonly destination: Workload | null
  /** Both proxies have shown their certificates. */
  readonly mutual: boolean
  readonly security: 'mutual_tls' | 'none' | 'unknown'
  readonly flags: string
}

const side = (prefix: string, workload: Workload | null, mutual: boolean, cluster: string): Labels => {
  const name = workload?.spec.name ?? 'unknown'
  return {
    [`${prefix}_workload`]: name,
    [`${prefix}_workload_namespace`]: workload?.spec.namespace ?? 'unknown',
    [`${prefix}_principal`]: workload && mutual ? spiffeId(workload) : 'unknown',
    [`${prefix}_app`]: name,
    [`${prefix}_version`]: 'unknown',
    [`${prefix}_canonical_service`]: name,
    [`${prefix}_canonical_revision`]: 'latest',
    [`${prefix}_cluster`]: workload ? cluster : 'unknown',
  }
}

/** The standard labels of Istio's metrics, but those of one request. */
export function edgeLabels(view: View, call: CallMade, cluster: string): Labels {
  const { workload, outside } = call.to
  const service = workload ? serviceName(workload) : outside || 'unknown'
  return {
    reporter: view.reporter,
    ...side('source', view.source, view.mutual, cluster),
    ...side('destination', view.destination, view.mutual, cluster),
    destination_service: workload ? `${service}.${workload.spec.namespace}.svc.cluster.local` : service,
    destination_service_name: service,
    destination_service_namespace: workload?.spec.namespace ?? 'unknown',
    response_flags: view.flags,
    connection_security_policy: view.security,
  }
}

/** Names the edge and the view within one proxy. */
export const viewKey = (view: View, call: CallMade): string =>
  `${view.reporter} ${view.security} ${view.flags} ${view.source?.uid} ${view.destination?.uid} ${call.to.workload?.uid ?? call.to.outside}`
