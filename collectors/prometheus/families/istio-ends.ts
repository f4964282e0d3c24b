import type { EndpointRef } from '@/core/endpoint'
import type { Labels } from '../family'
import { hostOf, isDomain, known, spiffeNamespace } from './labels'
import { partyOf, partyOfHost, serviceOf } from './parties'
import type { End } from './place'

/** `PassthroughCluster`, `BlackHoleCluster`, `InboundPassthroughClusterIpv4`: where Envoy had no Service to name. */
const special = /^(Passthrough|BlackHole|InboundPassthrough)/

const nobody: End = { ref: { reserved: 'unknown' } }

/** Kind of a workload: Istio tells its name only. */
const workloadOf = (name: string) => ({ kind: 'Workload', name })

/** The caller; null for series that Istio is known to report wrongly (a namespace of nobody, without a certificate that names it). */
export function sourceOf(labels: Labels): End | null {
  const certified = spiffeNamespace(labels.source_principal)
  const namespace = known(labels.source_workload_namespace) || certified
  const workload = known(labels.source_workload)
  const app = known(labels.source_canonical_service) || known(labels.source_app)
  const name = workload || app
  if (namespace === '') return name === '' ? nobody : { ref: { workload: workloadOf(name) } }
  if (name !== '') return { ref: { namespace, workload: workloadOf(name) } }
  return certified === '' ? null : { ref: { namespace } }
}

/** The callee; null for series that Istio is known to report wrongly (a Service that is a bare address, and no workload). */
export function destinationOf(labels: Labels): End | null {
  const namespace = known(labels.destination_workload_namespace) || spiffeNamespace(labels.destination_principal)
  const workload = known(labels.destination_workload)
  const service = destinationService(labels, namespace)
  if (workload !== '')
    return { ref: { ...(namespace && { namespace }), workload: workloadOf(workload), ...(service && { service }) } }
  if (service) return { ref: { service } }
  const name = known(labels.destination_service_name)
  const host = known(labels.destination_service)
  if (special.test(name)) return isDomain(hostOf(host).name) || hostOf(host).ip ? partyOf(host) : nobody
  if (name !== '' && name === host && hostOf(name).ip) return null
  const app = known(labels.destination_canonical_service) || known(labels.destination_app)
  if (app !== '' && namespace !== '') return { ref: { namespace, workload: workloadOf(app) } }
  if (name === '') return partyOf(host)
  // A ServiceEntry of a wildcard: the request's own host tells which.
  return partyOfHost(hostOf(name.startsWith('*.') && isDomain(host) ? host : name))
}

/** The Kubernetes Service; a name with dots is one only as a whole host name, else it is a ServiceEntry's host. */
function destinationService(labels: Labels, workloadNamespace: string): EndpointRef['service'] | null {
  const name = known(labels.destination_service_name)
  const host = known(labels.destination_service)
  if (special.test(name)) return serviceOf(host)
  const namespace = known(labels.destination_service_namespace) || workloadNamespace
  if (namespace !== '' && /^[a-z0-9-]{1,63}$/.test(name)) return { namespace, name }
  return serviceOf(name) ?? serviceOf(host)
}
