import { endpointKey } from '../endpoint'
import { deepEqual } from '../text/deep-equal'
import type {
  CiliumConfigObject,
  CiliumNodeObject,
  FelixConfigurationObject,
  InventoryObject,
  Labels,
  NodeObject,
} from '../inventory/inventory-object'
import { scopePair } from '../scope'
import type { Certificate, EncryptionGround, IntentObject, NodeKeys, PlacedPods, TunnelReading } from './ground'
import type { Endpoint } from '../endpoint'
import { noTunnelSettings, type TunnelSettings, unknownHost } from './host-tunnel'
import { isCiliumAgent, nodeKeysOf } from './node-keys'

export type GroundParts = {
  /** Newest first. */
  readonly groups: readonly { readonly endpoint: Endpoint; readonly labels: Labels; readonly pods: PlacedPods }[]
  /** Versions that were valid in the window, oldest first. */
  readonly objects: readonly { readonly cluster: string; readonly object: InventoryObject }[]
  readonly tunnels: readonly TunnelReading[]
  readonly certificates: readonly Certificate[]
}

type Workloads = Map<string, { endpoint: Endpoint; labels: Labels; pods: PlacedPods[] }>

/** The ground of a window. Namespaces and intents are as they were last. O(groups + objects). */
export function buildGround({ groups, objects, tunnels, certificates }: GroundParts): EncryptionGround {
  const workloads: Workloads = new Map()
  for (const { endpoint, labels, pods } of groups) {
    const key = endpointKey(endpoint)
    const known = workloads.get(key)
    if (known) known.pods.push(pods)
    else workloads.set(key, { endpoint, labels, pods: [pods] })
  }
  const namespaces = new Map<string, { labels: Labels; annotations: Labels }>()
  const intents = new Map<string, IntentObject & { cluster: string }>()
  for (const { cluster, object } of objects) {
    const { kind, name, labels, annotations } = object
    if (kind === 'Namespace') namespaces.set(scopePair(cluster, name), { labels, annotations })
    if (kind === 'PeerAuthentication' || kind === 'DestinationRule')
      intents.set(`${cluster}/${object.uid}`, { ...object, cluster })
  }
  return { workloads, nodes: nodesOf(objects), namespaces, intents: [...intents.values()], tunnels, certificates }
}

type Versions = { readonly cluster: string; readonly nodes: NodeObject[]; readonly cilium: CiliumNodeObject[] }

function nodesOf(objects: GroundParts['objects']): ReadonlyMap<string, NodeKeys> {
  const versions = new Map<string, Versions>()
  const ciliumRuns = new Set<string>()
  const settings = settingsOf(objects)
  for (const { cluster, object } of objects) {
    if (object.kind === 'DaemonSet' && isCiliumAgent(object.labels)) ciliumRuns.add(cluster)
    if (object.kind !== 'Node' && object.kind !== 'CiliumNode') continue
    const key = `${cluster}/${object.name}`
    let known = versions.get(key)
    if (!known) versions.set(key, (known = { cluster, nodes: [], cilium: [] }))
    if (object.kind === 'Node') known.nodes.push(object)
    else known.cilium.push(object)
  }
  const keys = new Map<string, NodeKeys>()
  for (const [key, each] of versions) {
    const known = steadyKeys(each, ciliumRuns.has(each.cluster), settings.get(each.cluster) ?? noSettings)
    if (known) keys.set(key, known)
  }
  return keys
}

/** What a cluster was told of tunnels last, and the same with each older version of one of its settings. */
type Told = { readonly last: TunnelSettings; readonly others: readonly TunnelSettings[] }

const noSettings: Told = { last: noTunnelSettings, others: [] }

function settingsOf(objects: GroundParts['objects']): ReadonlyMap<string, Told> {
  const settings = objects.filter(isSetting)
  const last = new Map<string, TunnelSettings>()
  for (const { cluster, object } of settings) last.set(cluster, told(last.get(cluster) ?? noTunnelSettings, object))
  return new Map(
    [...last].map(([cluster, now]) => {
      const own = settings.filter((each) => each.cluster === cluster)
      return [cluster, { last: now, others: own.map(({ object }) => told(now, object)) }]
    }),
  )
}

type Setting = { readonly cluster: string; readonly object: CiliumConfigObject | FelixConfigurationObject }

const isSetting = (one: GroundParts['objects'][number]): one is Setting =>
  one.object.kind === 'CiliumConfig' || one.object.kind === 'FelixConfiguration'

const told = ({ cilium, felix }: TunnelSettings, object: Setting['object']): TunnelSettings =>
  object.kind === 'CiliumConfig'
    ? { cilium: object, felix }
    : { cilium, felix: [...felix.filter(({ name }) => name !== object.name), object] }

/**
 * A node's keys as they were last; null where it took part in another way earlier, so that nothing holds of the whole
 * window. What its host's network does is unknown where that was another earlier.
 */
function steadyKeys({ cluster, nodes, cilium }: Versions, ciliumRuns: boolean, settings: Told): NodeKeys | null {
  const now = { cluster, node: nodes.at(-1), cilium: cilium.at(-1), ciliumRuns, settings: settings.last }
  const last = nodeKeysOf(now)
  if (!last) return null
  const others = [
    ...nodes.map((node) => nodeKeysOf({ ...now, node })),
    ...cilium.map((one) => nodeKeysOf({ ...now, cilium: one })),
  ]
  if (!others.every((other) => other && partOf(other) === partOf(last))) return null
  const hosts = [...others, ...settings.others.map((other) => nodeKeysOf({ ...now, settings: other }))]
  return hosts.every((other) => deepEqual(other?.host, last.host)) ? last : { ...last, host: unknownHost }
}

const partOf = ({ wireguardIps, ipsec }: NodeKeys): string => `${wireguardIps.join()} ${ipsec}`
