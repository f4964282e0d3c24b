import { compileCidr } from '../../cidr'
import { type Workload, workloadName } from '../model'
import type { ChosenLabels } from './choose-labels'
import type { Claim } from './claim'
import { coverAddresses, type Shunned, shunnedOf } from './cover-addresses'
import type { Subject, SuggestedPeer } from './suggestion'

/** A way to name other ends, before it is known on how many ports. */
export type PeerSeed = {
  readonly key: string
  /** Those that take in more are tried first. */
  readonly breadth: number
  readonly covers: (claim: Claim) => boolean
  /** With what was seen of it. */
  readonly peer: (claims: readonly Claim[]) => SuggestedPeer
}

export type SeedContext = {
  readonly labelsOf: (workload: Workload) => ChosenLabels
  readonly workloads: readonly Workload[]
  readonly mostRanges: number
  /** Addresses of the cluster. */
  readonly shunned: Shunned
}

/** Seeds that cover the claims of one side on one port. */
export function seedsFor(claims: readonly Claim[], context: SeedContext): readonly PeerSeed[] {
  const named = claims.flatMap(({ by }) => (by.what === 'names' ? [by] : []))
  const outside = claims.flatMap(({ by }) => (by.what === 'outside' ? [by.address] : []))
  const shunned = [context.shunned, shunnedOf(named.map(({ address }) => address))]
  const seeds = [
    ...claims.flatMap((claim) => seedOf(claim, context)),
    ...coverAddresses(outside, context.mostRanges, shunned).map(({ cidr, size }) => rangeSeed(cidr, size)),
    ...joinNames(named.map(({ names }) => names)).map(namesSeed),
  ]
  const distinct = new Map(seeds.map((seed) => [seed.key, seed]))
  return [...distinct.values()].sort((a, b) => b.breadth - a.breadth || (a.key < b.key ? -1 : 1))
}

function seedOf({ by }: Claim, { labelsOf, workloads }: SeedContext): readonly PeerSeed[] {
  switch (by.what) {
    case 'pods':
      return [podsSeed(by.workload.namespace, labelsOf(by.workload))]
    case 'identity':
      return [identitySeed(by.workload, workloads)]
    case 'exact':
      return [rangeSeed(`${by.address}/${by.address.includes(':') ? 128 : 32}`, 1)]
    case 'entity':
      return [entitySeed(by.entity)]
    default:
      return []
  }
}

export function podsSeed(namespace: string, { labels, selects }: ChosenLabels): PeerSeed {
  const all = new Set(selects)
  return {
    key: JSON.stringify(['pods', namespace, labels]),
    breadth: 1 + selects.length,
    covers: ({ by }) => by.what === 'pods' && all.has(by.workload),
    peer: (claims) => ({ type: 'pods', ...selectionOf(namespace, { labels, selects }, workloadsOf(claims)) }),
  }
}

/** What labels select, apart by whether it was seen. */
export function selectionOf(namespace: string, { labels, selects }: ChosenLabels, seen: readonly Workload[]): Subject {
  const workloads = [...new Set(seen)]
  const others = selects.filter((one) => !workloads.includes(one))
  return { namespace, labels, workloads: texts(workloads), alsoSelects: texts(others) }
}

function identitySeed({ namespace, serviceAccount }: Workload, all: readonly Workload[]): PeerSeed {
  const same = (one: Workload) => one.namespace === namespace && one.serviceAccount === serviceAccount
  return {
    key: JSON.stringify(['identity', namespace, serviceAccount]),
    breadth: 1,
    covers: ({ by }) => by.what === 'identity' && same(by.workload),
    peer: (claims) => {
      const seen = workloadsOf(claims)
      const others = all.filter((one) => same(one) && !seen.includes(one))
      return { type: 'identity', namespace, serviceAccount, workloads: texts(seen), alsoSelects: texts(others) }
    },
  }
}

/** An address range; also of nodes. */
export function rangeSeed(cidr: string, size: number): PeerSeed {
  const has = compileCidr(cidr) ?? (() => false)
  return {
    key: JSON.stringify(['addresses', cidr]),
    breadth: 1,
    covers: ({ by }) => 'address' in by && has(by.address),
    peer: (claims) => {
      const addresses = claims.flatMap(({ by }) => ('address' in by ? [by.address] : []))
      const names = claims.flatMap(({ end }) => (end.type === 'external' ? (end.names ?? []) : []))
      return { type: 'addresses', cidr, seen: new Set(addresses).size, size, names: [...new Set(names)].sort() }
    },
  }
}

const entitySeed = (entity: 'nodes' | 'kube-apiserver'): PeerSeed => ({
  key: JSON.stringify(['entity', entity]),
  breadth: 1,
  covers: ({ by }) => by.what === 'entity' && by.entity === entity,
  peer: () => ({ type: 'entity', entity }),
})

const namesSeed = (names: readonly string[]): PeerSeed => ({
  key: JSON.stringify(['names', names]),
  breadth: 0,
  covers: ({ by }) => by.what === 'names' && by.names.some((name) => names.includes(name)),
  peer: () => ({ type: 'names', names }),
})

/** Lists that have a name in common become one. */
function joinNames(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let joined: Set<string>[] = []
  for (const list of lists) {
    const touching = joined.filter((set) => list.some((name) => set.has(name)))
    const all = new Set([...list, ...touching.flatMap((set) => [...set])])
    joined = [...joined.filter((set) => !touching.includes(set)), all]
  }
  return joined.map((set) => [...set].sort())
}

const workloadsOf = (claims: readonly Claim[]): readonly Workload[] => [
  ...new Set(claims.flatMap(({ by }) => ('workload' in by ? [by.workload] : []))),
]

const texts = (workloads: readonly Workload[]): readonly string[] => workloads.map(workloadName).sort()
