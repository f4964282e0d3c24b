import { ipVersion } from '../witness/hop'
import type { CiliumNodeObject, Labels, NodeObject } from '../inventory/inventory-object'
import type { HostTunnel, IpVersion, NodeKeys } from './ground'
import { calicoHost, ciliumHost, type TunnelSettings, unknownHost } from './host-tunnel'

export const calicoKey = 'projectcalico.org/WireguardPublicKey'
export const calicoKeyV6 = 'projectcalico.org/WireguardPublicKeyV6'
const ciliumKeys = ['network.cilium.io/wg-pub-key', 'io.cilium.network.wg-pub-key']
const ciliumIpsec = ['network.cilium.io/encryption-key', 'io.cilium.network.encryption-key']

export type NodeKeySources = {
  readonly cluster: string
  readonly node: NodeObject | undefined
  readonly cilium: CiliumNodeObject | undefined
  /** Whether Cilium is the network of the cluster. */
  readonly ciliumRuns: boolean
  readonly settings: TunnelSettings
}

/**
 * Keys of a node, as its objects tell. Calico annotates the Node, with a key for each IP version; Cilium writes one
 * key for both on its CiliumNode, and on the Node only where it is told to. null where nothing tells: no object, or
 * Cilium runs and its CiliumNode cannot be read.
 */
export function nodeKeysOf({ cluster, node, cilium, ciliumRuns, settings }: NodeKeySources): NodeKeys | null {
  const name = node?.name ?? cilium?.name
  if (name === undefined) return null
  const annotations = [cilium?.annotations ?? {}, node?.annotations ?? {}]
  const told = (keys: readonly string[]) =>
    annotations.flatMap((own) => keys.map((key) => own[key] ?? '')).find(Boolean)
  const both = told(ciliumKeys)
  const v4 = told([calicoKey]) ?? both
  const v6 = told([calicoKeyV6]) ?? both
  const ipsec = (cilium?.ipsecKey ?? 0) > 0 || Number(told(ciliumIpsec) ?? 0) > 0
  if (!v4 && !v6 && !ipsec && ciliumRuns && !cilium) return null
  const wireguardIps: IpVersion[] = [...(v4 ? ([4] as const) : []), ...(v6 ? ([6] as const) : [])]
  const versions = (node?.addresses ?? []).map(ipVersion).filter((version) => version !== null)
  const wireguard = [...new Set([v4, v6])].filter((key) => key !== undefined)
  const calico = told([calicoKey, calicoKeyV6]) !== undefined
  const hostTunnel = (): HostTunnel => {
    // Of keys of two networks, neither's settings tell for certain.
    if ([calico, both, ipsec].filter(Boolean).length !== 1) return unknownHost
    if (calico) return calicoHost(settings.felix, name)
    return ciliumHost(settings.cilium, node?.labels ?? null, ipsec ? 'ipsec' : 'wireguard')
  }
  return { cluster, name, wireguard, wireguardIps, ips: [...new Set(versions)].sort(), ipsec, host: hostTunnel() }
}

/** Whether a DaemonSet is the agent of Cilium. */
export const isCiliumAgent = (labels: Labels): boolean => labels['k8s-app'] === 'cilium'
