import type { Company, WorkloadSpec } from './types'

const quiet = (
  namespace: string,
  name: string,
  kind: WorkloadSpec['kind'],
  port: { readonly name: string; readonly port: number },
  labels: Readonly<Record<string, string>>,
): WorkloadSpec => ({ namespace, name, kind, replicas: 1, ports: [{ ...port, protocol: 'TCP' }], labels, mesh: 'none' })

/** What the mesh and the network run of their own. */
export const meshSystem: NonNullable<Company['system']> = {
  namespaces: [
    { name: 'istio-system', team: 'platform', l7: false },
    { name: 'calico-system', team: 'platform', l7: false },
  ],
  workloads: [
    quiet('istio-system', 'istiod', 'Deployment', { name: 'grpc-xds', port: 15_010 }, { app: 'istiod' }),
    quiet('istio-system', 'ztunnel', 'DaemonSet', { name: 'ztunnel-stats', port: 15_020 }, { app: 'ztunnel' }),
    {
      ...quiet(
        'catalog',
        'waypoint',
        'Deployment',
        { name: 'mesh', port: 15_008 },
        {
          'gateway.networking.k8s.io/gateway-name': 'waypoint',
          'gateway.istio.io/managed': 'istio.io-mesh-controller',
          'istio.io/waypoint-for': 'service',
        },
      ),
      mesh: 'gateway',
    },
    {
      ...quiet(
        'calico-system',
        'calico-node',
        'DaemonSet',
        { name: 'felix-metrics', port: 9091 },
        {
          'k8s-app': 'calico-node',
        },
      ),
      hostNetwork: true,
    },
  ],
}
