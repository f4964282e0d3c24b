import type { Atom } from './make-drafts'
import { evidenceOf } from './recorded-flow'
import type { SuggestedPort, SuggestedRule } from './suggestion'

/** Rules out of atoms: the ports of a peer together, then the peers with the same ports. */
export function rulesOfSide(atoms: readonly Atom[]): readonly SuggestedRule[] {
  const peers = group(atoms, ({ purpose, seed }) => `${purpose} ${seed.key}`).map((own) => ({
    own,
    ports: own.map(({ protocol, port }) => ({ protocol, port })).sort(byPort),
  }))
  return group(peers, ({ own, ports }) => `${own[0]?.purpose} ${portsText(ports)}`).map((same): SuggestedRule => {
    const [first] = same
    const claims = new Set(same.flatMap(({ own }) => own.flatMap((atom) => atom.claims)))
    const flows = new Set([...claims].map(({ flow }) => flow))
    return {
      purpose: first?.own[0]?.purpose ?? 'traffic',
      peers: same.flatMap(({ own }) => own[0]?.seed.peer(own.flatMap((atom) => atom.claims)) ?? []),
      ports: first?.ports ?? [],
      evidence: evidenceOf([...flows].map(({ evidence }) => evidence)),
    }
  })
}

const byPort = (a: SuggestedPort, b: SuggestedPort) =>
  a.port - b.port || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0)

const portsText = (ports: readonly SuggestedPort[]) => ports.map(({ protocol, port }) => `${protocol}/${port}`).join()

/** By key, sorted by it. */
function group<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const same = groups.get(key)
    if (same) same.push(item)
    else groups.set(key, [item])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, same]) => same)
}
