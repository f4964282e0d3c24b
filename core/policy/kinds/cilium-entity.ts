import { anything, type EndMatch, nothing, type Place } from '../end-match'

const places = (...of: readonly Place[]): EndMatch => ({ is: 'place', places: of })

const outsideOf = (cidr: string): EndMatch => ({
  is: 'every',
  of: [places('outside'), { is: 'address', cidrs: [cidr], except: [], inCluster: 'no' }],
})

/**
 * What Cilium has a name of its own for. Endpoints that are bootstrapping, or that only check health, are no ends here,
 * and pods are taken as managed. Ingress has addresses that no object tells.
 */
const entities: Readonly<Record<string, EndMatch>> = {
  all: anything,
  world: places('outside'),
  'world-ipv4': outsideOf('0.0.0.0/0'),
  'world-ipv6': outsideOf('::/0'),
  host: places('own-node'),
  'remote-node': places('other-node'),
  cluster: places('workload', 'own-node', 'other-node', 'kube-apiserver'),
  'kube-apiserver': places('kube-apiserver'),
  ingress: {
    is: 'every',
    of: [places('outside'), { is: 'unclear', doubt: 'the addresses of the ingress of Cilium are not known' }],
  },
  init: nothing,
  health: nothing,
  unmanaged: nothing,
  none: nothing,
}

export const entityNames: readonly string[] = Object.keys(entities)

/** null: no entity has this name. */
export const entityNamed = (name: string): EndMatch | null =>
  Object.hasOwn(entities, name) ? (entities[name] ?? null) : null
