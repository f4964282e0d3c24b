import { scopePair, type Scope } from '../scope'
import type { EncryptionGround } from './ground'

/**
 * The ground as a viewer may see it: workloads, namespaces and intents within the scope, the nodes that these
 * workloads are on, and tunnels between those. What a mesh is told for everybody, and its root, concern everybody.
 */
export function redactGround(ground: EncryptionGround, scope: Scope): EncryptionGround {
  if (scope.all) return ground
  const sees = (cluster: string, namespace: string) => scope.pairs.has(scopePair(cluster, namespace))
  const clusters = new Set([...scope.pairs].map((pair) => pair.slice(0, pair.lastIndexOf('/'))))
  const workloads = new Map(
    [...ground.workloads].filter(([, { endpoint }]) => sees(endpoint.cluster, endpoint.namespace)),
  )
  const on = new Set(
    [...workloads.values()].flatMap(({ endpoint, pods }) => pods.map(({ node }) => `${endpoint.cluster}/${node}`)),
  )
  const nodes = new Map([...ground.nodes].filter(([key]) => on.has(key)))
  const keys = new Set([...nodes.values()].flatMap(({ wireguard }) => wireguard))
  return {
    workloads,
    nodes,
    namespaces: new Map([...ground.namespaces].filter(([pair]) => scope.pairs.has(pair))),
    intents: ground.intents.filter(
      (intent) => sees(intent.cluster, intent.namespace) || (clusters.has(intent.cluster) && isMeshWide(intent)),
    ),
    tunnels: ground.tunnels.filter(({ cluster, node, peerKey }) => on.has(`${cluster}/${node}`) && keys.has(peerKey)),
    certificates: ground.certificates.filter(({ cluster, namespace, level }) =>
      level === 'workload' ? sees(cluster, namespace) : clusters.has(cluster),
    ),
  }
}

const rootNamespace = 'istio-system'

/** A PeerAuthentication of the root namespace without a selector is the default of the whole mesh. */
const isMeshWide = ({ kind, namespace, spec }: EncryptionGround['intents'][number]): boolean =>
  kind === 'PeerAuthentication' &&
  namespace === rootNamespace &&
  !(typeof spec === 'object' && spec !== null && 'selector' in spec)
