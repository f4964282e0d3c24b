import type {
  CiliumConfigObject,
  CiliumSettingName,
  FelixConfigurationObject,
  Labels,
} from '../inventory/inventory-object'
import type { HostTunnel } from './ground'
import { matchesSelector } from './label-selector'

/** What a cluster's network is told of tunnels, as far as it can be read. */
export type TunnelSettings = {
  readonly cilium: CiliumConfigObject | undefined
  readonly felix: readonly FelixConfigurationObject[]
}

export const noTunnelSettings: TunnelSettings = { cilium: undefined, felix: [] }

const all = (takes: boolean | null): HostTunnel => ({ withHosts: takes, toPods: takes, fromPods: takes })
export const unknownHost: HostTunnel = all(null)

/**
 * By Cilium's settings, `labels` being those of its Node (null: not read). With WireGuard and `encrypt-node` everything
 * goes through the tunnel but on nodes that opt out; else nothing does (the table in Cilium's guide to WireGuard). Where
 * pods' packets are encapsulated, those of hosts may be too, and what is encapsulated is encrypted: with pods one way
 * at least, with hosts where the host firewall is on. What `encrypt-node` does to IPsec differs by version.
 */
export function ciliumHost(
  config: CiliumConfigObject | undefined,
  labels: Labels | null,
  by: 'wireguard' | 'ipsec',
): HostTunnel {
  if (!config) return unknownHost
  const told = (name: CiliumSettingName) => config.settings[name]
  if (told(by === 'ipsec' ? 'enable-ipsec' : 'enable-wireguard') !== 'true') return unknownHost
  const encrypts = told('encrypt-node') ?? 'false'
  if (encrypts === 'true') {
    const optOut = told('node-encryption-opt-out-labels') ?? 'node-role.kubernetes.io/control-plane'
    const out = optOut === '' ? false : labels && matchesSelector(optOut, labels)
    if (by === 'ipsec' || out === null) return unknownHost
    if (!out) return all(true)
  } else if (encrypts !== 'false') return unknownHost
  if (told('routing-mode') === 'native' || told('tunnel') === 'disabled') return all(false)
  return { ...unknownHost, withHosts: (told('enable-host-firewall') ?? 'false') === 'false' ? false : null }
}

/**
 * By Calico's settings, a node's own before those of all. Not set is not known: Felix's environment comes first, and
 * its operator sets it there. Without host encryption what a host asks of pods still goes through the tunnel or is
 * dropped (projectcalico/calico#9751); what pods ask of a host goes there in the clear.
 */
export function calicoHost(felix: TunnelSettings['felix'], node: string): HostTunnel {
  const of = (name: string) => felix.find((each) => each.name === name)?.hostEncryption ?? null
  const set = of(`node.${node}`) ?? of('default')
  return set === false ? { ...all(false), toPods: null } : all(set)
}
