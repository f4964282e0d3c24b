import type { Labels } from './inventory-object'

/** What a workload is for others: a door of the cluster or mesh, or a proxy that others’ traffic passes on its way. */
export type Role = 'gateway' | 'waypoint'

/** Labels by which controllers mark what they run (Istio, Gateway API, Envoy Gateway, Linkerd multicluster, ingress-nginx). */
const marks: readonly (readonly [label: string, value: string | null, role: Role])[] = [
  ['gateway.istio.io/managed', 'istio.io-mesh-controller', 'waypoint'],
  ['gateway.istio.io/managed', null, 'gateway'],
  ['gateway.networking.k8s.io/gateway-name', null, 'gateway'],
  ['istio', 'ingressgateway', 'gateway'],
  ['istio', 'egressgateway', 'gateway'],
  ['gateway.envoyproxy.io/owning-gateway-name', null, 'gateway'],
  ['app', 'linkerd-gateway', 'gateway'],
  ['app.kubernetes.io/name', 'ingress-nginx', 'gateway'],
]

/** The role that a pod's labels tell; null for an ordinary workload. */
export function roleOf(labels: Labels): Role | null {
  for (const [label, value, role] of marks)
    if (Object.hasOwn(labels, label) && (value === null || labels[label] === value)) return role
  return null
}
