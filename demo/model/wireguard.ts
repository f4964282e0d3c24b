import { hashText } from '../random'
import type { Cluster, Node } from './cluster'
import { type KubernetesObject, timestamp, uidOf } from './object'

/** Every node but the last has WireGuard. */
export const hasWireguard = (node: number, nodeCount: number): boolean => node < nodeCount - 1

export const wireguardPort = 51_820

/** A node's public key: 32 bytes in base64, its own by name. */
export function wireguardKey({ name }: Node): string {
  const key = Buffer.alloc(32)
  for (let i = 0; i < 8; i++) key.writeUInt32LE(hashText(`wireguard ${name}`, i), i * 4)
  return key.toString('base64')
}

/** What Calico writes on a node that takes part; nothing on another. */
export const wireguardAnnotations = ({ nodes }: Cluster, node: Node): Record<string, string> =>
  hasWireguard(node.index, nodes.length)
    ? {
        'projectcalico.org/WireguardPublicKey': wireguardKey(node),
        'projectcalico.org/IPv4WireguardInterfaceAddr': `10.${node.index >> 4}.${(node.index & 15) << 4}.1`,
      }
    : {}

const metadata = (kind: string, name: string) => ({
  name,
  uid: uidOf(`${kind} ${name}`),
  creationTimestamp: timestamp(Date.UTC(2025, 2, 3, 9, 20)),
})

/** Whose tunnel it is: Calico's, which takes pods and leaves the host's network out. Cilium has none of its own. */
export const tunnelSettings: readonly KubernetesObject[] = [
  {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'FelixConfiguration',
    metadata: metadata('felixconfiguration', 'default'),
    spec: { wireguardEnabled: true, wireguardHostEncryptionEnabled: false, prometheusMetricsEnabled: true },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata('configmap', 'cilium-config'), namespace: 'kube-system' },
    data: {
      'enable-hubble': 'true',
      'enable-ipsec': 'false',
      'enable-wireguard': 'false',
      'encrypt-node': 'false',
      'routing-mode': 'native',
    },
  },
]
